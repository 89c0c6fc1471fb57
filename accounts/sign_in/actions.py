"""Asking for a code, using it, signing out."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from accounts.people.actions import meet_person
from accounts.people.rules import tidy_email
from accounts.sign_in import messages, rules
from accounts.sign_in.models import Device, SignInRequest
from backstage.history.actions import record
from backstage.outbox.actions import post
from base.database import db
from base.errors import Refused, refuse_if
from base.tokens import hash_of, make_code, make_token
from outside import clock


def ask_to_sign_in(email: str, onward: str = "") -> str:
    """Send a code and a link to an address; gives the reference that the browser keeps for typing the code.

    `onward` is the path where to go after signing in, or nothing.

    The answer is the same whether the address is known or not: who proves that it is theirs gets in.
    """
    now, address = clock.now(), tidy_email(email)
    # One at a time per address, so that the count of the hour is right.
    _wait_for_turn(address)
    recent = db.session.scalars(
        select(func.count())
        .select_from(SignInRequest)
        .where(SignInRequest.email == address, SignInRequest.asked_at > now - rules.CODE_LASTS)
    ).one()
    code, token, reference = make_code(), make_token(), make_token()
    db.session.add(
        SignInRequest(
            reference=reference,
            email=address,
            code_hash=hash_of("sign-in-code:" + reference, code),
            link_hash=hash_of("sign-in-link", token),
            onward=rules.safe_onward(onward),
            asked_at=now,
            expires_at=now + rules.CODE_LASTS,
        )
    )
    if rules.may_write_again(recent):
        post(messages.code_and_link(address, code, token))
    return reference


def _wait_for_turn(address: str) -> None:
    """Wait until nobody else signs in with this address; the turn ends with the transaction."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext("sign-in"), func.hashtext(address))))


def use_code(references: Sequence[str], code: str) -> tuple[str, str]:
    """Sign in with a typed code; gives (device token, where to go).

    `references` are the sign-ins asked for in this browser: a mail may be slow, so an earlier code of the
    hour works. Raises Refused; a wrong try is counted before, so who catches that must commit.
    """
    address = db.session.scalars(
        select(SignInRequest.email)
        .where(SignInRequest.reference.in_(references))
        .order_by(SignInRequest.id.desc())
        .limit(1)
    ).one_or_none()
    # One at a time per address: many browsers at once get no more tries than one.
    _wait_for_turn(address or "")
    asked = db.session.scalars(
        select(SignInRequest)
        .where(SignInRequest.reference.in_(references))
        .order_by(SignInRequest.id.desc())
        .with_for_update()
    ).all()
    if not asked:
        raise Refused(rules.NOT_ASKED)
    now, newest = clock.now(), asked[0]
    tries = db.session.scalars(
        select(func.coalesce(func.sum(SignInRequest.attempts), 0)).where(
            SignInRequest.email == newest.email, SignInRequest.asked_at > now - rules.CODE_LASTS
        )
    ).one()
    refusals = [rules.why_not_use("code", tries, bool(one.used_at), one.expires_at, now) for one in asked]
    if all(refusals):
        refuse_if(refusals[0])
    typed = rules.tidy_code(code)
    for one, why_not in zip(asked, refusals, strict=True):
        code_hash = hash_of("sign-in-code:" + one.reference, typed)
        if why_not is None and one.email == newest.email and secrets.compare_digest(one.code_hash, code_hash):
            return _let_in(one), one.onward
    newest.attempts += 1
    raise Refused(rules.WRONG_CODE)


def use_link(token: str) -> tuple[str, str]:
    """Sign in with a mailed link, once: (device token, where to go); raises Refused."""
    asked = db.session.scalars(
        select(SignInRequest)
        .where(SignInRequest.link_hash == hash_of("sign-in-link", token))
        .with_for_update()
    ).one_or_none()
    if asked is None:
        raise Refused(rules.NO_SUCH_LINK)
    refuse_if(rules.why_not_use("link", 0, bool(asked.used_at), asked.expires_at, clock.now()))
    return _let_in(asked), asked.onward


def _let_in(asked: SignInRequest) -> str:
    asked.used_at = clock.now()
    person = meet_person(asked.email)
    return remember_device(person.id)


def remember_device(person_id: int) -> str:
    """Sign a person in on a browser for 30 days; gives the token for its cookie."""
    now, token = clock.now(), make_token()
    db.session.add(
        Device(
            token_hash=hash_of("device", token),
            person_id=person_id,
            signed_in_at=now,
            expires_at=now + rules.DEVICE_LASTS,
        )
    )
    record(person_id, "sign_in.use_code", f"person:{person_id}", f"person:{person_id}")
    return token


def sign_out(person_id: int, token: str) -> None:
    """End the sign-in of one browser."""
    db.session.execute(
        update(Device)
        .where(Device.token_hash == hash_of("device", token), Device.person_id == person_id)
        .values(ended_at=clock.now())
    )
    record(person_id, "sign_in.sign_out", f"person:{person_id}", f"person:{person_id}")


def delete_old_requests(now: datetime) -> int:
    """Delete sign-ins asked for more than a day ago, and devices long expired; gives how many."""
    asked = db.session.execute(
        delete(SignInRequest).where(SignInRequest.asked_at < now - rules.REQUESTS_KEPT)
    )
    devices = db.session.execute(delete(Device).where(Device.expires_at < now - rules.DEVICE_LASTS))
    return asked.rowcount + devices.rowcount  # type: ignore[attr-defined]
