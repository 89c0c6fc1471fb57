"""Rules of judging: the states of a read, when one may judge, what a mark is, and who may not read what."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from base.display import day_and_time, plural, sentence_list

# A recused judge stays recused: the entry goes to somebody else.
MOVES: dict[str, set[str]] = {
    "assigned": {"reading", "recused"},
    "reading": {"done", "recused"},
    "done": {"recused"},
    "recused": set(),
}
STATE_WORDS = {"assigned": "Not begun", "reading": "Being read", "done": "Read", "recused": "Stepped back"}
# What reading and scoring one entry takes, as the season's judges say.
MINUTES_A_READ = 7
MOST_COMMENT_WORDS = 150
MOST_REASON = 500

# Why a judge may not read an entry: for a cell of a table, and after "1 judge" or "2 judges".
BARRED = {
    "organisation": ("Own organisation", "works for an organisation in it", "work for an organisation in it"),
    "writer": ("Wrote it", "helped to write it", "helped to write it"),
    "nominee": ("Is nominated", "is the person it is about", "are the people it is about"),
    "recused": ("Stepped back", "stepped back from it", "stepped back from it"),
}


@dataclass(frozen=True)
class Window:
    """The hours that judging keeps: entries close, judging closes, the shortlist is told."""

    entries_close: datetime
    judging_closes: datetime | None
    shortlist_at: datetime | None

    @property
    def ends(self) -> datetime | None:
        """When judging ends: at its own hour, else at the shortlist's; None where neither is set."""
        return self.judging_closes or self.shortlist_at


@dataclass(frozen=True)
class Reader:
    """A judge as handing out sees them; `organisations` are all those they belong to."""

    judge_id: int
    person_id: int
    name: str
    lived_experience: bool
    organisations: frozenset[int]


@dataclass(frozen=True)
class EntryToRead:
    """An entry as handing out sees it; `organisations` holds its partners, `people` those who wrote it."""

    entry_id: int
    reference: str
    title: str
    organisations: frozenset[int]
    people: frozenset[int]
    nominee: str = ""


@dataclass(frozen=True)
class Held:
    """A read that there is already."""

    judge_id: int
    entry_id: int
    state: str


@dataclass(frozen=True)
class Board:
    """Everything that handing out in one category looks at."""

    readers: Sequence[Reader]
    entries: Sequence[EntryToRead]
    held: Sequence[Held]
    reads_per_entry: int
    lived_experience_reads: int


def why_not_judge(window: Window, now: datetime) -> str | None:
    """Why nobody may judge now: entries still come in, or judging has closed."""
    if now < window.entries_close:
        return f"Entries are open until {day_and_time(window.entries_close)}. Judging begins after that"
    if window.ends is not None and now >= window.ends:
        return f"Judging closed on {day_and_time(window.ends)}. What you wrote is kept as it is"
    return None


def why_not_hand_out(window: Window, judges: int, entries: int, now: datetime) -> str | None:
    """Why no reads can be handed out in a category now."""
    if now < window.entries_close:
        return f"Entries are open until {day_and_time(window.entries_close)}. Hand out the reads after that"
    if window.ends is not None and now >= window.ends:
        return f"Judging closed on {day_and_time(window.ends)}. Give it a later hour first"
    if not judges:
        return "This category has no judges yet. Add a judge first"
    if not entries:
        return "Nothing was sent in for this category, so there is nothing to read"
    return None


def why_not_declare(state: str, conflict: bool, reason: str, window: Window, now: datetime) -> str | None:
    """Why a judge cannot say now whether they have a conflict with an entry."""
    if state == "recused":
        return "You have stepped back from this entry already"
    if conflict and not reason.strip():
        return "Say in a few words what the conflict is"
    if not conflict and state != "assigned":
        return "You have said already that you have no conflict with this entry"
    return why_not_judge(window, now)


def why_not_score(
    state: str, value: int | None, scale: Collection[int], window: Window, now: datetime
) -> str | None:
    """Why a judge cannot score an entry now; a value of None keeps the comment alone."""
    if state == "recused":
        return "You have stepped back from this entry"
    if state == "assigned":
        return "Say first whether you have a conflict with this entry"
    if value is not None and value not in scale:
        return "Choose one of the points of the scale"
    return why_not_judge(window, now)


def why_not_finish(state: str, unscored: Sequence[str], window: Window, now: datetime) -> str | None:
    """Why a judge cannot finish a read now; `unscored` are the names of the criteria without a score."""
    refused = why_not_score(state, None, (), window, now)
    if refused:
        return refused
    if state == "done":
        return "You have finished this entry already"
    if unscored:
        return f"Score {sentence_list(name.lower() for name in unscored)} first"
    return None


def why_not_add_judge(here: bool, chair: bool, chaired_by: str) -> tuple[str, str] | None:
    """Why somebody cannot join a panel, with the form's field; `chaired_by` is the name of its chair."""
    if here:
        return "They are on this panel already", "email"
    if chair and chaired_by:
        return f"{chaired_by} chairs this panel already", "chair"
    return None


def why_not_remove_judge(reads: int) -> str | None:
    """Why a judge cannot leave a panel: there are reads in their name."""
    if reads:
        return f"They have {plural(reads, 'entry', 'entries')} to read. Give those to somebody else first"
    return None


def _same_name(one: str, other: str) -> bool:
    return bool(one.strip()) and one.casefold().split() == other.casefold().split()


def barred(reader: Reader, entry: EntryToRead, recused: bool) -> str | None:
    """Why this judge may never read this entry, as a key of BARRED; None where they may."""
    if recused:
        return "recused"
    if reader.person_id in entry.people:
        return "writer"
    if reader.organisations & entry.organisations:
        return "organisation"
    if _same_name(reader.name, entry.nominee):
        return "nominee"
    return None


def barred_pairs(board: Board) -> dict[tuple[int, int], str]:
    """{(judge id, entry id): a key of BARRED} for every pair that may not be."""
    recused = {(held.judge_id, held.entry_id) for held in board.held if held.state == "recused"}
    reasons = {
        (reader.judge_id, entry.entry_id): barred(reader, entry, (reader.judge_id, entry.entry_id) in recused)
        for reader in board.readers
        for entry in board.entries
    }
    return {pair: why for pair, why in reasons.items() if why is not None}


def time_left(unread: int) -> str:
    """About how long the reads that are left take: "50 minutes", "3 hours"; empty for none."""
    minutes = MINUTES_A_READ * unread
    if not minutes:
        return ""
    return plural(minutes, "minute") if minutes < 120 else plural(round(minutes / 60), "hour")


def after(keys: Sequence[str], key: str) -> str | None:
    """The key that follows `key`, or None after the last; raises ValueError where it is not among them."""
    index = keys.index(key)
    return keys[index + 1] if index + 1 < len(keys) else None


def before(keys: Sequence[str], key: str) -> str | None:
    """The key that comes before `key`, or None before the first; raises ValueError where it is not there."""
    index = keys.index(key)
    return keys[index - 1] if index else None
