"""Starting, writing, sending in and withdrawing entries.

Every change holds the scheme's row (shared) and the entry's, in that order, and asks the rules with the hours
it then reads: a deadline moved at the same moment counts wholly or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from accounts.organisations import queries as organisations
from accounts.people.queries import person_by_id
from awards.entries import messages, queries, rules
from awards.entries.models import Entry, EntryPartner, EntryWriter
from awards.entries.queries import Opened
from awards.schemes import queries as schemes
from awards.schemes.models import Category, Scheme
from awards.schemes.queries import schemes_over_before
from awards.schemes.rules import RECORDS_KEPT
from backstage.answers import actions as answering
from backstage.answers.actions import Saved, delete_answers, delete_earlier_answers
from backstage.answers.rules import EARLIER_KEPT
from backstage.history.actions import record
from backstage.outbox.actions import post
from backstage.questions.queries import question_by_key
from base.database import db
from base.errors import refuse_if
from base.states import move
from base.tokens import make_reference
from outside import clock

TRIES = 20


def hold_entry(who: int, reference: str) -> Opened:
    """An entry that `who` writes, locked until the commit with its scheme's hours; raises NotHere."""
    db.session.scalars(
        select(Scheme)
        .join(Entry, Entry.scheme_id == Scheme.id)
        .where(Entry.reference == reference)
        .with_for_update(read=True, of=Scheme)
        .execution_options(populate_existing=True)
    ).one_or_none()
    db.session.scalars(
        select(Entry)
        .where(Entry.reference == reference)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    return queries.entry_of_writer(who, reference)


def _record(
    who: int | None,
    what: str,
    entry: Entry,
    changes: Mapping[str, tuple[object, object]],
    sensitive: tuple[str, ...] = (),
) -> None:
    scope, subject = f"scheme:{entry.scheme_id}", f"entry:{entry.id}"
    record(who, f"entries.{what}", scope, subject, changes, sensitive)


def start_entry(who: int, scheme_slug: str, category_slug: str, organisation_slug: str) -> str:
    """Start a draft for one of the person's organisations; gives its reference.

    A draft of theirs in this category that is still untouched is given back instead of a second one: a button
    that is pressed twice starts one entry. Raises NotHere, and Refused when the scheme is not open or the
    organisation is not theirs.
    """
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(f"start-entry-{who}"))))
    now, scheme = clock.now(), schemes.scheme_by_slug(scheme_slug)
    theirs = {one.slug: one.id for one in organisations.organisations_of(who)}
    refuse_if(rules.why_not_start(scheme.hours, now))
    refuse_if(rules.why_not_enter_for(member=organisation_slug in theirs))
    category, organisation_id = schemes.category_by_slug(scheme, category_slug), theirs[organisation_slug]
    for draft in queries.drafts_in(who, category.id):
        untouched = not draft.title and draft.changed_at == draft.started_at
        if untouched and draft.organisation_id == organisation_id:
            return draft.reference
    entry = _insert_entry(scheme, category, organisation_id, who, now)
    db.session.add(EntryWriter(entry_id=entry.id, person_id=who, added_at=now))
    _record(who, "start_entry", entry, {"category": (None, category.name)})
    return entry.reference


def _insert_entry(
    scheme: Scheme, category: Category, organisation_id: int, who: int | None, started_at: datetime
) -> Entry:
    """A new draft under a fresh reference; another is tried as long as the one drawn is taken."""
    sheet = answering.start_sheet(scheme.question_set_id)
    for _ in range(TRIES):
        entry_id = db.session.scalar(
            insert(Entry)
            .values(
                reference=make_reference(scheme.prefix),
                scheme_id=scheme.id,
                category_id=category.id,
                organisation_id=organisation_id,
                answer_sheet_id=sheet.id,
                started_by=who,
                started_at=started_at,
                changed_at=started_at,
            )
            .on_conflict_do_nothing(index_elements=["reference"])
            .returning(Entry.id)
        )
        if entry_id is not None:
            return db.session.get_one(Entry, entry_id)
    raise RuntimeError(f"no free reference for {scheme.prefix} in {TRIES} tries")


