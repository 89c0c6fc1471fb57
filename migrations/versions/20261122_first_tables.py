"""first tables"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "d8c18d3febe4"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward without losing data."""
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind in ('worker', 'schedule')", name=op.f("ck_heartbeat_kind")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("values", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("attachments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("try_after", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint("state in ('waiting', 'sending', 'sent', 'failed')", name=op.f("ck_mail_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mail")),
        sa.UniqueConstraint("reference", name=op.f("uq_mail_reference")),
    )
    op.create_index(
        "ix_mail_waiting",
        "mail",
        ["try_after"],
        unique=False,
        postgresql_where=sa.text("state in ('waiting', 'sending')"),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("name_key", name=op.f("uq_organisation_name_key")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_person_email_is_lower_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "question_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_set")),
    )
    op.create_table(
        "sign_in_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("link_hash", sa.Text(), nullable=False),
        sa.Column("onward", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_request")),
        sa.UniqueConstraint("link_hash", name=op.f("uq_sign_in_request_link_hash")),
        sa.UniqueConstraint("reference", name=op.f("uq_sign_in_request_reference")),
    )
    op.create_index(op.f("ix_sign_in_request_email"), "sign_in_request", ["email"], unique=False)
    op.create_table(
        "answer_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_set_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["question_set_id"], ["question_set.id"], name=op.f("fk_answer_sheet_question_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_sheet")),
    )
    op.create_table(
        "batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["person.id"], name=op.f("fk_batch_asked_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index(op.f("ix_batch_scope"), "batch", ["scope"], unique=False)
    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_device_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_device")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_device_token_hash")),
    )
    op.create_index(op.f("ix_device_person_id"), "device", ["person_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("blurb", sa.Text(), nullable=False),
        sa.Column("host_organisation_id", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("directions", sa.Text(), nullable=False),
        sa.Column("cost", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("access_details", sa.Text(), nullable=False),
        sa.Column("support", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.Column("chosen_names", sa.Boolean(), nullable=False),
        sa.Column("registration_open", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_event_starts_before_it_ends")),
        sa.CheckConstraint("taken between 0 and capacity", name=op.f("ck_event_taken_within_capacity")),
        sa.CheckConstraint("waiting >= 0", name=op.f("ck_event_waiting")),
        sa.ForeignKeyConstraint(
            ["host_organisation_id"], ["organisation.id"], name=op.f("fk_event_host_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("slug", name=op.f("uq_event_slug")),
    )
    op.create_table(
        "history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_history_person_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_history")),
    )
    op.create_index(op.f("ix_history_person_id"), "history", ["person_id"], unique=False)
    op.create_index("ix_history_scope", "history", ["scope", "id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("lead", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('asked', 'member')", name=op.f("ck_membership_state")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_membership_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("organisation_id", "person_id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_table(
        "organisation_alias",
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_alias_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("name_key", name=op.f("pk_organisation_alias")),
    )
    op.create_index(
        op.f("ix_organisation_alias_organisation_id"), "organisation_alias", ["organisation_id"], unique=False
    )
    op.create_table(
        "organisation_domain",
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_domain_organisation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("domain", name=op.f("pk_organisation_domain")),
    )
    op.create_index(
        op.f("ix_organisation_domain_organisation_id"),
        "organisation_domain",
        ["organisation_id"],
        unique=False,
    )
    op.create_table(
        "question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_set_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("accept", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("type in ('text', 'file', 'image', 'url')", name=op.f("ck_question_type")),
        sa.ForeignKeyConstraint(
            ["question_set_id"],
            ["question_set.id"],
            name=op.f("fk_question_question_set_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question")),
        sa.UniqueConstraint("question_set_id", "key", name=op.f("uq_question_question_set_id_key")),
    )
    op.create_table(
        "scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("blurb", sa.Text(), nullable=False),
        sa.Column("lead_organisation_id", sa.Integer(), nullable=True),
        sa.Column("question_set_id", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judging_closes_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shortlist_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("winners_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ceremony_event_id", sa.Integer(), nullable=True),
        sa.Column("ceremony_place", sa.Text(), nullable=False),
        sa.Column("reads_per_entry", sa.Integer(), nullable=False),
        sa.Column("lived_experience_reads", sa.Integer(), nullable=False),
        sa.Column("shortlist_size", sa.Integer(), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "judging_closes_at is null or judging_closes_at >= closes_at",
            name=op.f("ck_scheme_judging_after_closing"),
        ),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_scheme_opens_before_it_closes")),
        sa.CheckConstraint(
            "shortlist_at is null or shortlist_at >= closes_at",
            name=op.f("ck_scheme_shortlist_after_closing"),
        ),
        sa.CheckConstraint(
            "winners_at is null or (shortlist_at is not null and winners_at >= shortlist_at)",
            name=op.f("ck_scheme_winners_after_shortlist"),
        ),
        sa.ForeignKeyConstraint(
            ["lead_organisation_id"], ["organisation.id"], name=op.f("fk_scheme_lead_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["question_set_id"], ["question_set.id"], name=op.f("fk_scheme_question_set_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme")),
        sa.UniqueConstraint("slug", name=op.f("uq_scheme_slug")),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("storage_name", sa.Text(), nullable=False),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column("content_type", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["uploaded_by"], ["person.id"], name=op.f("fk_upload_uploaded_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("storage_name", name=op.f("uq_upload_storage_name")),
    )
    op.create_table(
        "answer",
        sa.Column("answer_sheet_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("upload_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_sheet_id"],
            ["answer_sheet.id"],
            name=op.f("fk_answer_answer_sheet_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_answer_question_id")),
        sa.ForeignKeyConstraint(["upload_id"], ["upload.id"], name=op.f("fk_answer_upload_id")),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_answer_written_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("answer_sheet_id", "question_id", name=op.f("pk_answer")),
    )
    op.create_table(
        "category",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("blurb", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("consent in ('', 'parent_or_guardian')", name=op.f("ck_category_consent")),
        sa.CheckConstraint("kind in ('team', 'nomination')", name=op.f("ck_category_kind")),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["scheme.id"], name=op.f("fk_category_scheme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
        sa.UniqueConstraint("scheme_id", "slug", name=op.f("uq_category_scheme_id_slug")),
    )
    op.create_table(
        "criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight > 0", name=op.f("ck_criterion_weight")),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["scheme.id"], name=op.f("fk_criterion_scheme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_criterion")),
        sa.UniqueConstraint("scheme_id", "key", name=op.f("uq_criterion_scheme_id_key")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Text(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("storage_name", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(state = 'made') = (storage_name is not null)", name=op.f("ck_document_made_has_file")
        ),
        sa.CheckConstraint(
            "state in ('waiting', 'making', 'made', 'failed')", name=op.f("ck_document_state")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["batch.id"], name=op.f("fk_document_batch_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index("ix_document_batch_state", "document", ["batch_id", "state"], unique=False)
    op.create_index(op.f("ix_document_subject"), "document", ["subject"], unique=False)
    op.create_index(
        "ix_document_waiting",
        "document",
        ["claimed_at"],
        unique=False,
        postgresql_where=sa.text("state in ('waiting', 'making')"),
    )
    op.create_table(
        "earlier_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_sheet_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_sheet_id"],
            ["answer_sheet.id"],
            name=op.f("fk_earlier_answer_answer_sheet_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["question_id"], ["question.id"], name=op.f("fk_earlier_answer_question_id")),
        sa.ForeignKeyConstraint(
            ["written_by"], ["person.id"], name=op.f("fk_earlier_answer_written_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_answer")),
    )
    op.create_index(
        op.f("ix_earlier_answer_answer_sheet_id"), "earlier_answer", ["answer_sheet_id"], unique=False
    )
    op.create_table(
        "event_organiser",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_organiser_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_event_organiser_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "person_id", name=op.f("pk_event_organiser")),
    )
    op.create_index(op.f("ix_event_organiser_person_id"), "event_organiser", ["person_id"], unique=False)
    op.create_table(
        "event_volunteer",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_event_volunteer_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_event_volunteer_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "person_id", name=op.f("pk_event_volunteer")),
    )
    op.create_index(op.f("ix_event_volunteer_person_id"), "event_volunteer", ["person_id"], unique=False)
    op.create_table(
        "registration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("badge_name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state in ('placed', 'waiting', 'cancelled')", name=op.f("ck_registration_state")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_registration_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registration")),
        sa.UniqueConstraint("reference", name=op.f("uq_registration_reference")),
    )
    op.create_index("ix_registration_event_state", "registration", ["event_id", "state"], unique=False)
    op.create_index(
        "uq_registration_event_email",
        "registration",
        ["event_id", "email"],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_table(
        "room",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("step_free", sa.Boolean(), nullable=False),
        sa.Column("hearing_loop", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_room_capacity")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_room_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room")),
        sa.UniqueConstraint("event_id", "name", name=op.f("uq_room_event_id_name")),
    )
    op.create_table(
        "scale_point",
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["scheme.id"], name=op.f("fk_scale_point_scheme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("scheme_id", "value", name=op.f("pk_scale_point")),
    )
    op.create_table(
        "scheme_organiser",
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_scheme_organiser_person_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["scheme_id"], ["scheme.id"], name=op.f("fk_scheme_organiser_scheme_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("scheme_id", "person_id", name=op.f("pk_scheme_organiser")),
    )
    op.create_index(op.f("ix_scheme_organiser_person_id"), "scheme_organiser", ["person_id"], unique=False)
    op.create_table(
        "criterion_question",
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["criterion_id"],
            ["criterion.id"],
            name=op.f("fk_criterion_question_criterion_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["question_id"],
            ["question.id"],
            name=op.f("fk_criterion_question_question_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("criterion_id", "question_id", name=op.f("pk_criterion_question")),
    )
    op.create_table(
        "entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("answer_sheet_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("started_by", sa.Integer(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("nominee", sa.Text(), nullable=False),
        sa.Column("nominee_told", sa.Boolean(), nullable=False),
        sa.Column("guardian_agreed", sa.Boolean(), nullable=False),
        sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(state = 'submitted') <= (submitted_at is not null)",
            name=op.f("ck_entry_submitted_has_its_hour"),
        ),
        sa.CheckConstraint("state in ('draft', 'submitted', 'withdrawn')", name=op.f("ck_entry_state")),
        sa.ForeignKeyConstraint(
            ["answer_sheet_id"], ["answer_sheet.id"], name=op.f("fk_entry_answer_sheet_id")
        ),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name=op.f("fk_entry_category_id")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_entry_organisation_id")
        ),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_entry_scheme_id")),
        sa.ForeignKeyConstraint(
            ["started_by"], ["person.id"], name=op.f("fk_entry_started_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by"], ["person.id"], name=op.f("fk_entry_submitted_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("answer_sheet_id", name=op.f("uq_entry_answer_sheet_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_entry_reference")),
    )
    op.create_index(op.f("ix_entry_organisation_id"), "entry", ["organisation_id"], unique=False)
    op.create_index("ix_entry_scheme_category", "entry", ["scheme_id", "category_id", "state"], unique=False)
    op.create_table(
        "needs",
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("dietary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_needs_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("registration_id", name=op.f("pk_needs")),
    )
    op.create_table(
        "panel",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_panel_category_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_panel")),
        sa.UniqueConstraint("category_id", name=op.f("uq_panel_category_id")),
    )
    op.create_table(
        "registration_link",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_registration_link_registration_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_registration_link")),
    )
    op.create_index(
        op.f("ix_registration_link_registration_id"), "registration_link", ["registration_id"], unique=False
    )
    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("speakers", sa.Text(), nullable=False),
        sa.Column("content_note", sa.Text(), nullable=False),
        sa.Column("support", sa.Text(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("covering_title", sa.Text(), nullable=False),
        sa.Column("embargo_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        postgresql.ExcludeConstraint(
            (sa.text("int4range(room_id, room_id, '[]')"), "&&"),
            (sa.text("tstzrange(starts_at, ends_at)"), "&&"),
            using="gist",
            name="ex_session_one_at_a_time_in_a_room",
        ),
        sa.CheckConstraint(
            "embargo_until is null or covering_title <> ''",
            name=op.f("ck_session_embargo_has_a_covering_title"),
        ),
        sa.CheckConstraint("kind in ('plenary', 'workshop', 'break', 'open')", name=op.f("ck_session_kind")),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("ck_session_starts_before_it_ends")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_session_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["room_id"], ["room.id"], name=op.f("fk_session_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
    )
    op.create_index(op.f("ix_session_event_id"), "session", ["event_id"], unique=False)
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Text(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome in ('shortlisted', 'highly_commended', 'winner')", name=op.f("ck_certificate_outcome")
        ),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_certificate_document_id")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_certificate_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("document_id", name=op.f("uq_certificate_document_id")),
        sa.UniqueConstraint("entry_id", "outcome", name=op.f("uq_certificate_entry_id_outcome")),
        sa.UniqueConstraint("serial", name=op.f("uq_certificate_serial")),
    )
    op.create_table(
        "entry_partner",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_partner_entry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_entry_partner_organisation_id")
        ),
        sa.PrimaryKeyConstraint("entry_id", "organisation_id", name=op.f("pk_entry_partner")),
    )
    op.create_table(
        "entry_writer",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_entry_writer_entry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_entry_writer_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", "person_id", name=op.f("pk_entry_writer")),
    )
    op.create_index(op.f("ix_entry_writer_person_id"), "entry_writer", ["person_id"], unique=False)
    op.create_table(
        "judge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("panel_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("lived_experience", sa.Boolean(), nullable=False),
        sa.Column("chair", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_judge_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["panel_id"], ["panel.id"], name=op.f("fk_judge_panel_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_judge_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judge")),
        sa.UniqueConstraint("panel_id", "person_id", name=op.f("uq_judge_panel_id_person_id")),
    )
    op.create_index(op.f("ix_judge_person_id"), "judge", ["person_id"], unique=False)
    op.create_table(
        "outcome",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "outcome in ('shortlisted', 'highly_commended', 'winner')", name=op.f("ck_outcome_outcome")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_outcome_decided_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_outcome_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_outcome")),
    )
    op.create_table(
        "telling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("hour", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("hour in ('shortlist', 'winners')", name=op.f("ck_telling_hour")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_telling_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_telling")),
        sa.UniqueConstraint("entry_id", "hour", name=op.f("uq_telling_entry_id_hour")),
    )
    op.create_table(
        "workshop",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("waiting", sa.Integer(), nullable=False),
        sa.CheckConstraint("places >= 0", name=op.f("ck_workshop_places")),
        sa.CheckConstraint("taken between 0 and places", name=op.f("ck_workshop_taken_within_places")),
        sa.CheckConstraint("waiting >= 0", name=op.f("ck_workshop_waiting")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_workshop_session_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_workshop")),
    )
    op.create_table(
        "read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("judge_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("conflict", sa.Text(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("declared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'done') = (finished_at is not null)", name=op.f("ck_read_done_has_its_hour")
        ),
        sa.CheckConstraint(
            "state = 'assigned' or declared_at is not null", name=op.f("ck_read_declared_before_reading")
        ),
        sa.CheckConstraint("state in ('assigned', 'reading', 'done', 'recused')", name=op.f("ck_read_state")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_read_entry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["judge_id"], ["judge.id"], name=op.f("fk_read_judge_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read")),
        sa.UniqueConstraint("judge_id", "entry_id", name=op.f("uq_read_judge_id_entry_id")),
    )
    op.create_index(op.f("ix_read_entry_id"), "read", ["entry_id"], unique=False)
    op.create_table(
        "workshop_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state in ('wished', 'placed', 'waiting', 'cancelled')", name=op.f("ck_workshop_choice_state")
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"],
            ["registration.id"],
            name=op.f("fk_workshop_choice_registration_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["workshop.session_id"],
            name=op.f("fk_workshop_choice_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_choice")),
    )
    op.create_index(
        op.f("ix_workshop_choice_registration_id"), "workshop_choice", ["registration_id"], unique=False
    )
    op.create_index(
        "ix_workshop_choice_waiting", "workshop_choice", ["session_id", "state", "id"], unique=False
    )
    op.create_index(
        "uq_workshop_choice_once",
        "workshop_choice",
        ["registration_id", "session_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.create_table(
        "score",
        sa.Column("read_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("scored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["criterion_id"], ["criterion.id"], name=op.f("fk_score_criterion_id")),
        sa.ForeignKeyConstraint(["read_id"], ["read.id"], name=op.f("fk_score_read_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("read_id", "criterion_id", name=op.f("pk_score")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("score")
    op.drop_index(
        "uq_workshop_choice_once",
        table_name="workshop_choice",
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.drop_index("ix_workshop_choice_waiting", table_name="workshop_choice")
    op.drop_index(op.f("ix_workshop_choice_registration_id"), table_name="workshop_choice")
    op.drop_table("workshop_choice")
    op.drop_index(op.f("ix_read_entry_id"), table_name="read")
    op.drop_table("read")
    op.drop_table("workshop")
    op.drop_table("telling")
    op.drop_table("outcome")
    op.drop_index(op.f("ix_judge_person_id"), table_name="judge")
    op.drop_table("judge")
    op.drop_index(op.f("ix_entry_writer_person_id"), table_name="entry_writer")
    op.drop_table("entry_writer")
    op.drop_table("entry_partner")
    op.drop_table("certificate")
    op.drop_index(op.f("ix_session_event_id"), table_name="session")
    op.drop_table("session")
    op.drop_index(op.f("ix_registration_link_registration_id"), table_name="registration_link")
    op.drop_table("registration_link")
    op.drop_table("panel")
    op.drop_table("needs")
    op.drop_index("ix_entry_scheme_category", table_name="entry")
    op.drop_index(op.f("ix_entry_organisation_id"), table_name="entry")
    op.drop_table("entry")
    op.drop_table("criterion_question")
    op.drop_index(op.f("ix_scheme_organiser_person_id"), table_name="scheme_organiser")
    op.drop_table("scheme_organiser")
    op.drop_table("scale_point")
    op.drop_table("room")
    op.drop_index(
        "uq_registration_event_email",
        table_name="registration",
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    op.drop_index("ix_registration_event_state", table_name="registration")
    op.drop_table("registration")
    op.drop_index(op.f("ix_event_volunteer_person_id"), table_name="event_volunteer")
    op.drop_table("event_volunteer")
    op.drop_index(op.f("ix_event_organiser_person_id"), table_name="event_organiser")
    op.drop_table("event_organiser")
    op.drop_index(op.f("ix_earlier_answer_answer_sheet_id"), table_name="earlier_answer")
    op.drop_table("earlier_answer")
    op.drop_index(
        "ix_document_waiting",
        table_name="document",
        postgresql_where=sa.text("state in ('waiting', 'making')"),
    )
    op.drop_index(op.f("ix_document_subject"), table_name="document")
    op.drop_index("ix_document_batch_state", table_name="document")
    op.drop_table("document")
    op.drop_table("criterion")
    op.drop_table("category")
    op.drop_table("answer")
    op.drop_table("upload")
    op.drop_table("scheme")
    op.drop_table("question")
    op.drop_index(op.f("ix_organisation_domain_organisation_id"), table_name="organisation_domain")
    op.drop_table("organisation_domain")
    op.drop_index(op.f("ix_organisation_alias_organisation_id"), table_name="organisation_alias")
    op.drop_table("organisation_alias")
    op.drop_index(op.f("ix_membership_person_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index("ix_history_scope", table_name="history")
    op.drop_index(op.f("ix_history_person_id"), table_name="history")
    op.drop_table("history")
    op.drop_table("event")
    op.drop_index(op.f("ix_device_person_id"), table_name="device")
    op.drop_table("device")
    op.drop_index(op.f("ix_batch_scope"), table_name="batch")
    op.drop_table("batch")
    op.drop_table("answer_sheet")
    op.drop_index(op.f("ix_sign_in_request_email"), table_name="sign_in_request")
    op.drop_table("sign_in_request")
    op.drop_table("question_set")
    op.drop_table("person")
    op.drop_table("organisation")
    op.drop_index(
        "ix_mail_waiting", table_name="mail", postgresql_where=sa.text("state in ('waiting', 'sending')")
    )
    op.drop_table("mail")
    op.drop_table("heartbeat")
