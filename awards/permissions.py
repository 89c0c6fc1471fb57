"""Who may do what with awards. A predicate gets the person and the page's address parts."""

from __future__ import annotations

from awards.entries import queries as entries
from awards.schemes import queries as schemes
from base.access import Predicate, Viewer, anyone_signed_in


def organiser(person: Viewer, scheme: str, **_: object) -> bool:
    """Who runs the scheme with this slug."""
    return schemes.is_organiser(person.person_id, scheme)


def writer(person: Viewer, reference: str, **_: object) -> bool:
    """Who writes the entry."""
    return entries.is_writer(person.person_id, reference)


def writer_or_lead(person: Viewer, reference: str, **_: object) -> bool:
    """Who writes the entry, or leads its organisation."""
    return entries.may_see(person.person_id, reference)


PERMISSIONS: dict[str, Predicate] = {
    "schemes.change_hours": organiser,
    "entries.list_entries": anyone_signed_in,
    "entries.start_entry": anyone_signed_in,
    "entries.view_entry": writer_or_lead,
    "entries.download_file": writer_or_lead,
    "entries.change_title": writer,
    "entries.answer_question": writer,
    "entries.remove_file": writer,
    "entries.check_answers": writer,
    "entries.entry_sent": writer,
    "entries.reopen_entry": writer,
    "entries.withdraw_entry": writer,
    "writers.invite_writer": writer_or_lead,
    "writers.remove_writer": writer_or_lead,
    "writers.choose_partners": writer_or_lead,
    "writers.nudge_writers": organiser,
    "showcase.view_status": writer_or_lead,
    "showcase.view_desk": organiser,
}