def add_entry(
    scheme: Scheme,
    category: Category,
    organisation_id: int,
    *,
    title: str,
    answers: Mapping[str, str],
    writers: Sequence[int],
    started_at: datetime,
    submitted_at: datetime | None = None,
    partners: Sequence[int] = (),
    nominee: str = "",
    nominee_told: bool = False,
    guardian_agreed: bool = False,
    invented: bool = False,
) -> Entry:
    """Bring in a whole entry: a draft, or sent in at `submitted_at`. No mail is written, no deadline asked.

    `answers` is {question's key: text}; `writers` are ids of people (the first one started and sent it),
    `partners` ids of organisations. Raises KeyError for a key that the scheme has no question for.
    """
    first = writers[0] if writers else None
    entry = _insert_entry(scheme, category, organisation_id, first, started_at)
    at = submitted_at or started_at
    answering.fill_sheet(entry.answer_sheet_id, scheme.question_set_id, answers, first, at)
    entry.title, entry.invented, entry.changed_at = title, invented, at
    entry.nominee, entry.nominee_told, entry.guardian_agreed = nominee, nominee_told, guardian_agreed
    if submitted_at:
        move(entry, "submitted")
        entry.submitted_at, entry.submitted_by = submitted_at, first
    db.session.add_all(EntryWriter(entry_id=entry.id, person_id=one, added_at=at) for one in writers)
    db.session.add_all(EntryPartner(entry_id=entry.id, organisation_id=one) for one in partners)
    _record(None, "add_entry", entry, {"state": (None, entry.state), "title": (None, title)})
    return entry


def _hold_to_write(who: int, reference: str) -> Opened:
    """An entry that `who` writes and may change now, held as by hold_entry; raises NotHere and Refused."""
    opened = hold_entry(who, reference)
    refuse_if(rules.why_not_change(opened.entry.state, opened.scheme.hours, clock.now()))
    return opened


def change_title(
    who: int,
    reference: str,
    title: str,
    nominee: str = "",
    nominee_told: bool = False,
    guardian_agreed: bool = False,
) -> None:
    """Name an entry and, for a nomination, say whom it is about and who agreed; raises NotHere, Refused."""
    opened = _hold_to_write(who, reference)
    entry, about_somebody = opened.entry, opened.category.kind == "nomination"
    after = {
        "title": title,
        "nominee": nominee if about_somebody else "",
        "nominee_told": nominee_told and about_somebody,
        "guardian_agreed": guardian_agreed and opened.category.consent == "parent_or_guardian",
    }
    changes = {name: (getattr(entry, name), value) for name, value in after.items()}
    if all(before == value for before, value in changes.values()):
        return
    for name, value in after.items():
        setattr(entry, name, value)
    entry.changed_at = clock.now()
    _record(who, "change_title", entry, changes, sensitive=("nominee",))


def answer_question(
    who: int, reference: str, key: str, text: str, version: int, *, finished: bool = True
) -> Saved:
    """Write the answer to one question; raises NotHere, Refused, and Overtaken where a co-writer was faster.

    `version` is the one that the page showed; `finished` is False for autosave and "come back later".
    """
    opened = _hold_to_write(who, reference)
    question = question_by_key(opened.scheme.question_set_id, key)
    sheet_id = opened.entry.answer_sheet_id
    saved = answering.save_answer(sheet_id, question, text, version, who, finished=finished)
    if saved.changed:
        opened.entry.changed_at = clock.now()
    if saved.notable:
        changes = {key: (None, f"version {saved.version}")}
        _record(who, "answer_question", opened.entry, changes)
    return saved


