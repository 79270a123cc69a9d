"""Who may act, and about whom: offices, API clients, staff, households"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend import db

revision = "0001_people_and_access"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "api_clients",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("scopes", db.Json, nullable=False),
        sa.Column("created_at", db.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_api_clients"),
        sa.UniqueConstraint("name", name="uq_api_clients_name"),
    )
    op.create_table(
        "login_attempts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("about", sa.String(length=64), nullable=False),
        sa.Column("at", db.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_login_attempts"),
    )
    op.create_index("ix_login_attempts_about_at", "login_attempts", ["about", "at"])
    op.create_table(
        "offices",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("name", db.Json, nullable=False),
        sa.Column("parent_id", sa.String(length=80), nullable=True),
        sa.Column("department", sa.String(length=80), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["offices.id"], name="fk_offices_parent_id_offices"),
        sa.PrimaryKeyConstraint("id", name="pk_offices"),
    )
    op.create_index("ix_offices_parent_id", "offices", ["parent_id"])
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("login", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("department", sa.String(length=80), nullable=True),
        sa.Column("office", sa.String(length=80), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", db.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("login", name="uq_staff_login"),
    )
    op.create_table(
        "api_keys",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("client_id", db.Key, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("created_at", db.Moment(), nullable=False),
        sa.Column("revoked_at", db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["api_clients.id"], name="fk_api_keys_client_id_api_clients"),
        sa.PrimaryKeyConstraint("id", name="pk_api_keys"),
        sa.UniqueConstraint("digest", name="uq_api_keys_digest"),
    )
    op.create_index("ix_api_keys_client_id", "api_keys", ["client_id"])
    op.create_table(
        "households",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("created_at", db.Moment(), nullable=False),
        sa.Column("members_complete", sa.Boolean(), nullable=False),
        sa.Column("office", sa.String(length=80), nullable=True),
        sa.Column("possibly_same_as_id", db.Key, nullable=True),
        sa.ForeignKeyConstraint(["office"], ["offices.id"], name="fk_households_office_offices"),
        sa.ForeignKeyConstraint(
            ["possibly_same_as_id"], ["households.id"], name="fk_households_possibly_same_as_id_households"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_households"),
    )
    op.create_index("ix_households_possibly_same_as_id", "households", ["possibly_same_as_id"])
    op.create_table(
        "staff_sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=40), nullable=False),
        sa.Column("created_at", db.Moment(), nullable=False),
        sa.Column("seen_at", db.Moment(), nullable=False),
        sa.Column("ended_at", db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_staff_sessions_staff_id_staff"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_staff_sessions"),
    )
    op.create_index("ix_staff_sessions_staff_id", "staff_sessions", ["staff_id"])
    op.create_table(
        "persons",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("household_id", db.Key, nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("relation", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name="fk_persons_household_id_households"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_persons"),
        sa.UniqueConstraint("household_id", "subject", name="uq_persons_household_id_subject"),
    )
    op.create_index("ix_persons_household_id", "persons", ["household_id"])


def downgrade() -> None:
    """Back again."""
    op.drop_table("persons")
    op.drop_table("staff_sessions")
    op.drop_table("households")
    op.drop_table("api_keys")
    op.drop_table("staff")
    op.drop_table("offices")
    op.drop_table("login_attempts")
    op.drop_table("api_clients")
