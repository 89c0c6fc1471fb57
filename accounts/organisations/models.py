"""Organisations and who belongs to them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from accounts.organisations import rules
from accounts.people.models import FORGET
from accounts.people.rules import KEPT, SINCE
from base.database import Base, personal
from base.states import moved_by, one_of


class Organisation(Base):
    """A trust, charity, police force or group that enters awards or hosts events."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    name: Mapped[str] = mapped_column(Text)
    name_key: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(Text, default="")
    region: Mapped[str] = mapped_column(Text, default="")
    started_at: Mapped[datetime]


class OrganisationAlias(Base):
    """Another name that people use for an organisation; unique so that one name means one organisation."""

    __tablename__ = "organisation_alias"

    name_key: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )


class OrganisationDomain(Base):
    """A mail domain that only this organisation uses; shared ones such as nhs.net prove nothing."""

    __tablename__ = "organisation_domain"

    domain: Mapped[str] = mapped_column(Text, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )


class Membership(Base):
    """A person in an organisation: asked to join, or a member; leads let others in."""

    __tablename__ = "membership"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    state: Mapped[str] = mapped_column(
        Text,
        info=moved_by(rules.MOVES)
        | personal(
            "to know for which organisation they write entries",
            "colleagues in the organisation",
            KEPT,
            SINCE,
            forgotten_by=FORGET,
        ),
    )
    lead: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    __table_args__ = (CheckConstraint(one_of("state", rules.MOVES), name="state"),)
