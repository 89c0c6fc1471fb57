"""Writing mails and following what becomes of them."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from backstage.outbox import rules
from backstage.outbox.messages import Message
from backstage.outbox.models import Mail
from base.database import db, hand_over
from base.states import may_become, move
from outside import clock

SEND = "jobs.mail.send_mails"
# Made once and without the ORM: this runs while hundreds wait to register.
_INSERT = insert(Mail).returning(Mail.id)


def post(message: Message) -> None:
    """Write a mail in this transaction; a worker sends it after the commit."""
    now = clock.now()
    row = {
        "reference": secrets.token_hex(16),
        "recipient": message.recipient,
        "subject": message.subject,
        "template": message.template,
        "values": message.values,
        "attachments": [asdict(item) for item in message.attachments],
        "written_at": now,
        "try_after": now,
    }
    mail_id = db.session.connection().scalar(_INSERT, row)
    hand_over(SEND, mail_id or 0)


def claim_mail(mail_id: int) -> Mail | None:
    """Take a waiting mail for sending; None when another worker has it or it is done. Commit before
    sending.
    """
    now = clock.now()
    free = (Mail.state == "waiting") | (Mail.claimed_at < now - rules.CLAIM_LASTS)
    return db.session.scalars(
        update(Mail)
        .where(Mail.id == mail_id, Mail.state.in_(may_become(rules.MOVES, "sending")))
        .where(free, Mail.try_after <= now)
        .values(state="sending", claim=secrets.token_hex(8), claimed_at=now, attempts=Mail.attempts + 1)
        .returning(Mail)
    ).one_or_none()


def mail_sent(mail_id: int, claim: str, keep_words: bool = True) -> bool:
    """Mark a claimed mail as sent; False when the claim was lost meanwhile.

    Its words hold links that sign people in: only the demonstration, which shows them, keeps them.
    """
    gone = {} if keep_words else {"subject": "", "values": {}, "attachments": []}
    sent = (
        update(Mail)
        .where(Mail.id == mail_id, Mail.claim == claim, Mail.state.in_(may_become(rules.MOVES, "sent")))
        .values(state="sent", sent_at=clock.now(), error="", **gone)
    )
    return db.session.execute(sent).rowcount == 1  # type: ignore[attr-defined]


def mail_not_sent(mail_id: int, claim: str, why: str, final: bool) -> None:
    """Put a claimed mail back for later, or give it up; `why` is a reply code or an exception's class, no
    text.
    """
    mail = db.session.scalars(
        select(Mail).where(Mail.id == mail_id, Mail.claim == claim, Mail.state == "sending").with_for_update()
    ).one_or_none()
    if mail is None:
        return
    move(mail, rules.after_failure(mail.attempts, final))
    mail.try_after = rules.try_after(mail.attempts, clock.now())
    mail.error = why


def sweep_mails(now: datetime, most: int = 200) -> int:
    """Hand over mails that wait although no job is coming for them; gives how many.

    One whose every try has killed its worker is given up instead.
    """
    dead = (Mail.state == "sending") & (Mail.claimed_at < now - rules.CLAIM_LASTS)
    db.session.execute(
        update(Mail)
        .where(dead, Mail.attempts >= rules.MOST_ATTEMPTS, Mail.state.in_(may_become(rules.MOVES, "failed")))
        .values(state="failed", error="WorkerDied")
        .execution_options(synchronize_session=False)
    )
    # A mail that was just written has its own job, which may stand in a queue.
    forgotten = (Mail.attempts > 0) | (Mail.written_at < now - rules.OWN_JOB_WITHIN)
    due = select(Mail.id).where(dead | ((Mail.state == "waiting") & (Mail.try_after <= now) & forgotten))
    ids = db.session.scalars(due.order_by(Mail.try_after, Mail.id).limit(most)).all()
    for mail_id in ids:
        hand_over(SEND, mail_id)
    return len(ids)


def delete_old_mails(now: datetime) -> int:
    """Delete mails that were sent or given up more than 30 days ago; gives how many."""
    old = delete(Mail).where(Mail.state.in_(("sent", "failed")), Mail.written_at < now - rules.MAILS_KEPT)
    return db.session.execute(old).rowcount  # type: ignore[attr-defined]
