"""What follows from a filing: who must act by when, who must be told, what was recorded"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend import db
from backend.migrations.append_only import append_only, free_again

revision = "0003_duties"
down_revision = "0002_filings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "audit_heads",
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("number", db.Key, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", name="pk_audit_heads"),
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("number", db.Key, nullable=False),
        sa.Column("at", db.Moment(), nullable=False),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("action", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("details", db.Json, nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["chain"], ["audit_heads.chain"], name="fk_audit_entries_chain_audit_heads"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_entries"),
        sa.UniqueConstraint("chain", "number", name="uq_audit_entries_chain_number"),
    )
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject"])
    op.create_table(
        "deadlines",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("application_id", db.Key, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("step", sa.String(length=80), nullable=False),
        sa.Column("step_name", db.Json, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.Column("met_at", db.Moment(), nullable=True),
        sa.Column("overdue_at", db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_deadlines_application_id_applications"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_deadlines"),
    )
    op.create_index("ix_deadlines_application_id", "deadlines", ["application_id"])
    op.create_index("ix_deadlines_open", "deadlines", ["met_at", "overdue_at", "due_on"])
    op.create_table(
        "dispatches",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("application_id", db.Key, nullable=False),
        sa.Column("department", sa.String(length=80), nullable=False),
        sa.Column("accept_level", sa.String(length=80), nullable=False),
        sa.Column("decide_level", sa.String(length=80), nullable=False),
        sa.Column("office", sa.String(length=80), nullable=True),
        sa.Column("at", db.Moment(), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_dispatches_application_id_applications"
        ),
        sa.ForeignKeyConstraint(["office"], ["offices.id"], name="fk_dispatches_office_offices"),
        sa.PrimaryKeyConstraint("id", name="pk_dispatches"),
    )
    op.create_index("ix_dispatches_application_id", "dispatches", ["application_id"])
    op.create_table(
        "outbox",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("notice", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("parameters", db.Json, nullable=False),
        sa.Column("client", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("conversation", sa.String(length=80), nullable=False),
        sa.Column("lang", sa.String(length=200), nullable=False),
        sa.Column("created_at", db.Moment(), nullable=False),
        sa.Column("submission_id", db.Key, nullable=True),
        sa.Column("application_id", db.Key, nullable=True),
        sa.Column("claimed_by", sa.String(length=80), nullable=True),
        sa.Column("claimed_until", db.Moment(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("delivered_at", db.Moment(), nullable=True),
        sa.Column("undeliverable_at", db.Moment(), nullable=True),
        sa.Column("undeliverable_reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_outbox_application_id_applications"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_outbox_submission_id_submissions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("notice", name="uq_outbox_notice"),
    )
    op.create_index("ix_outbox_application_id", "outbox", ["application_id"])
    op.create_index("ix_outbox_contact", "outbox", ["client", "channel", "conversation", "id"])
    op.create_index("ix_outbox_open", "outbox", ["client", "delivered_at", "undeliverable_at", "id"])
    op.create_index("ix_outbox_submission_id", "outbox", ["submission_id"])
    append_only("audit_entries")


def downgrade() -> None:
    """Back again."""
    free_again("audit_entries")
    op.drop_table("outbox")
    op.drop_table("dispatches")
    op.drop_table("deadlines")
    op.drop_table("audit_entries")
    op.drop_table("audit_heads")
