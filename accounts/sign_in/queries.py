"""Who is signed in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from accounts.people.models import Person
from accounts.sign_in.models import Device, SignInRequest
from base.access import Viewer
from base.database import db
from base.errors import NotHere
from base.tokens import hash_of


def viewer_of_device(token: str, now: datetime) -> Viewer | None:
    """The person whose browser holds this device token, or None when it has ended or expired."""
    row = db.session.execute(
        select(Person.id, Person.name, Person.email, Person.administrator)
        .join(Device, Device.person_id == Person.id)
        .where(
            Device.token_hash == hash_of("device", token), Device.ended_at.is_(None), Device.expires_at > now
        )
    ).one_or_none()
    return Viewer(row.id, row.name, row.email, row.administrator) if row else None


def request_by_link(token: str) -> SignInRequest:
    """The sign-in that a mailed link belongs to; raises NotHere."""
    found = db.session.scalars(
        select(SignInRequest).where(SignInRequest.link_hash == hash_of("sign-in-link", token))
    ).one_or_none()
    if found is None:
        raise NotHere
    return found
