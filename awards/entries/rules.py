"""What may be done with an entry, and until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from awards.schemes.rules import Hours, is_open, phase
from backstage.answers.rules import why_not_complete
from backstage.question_types.rules.question_type import Given
from base.errors import Refusal

MOVES = {
    "draft": {"submitted", "withdrawn"},
    "submitted": {"draft", "withdrawn"},
    "withdrawn": {"draft"},
}
STATES = {"draft": "Draft", "submitted": "Sent in", "withdrawn": "Withdrawn"}
MOST_TITLE = 120
MOST_NOMINEE = 80


@dataclass(frozen=True)
class Draft:
    """What an entry says about itself, as plain values; `kind` and `consent` are its category's."""

    state: str
    title: str
    kind: str = "team"
    consent: str = ""
    nominee: str = ""
    nominee_told: bool = False
    guardian_agreed: bool = False


def state_words(state: str, hours: Hours, now: datetime) -> str:
    """An entry's state as its writers read it: a draft was not sent in once entries are no longer open."""
    return "Not sent in" if state == "draft" and not is_open(hours, now) else STATES[state]


def why_not_start(hours: Hours, now: datetime) -> Refusal | None:
    """Why no entry can be started now; None when one can."""
    if now < hours.opens_at:
        return Refusal("Entries are not open yet. Read the questions now and come back when they open")
    return None if is_open(hours, now) else Refusal("Entries have closed, so a new one cannot be started")


def why_not_enter_for(member: bool) -> Refusal | None:
    """Why a person cannot enter for an organisation; None when they are a member of it."""
    return None if member else Refusal("Choose one of your organisations", "organisation_slug")


def why_not_change(state: str, hours: Hours, now: datetime) -> Refusal | None:
    """Why an entry cannot be written now; None when it can. At closes_at exactly it is closed."""
    if not is_open(hours, now):
        return Refusal("Entries have closed, so this entry can no longer be changed")
    if state == "submitted":
        return Refusal("This entry has been sent in. Take it back to a draft to change it")
    if state == "withdrawn":
        return Refusal("This entry was withdrawn. Take it back to a draft to change it")
    return None


def missing_about(draft: Draft) -> list[str]:
    """What an entry lacks beside its answers: a title; for a nomination, whom and with whose consent."""
    missing = [] if draft.title.strip() else ["Give your entry a title"]
    if draft.kind == "nomination":
        if not draft.nominee.strip():
            missing.append("Say who you are nominating")
        if not draft.nominee_told:
            missing.append("Tell the person that you are nominating them")
    if draft.consent == "parent_or_guardian" and not draft.guardian_agreed:
        missing.append("Ask a parent or guardian to agree")
    return missing


def still_to_do(draft: Draft, answers: Sequence[Given]) -> list[str]:
    """Everything that is missing before an entry can be sent in, in the order of its pages."""
    return missing_about(draft) + [str(why) for given in answers if (why := why_not_complete(given))]


def why_not_submit(draft: Draft, answers: Sequence[Given], hours: Hours, now: datetime) -> Refusal | None:
    """Why an entry cannot be sent in now; None when it can."""
    if draft.state == "submitted":
        return Refusal("This entry has been sent in already")
    if why_not := why_not_change(draft.state, hours, now):
        return why_not
    missing = still_to_do(draft, answers)
    if not missing:
        return None
    more = f", and {len(missing) - 1} more to do" if len(missing) > 1 else ""
    return Refusal(f"{missing[0]}{more}")


def why_not_reopen(state: str, hours: Hours, now: datetime) -> Refusal | None:
    """Why an entry cannot become a draft again; None when it can."""
    if not is_open(hours, now):
        return Refusal("Entries have closed, so it cannot become a draft again")
    return Refusal("This entry is a draft already") if state == "draft" else None


def why_not_withdraw(state: str, hours: Hours, now: datetime) -> Refusal | None:
    """Why an entry cannot be withdrawn by its writers; None when it can."""
    if state == "withdrawn":
        return Refusal("This entry was withdrawn already")
    if phase(hours, now) in ("shortlisted", "announced"):
        return Refusal("The shortlist has been announced. Ask the organisers to withdraw this entry")
    return None