def answer_with_file(who: int, reference: str, key: str, content: bytes, file_name: str) -> None:
    """Answer a question with a file, in place of the one before; raises NotHere and Refused."""
    opened = _hold_to_write(who, reference)
    question = question_by_key(opened.scheme.question_set_id, key)
    upload = answering.save_file(opened.entry.answer_sheet_id, question, content, file_name, who)
    opened.entry.changed_at = clock.now()
    _record(who, "answer_with_file", opened.entry, {key: (None, upload.file_name)}, sensitive=(key,))


def remove_file(who: int, reference: str, key: str) -> None:
    """Take the file away that answers a question; raises NotHere and Refused."""
    opened = _hold_to_write(who, reference)
    question = question_by_key(opened.scheme.question_set_id, key)
    if answering.remove_file(opened.entry.answer_sheet_id, question, who):
        opened.entry.changed_at = clock.now()
        _record(who, "remove_file", opened.entry, {key: ("a file", None)})


def submit_entry(who: int, reference: str) -> None:
    """Send an entry in and write each writer a receipt; raises NotHere, and Refused with what is missing."""
    opened, now = hold_entry(who, reference), clock.now()
    answers = [item.given for item in queries.items_of_entry(opened)]
    refuse_if(rules.why_not_submit(opened.draft, answers, opened.scheme.hours, now))
    entry, scheme = opened.entry, opened.scheme
    before = move(entry, "submitted")
    entry.submitted_at, entry.submitted_by, entry.changed_at = now, who, now
    _record(who, "submit_entry", entry, {"state": (before, "submitted")})
    sent_by = person_by_id(who).name
    for writer in queries.writers_of(entry.id):
        post(
            messages.receipt(
                writer.email,
                writer.name,
                reference=entry.reference,
                title=entry.title,
                category=opened.category.name,
                scheme=scheme.name,
                organisation=opened.organisation.name,
                sent_by=sent_by,
                submitted_at=now,
                closes_at=scheme.closes_at,
                shortlist_at=scheme.shortlist_at,
            )
        )


def reopen_entry(who: int, reference: str) -> None:
    """Make an entry a draft again until entries close; raises NotHere and Refused."""
    opened = hold_entry(who, reference)
    entry, now = opened.entry, clock.now()
    refuse_if(rules.why_not_reopen(entry.state, opened.scheme.hours, now))
    before = move(entry, "draft")
    entry.submitted_at, entry.submitted_by, entry.changed_at = None, None, now
    _record(who, "reopen_entry", entry, {"state": (before, "draft")})


def withdraw_entry(who: int, reference: str) -> None:
    """Take an entry out of the awards; raises NotHere and Refused."""
    opened = hold_entry(who, reference)
    entry, now = opened.entry, clock.now()
    refuse_if(rules.why_not_withdraw(entry.state, opened.scheme.hours, now))
    before = move(entry, "withdrawn")
    entry.changed_at = now
    _record(who, "withdraw_entry", entry, {"state": (before, "withdrawn")})


def forget_entries(now: datetime) -> int:
    """Delete what entries of awards long over say: answers, and who was nominated; gives how many answers.

    The entries themselves stay, with title, organisation and outcome: certificates and winners' pages name
    them. Files go with the next sweep of unused uploads.
    """
    over = schemes_over_before(now - RECORDS_KEPT)
    named = update(Entry).where(Entry.scheme_id.in_(over), Entry.nominee != "").values(nominee="")
    db.session.execute(named.execution_options(synchronize_session=False))
    return delete_answers(select(Entry.answer_sheet_id).where(Entry.scheme_id.in_(over)))


def forget_earlier_answers(now: datetime) -> int:
    """Delete what answers said before they were changed, soon after the awards are over; gives how many."""
    over = schemes_over_before(now - EARLIER_KEPT)
    return delete_earlier_answers(select(Entry.answer_sheet_id).where(Entry.scheme_id.in_(over)))
