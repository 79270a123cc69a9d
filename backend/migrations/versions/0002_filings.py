"""What is filed, and what becomes of it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from backend import db

revision = "0002_filings"
down_revision = "0001_people_and_access"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To the new shape."""
    op.create_table(
        "idempotency_keys",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("client", sa.String(length=80), nullable=False),
        sa.Column("operation", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("response", db.Json, nullable=True),
        sa.Column("at", db.Moment(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_idempotency_keys"),
        sa.UniqueConstraint("client", "operation", "key", name="uq_idempotency_keys_client_operation_key"),
    )
    op.create_table(
        "submissions",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("household_id", db.Key, nullable=False),
        sa.Column("client", sa.String(length=80), nullable=False),
        sa.Column("received_at", db.Moment(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("said_catalogue", sa.String(length=200), nullable=False),
        sa.Column("catalogue", sa.String(length=200), nullable=False),
        sa.Column("rescreened", sa.Boolean(), nullable=False),
        sa.Column("screening", db.Json, nullable=False),
        sa.Column("reporter_kind", sa.String(length=20), nullable=False),
        sa.Column("reporter_name", sa.String(length=200), nullable=True),
        sa.Column("reporter_phone", sa.String(length=200), nullable=True),
        sa.Column("reporter_relation", sa.String(length=200), nullable=True),
        sa.Column("consent", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("conversation", sa.String(length=80), nullable=False),
        sa.Column("lang", sa.String(length=200), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.Column("urgent", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name="fk_submissions_household_id_households"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        sa.UniqueConstraint("reference", name="uq_submissions_reference"),
    )
    op.create_index("ix_submissions_contact", "submissions", ["channel", "conversation"])
    op.create_index("ix_submissions_household_id", "submissions", ["household_id"])
    op.create_table(
        "applications",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("submission_id", db.Key, nullable=False),
        sa.Column("household_id", db.Key, nullable=False),
        sa.Column("person_id", db.Key, nullable=True),
        sa.Column("programme", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("department", sa.String(length=80), nullable=False),
        sa.Column("office", sa.String(length=80), nullable=True),
        sa.Column("accept_level", sa.String(length=80), nullable=False),
        sa.Column("decide_level", sa.String(length=80), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("status", sa.String(length=30), nullable=False),
        sa.Column("assigned_to", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("catalogue", sa.String(length=200), nullable=False),
        sa.Column("said_truth", sa.String(length=10), nullable=False),
        sa.Column("truth", sa.String(length=10), nullable=False),
        sa.Column("screening", db.Json, nullable=False),
        sa.Column("possible_duplicate_of_id", db.Key, nullable=True),
        sa.Column("submitted_at", db.Moment(), nullable=False),
        sa.Column("closed_at", db.Moment(), nullable=True),
        sa.CheckConstraint(
            "status in ('submitted', 'accepted', 'in_review', 'waiting_for_resident', 'approved', 'denied', 'withdrawn')",
            name="ck_applications_status",
        ),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name="fk_applications_household_id_households"
        ),
        sa.ForeignKeyConstraint(["office"], ["offices.id"], name="fk_applications_office_offices"),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_applications_person_id_persons"),
        sa.ForeignKeyConstraint(
            ["possible_duplicate_of_id"],
            ["applications.id"],
            name="fk_applications_possible_duplicate_of_id_applications",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_applications_submission_id_submissions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_applications"),
        sa.UniqueConstraint("reference", name="uq_applications_reference"),
    )
    op.create_index("ix_applications_assigned_to", "applications", ["assigned_to"])
    op.create_index("ix_applications_household_id", "applications", ["household_id"])
    op.create_index("ix_applications_submission_id", "applications", ["submission_id"])
    op.create_index("ix_applications_work", "applications", ["department", "status"])
    op.create_table(
        "case_questions",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("application_id", db.Key, nullable=False),
        sa.Column("fact", sa.String(length=80), nullable=True),
        sa.Column("subject", sa.String(length=80), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(length=120), nullable=False),
        sa.Column("asked_by_name", sa.String(length=200), nullable=False),
        sa.Column("asked_at", db.Moment(), nullable=False),
        sa.Column("answer_text", sa.Text(), nullable=True),
        sa.Column("answer_message", sa.String(length=80), nullable=True),
        sa.Column("answered_at", db.Moment(), nullable=True),
        sa.Column("cancelled_at", db.Moment(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_case_questions_application_id_applications"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_case_questions"),
    )
    op.create_index("ix_case_questions_application_id", "case_questions", ["application_id"])
    op.create_table(
        "determinations",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("application_id", db.Key, nullable=False),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", db.Moment(), nullable=False),
        sa.CheckConstraint("decision in ('approved', 'denied')", name="ck_determinations_decision"),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_determinations_application_id_applications"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_determinations"),
        sa.UniqueConstraint("application_id", name="uq_determinations_application_id"),
    )
    op.create_table(
        "help_tasks",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("reference", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("application_id", db.Key, nullable=True),
        sa.Column("urgent", sa.String(length=20), nullable=True),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("conversation", sa.String(length=80), nullable=False),
        sa.Column("lang", sa.String(length=200), nullable=False),
        sa.Column("opened_at", db.Moment(), nullable=False),
        sa.Column("taken_by", sa.String(length=120), nullable=True),
        sa.Column("taken_at", db.Moment(), nullable=True),
        sa.Column("done_by", sa.String(length=120), nullable=True),
        sa.Column("done_at", db.Moment(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_help_tasks_application_id_applications"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_help_tasks"),
        sa.UniqueConstraint("reference", name="uq_help_tasks_reference"),
    )
    op.create_index("ix_help_tasks_application_id", "help_tasks", ["application_id"])
    op.create_index("ix_help_tasks_open", "help_tasks", ["done_at", "kind", "opened_at"])
    op.create_table(
        "status_changes",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("application_id", db.Key, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("from_status", sa.String(length=30), nullable=True),
        sa.Column("to_status", sa.String(length=30), nullable=False),
        sa.Column("at", db.Moment(), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("by_role", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["application_id"], ["applications.id"], name="fk_status_changes_application_id_applications"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_status_changes"),
        sa.UniqueConstraint("application_id", "number", name="uq_status_changes_application_id_number"),
    )
    op.create_table(
        "stated_facts",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("household_id", db.Key, nullable=False),
        sa.Column("submission_id", db.Key, nullable=False),
        sa.Column("person_id", db.Key, nullable=True),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("fact", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("value", db.Json, nullable=True),
        sa.Column("low", db.Exact(), nullable=True),
        sa.Column("high", db.Exact(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("span_start", sa.Integer(), nullable=True),
        sa.Column("span_end", sa.Integer(), nullable=True),
        sa.Column("choice", sa.String(length=200), nullable=True),
        sa.Column("message", sa.String(length=80), nullable=False),
        sa.Column("said_by", sa.String(length=20), nullable=False),
        sa.Column("said_at", db.Moment(), nullable=False),
        sa.Column("sureness", sa.Double(), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", db.Moment(), nullable=False),
        sa.Column("question_id", sa.String(length=80), nullable=True),
        sa.Column("superseded_by_id", db.Key, nullable=True),
        sa.CheckConstraint("state in ('answered', 'dont_know', 'declined')", name="ck_stated_facts_state"),
        sa.ForeignKeyConstraint(
            ["household_id"], ["households.id"], name="fk_stated_facts_household_id_households"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name="fk_stated_facts_person_id_persons"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["case_questions.id"], name="fk_stated_facts_question_id_case_questions"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_stated_facts_submission_id_submissions"
        ),
        sa.ForeignKeyConstraint(
            ["superseded_by_id"], ["stated_facts.id"], name="fk_stated_facts_superseded_by_id_stated_facts"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_stated_facts"),
    )
    op.create_index("ix_stated_facts_current", "stated_facts", ["household_id", "subject", "fact"])
    op.create_index("ix_stated_facts_person_id", "stated_facts", ["person_id"])
    op.create_index("ix_stated_facts_question_id", "stated_facts", ["question_id"])
    op.create_index("ix_stated_facts_submission_id", "stated_facts", ["submission_id"])
    op.create_table(
        "transcript_lines",
        sa.Column("id", db.Key, nullable=False),
        sa.Column("submission_id", db.Key, nullable=True),
        sa.Column("help_task_id", db.Key, nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("message", sa.String(length=80), nullable=False),
        sa.Column("at", db.Moment(), nullable=False),
        sa.Column("who", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(submission_id is null) <> (help_task_id is null)", name="ck_transcript_lines_one_owner"
        ),
        sa.ForeignKeyConstraint(
            ["help_task_id"], ["help_tasks.id"], name="fk_transcript_lines_help_task_id_help_tasks"
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name="fk_transcript_lines_submission_id_submissions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_transcript_lines"),
    )
    op.create_index("ix_transcript_lines_help_task_id", "transcript_lines", ["help_task_id"])
    op.create_index("ix_transcript_lines_submission_id", "transcript_lines", ["submission_id"])


def downgrade() -> None:
    """Back again."""
    op.drop_table("transcript_lines")
    op.drop_table("stated_facts")
    op.drop_table("status_changes")
    op.drop_table("help_tasks")
    op.drop_table("determinations")
    op.drop_table("case_questions")
    op.drop_table("applications")
    op.drop_table("submissions")
    op.drop_table("idempotency_keys")
