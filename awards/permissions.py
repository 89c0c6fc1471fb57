"""Who may do what with awards. A predicate gets the person and the page's address parts."""

from __future__ import annotations

from awards.certificates import queries as certificates
from awards.entries import queries as entries
from awards.judging import queries as judging
from awards.panels import queries as panels
from awards.schemes import queries as schemes
from base.access import Predicate, Viewer, anyone_signed_in


def organiser(person: Viewer, scheme_slug: str, **_: object) -> bool:
    """Who runs the scheme with this slug."""
    return schemes.is_organiser(person.person_id, scheme_slug)


def writer(person: Viewer, reference: str, **_: object) -> bool:
    """Who writes the entry."""
    return entries.is_writer(person.person_id, reference)


def writer_or_lead(person: Viewer, reference: str, **_: object) -> bool:
    """Who writes the entry, or leads its organisation."""
    return entries.may_see(person.person_id, reference)


def judge(person: Viewer, **_: object) -> bool:
    """Who is on a panel."""
    return panels.is_judge(person.person_id)


def judge_of_entry(person: Viewer, reference: str, **_: object) -> bool:
    """Who was given the entry to read and has not stepped back from it."""
    return judging.may_read(person.person_id, reference)


def chair_or_organiser(person: Viewer, scheme_slug: str, category_slug: str, **_: object) -> bool:
    """Who chairs the category's panel, or runs the scheme."""
    return panels.is_chair(person.person_id, scheme_slug, category_slug) or organiser(person, scheme_slug)


def certificate_holder(person: Viewer, reference: str, **_: object) -> bool:
    """Who writes the entry, leads its organisation or runs its scheme."""
    return entries.may_see(person.person_id, reference) or certificates.is_organiser_of(
        person.person_id, reference
    )


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
    "panels.add_judge": organiser,
    "planning.list_panels": organiser,
    "planning.manage_panel": organiser,
    "planning.remove_judge": organiser,
    "planning.assign_evenly": organiser,
    "planning.assign_reads": organiser,
    "planning.view_panel": chair_or_organiser,
    "judging.list_reads": judge,
    "judging.open_read": judge_of_entry,
    "judging.declare_conflict": judge_of_entry,
    "judging.read_entry": judge_of_entry,
    "judging.open_file": judge_of_entry,
    "judging.score_entry": judge_of_entry,
    "judging.finish_read": judge_of_entry,
    "outcomes.list_entries": organiser,
    "outcomes.export_entries": organiser,
    "outcomes.view_entry": organiser,
    "outcomes.list_rankings": organiser,
    "outcomes.rank_category": organiser,
    "outcomes.decide_outcome": organiser,
    "outcomes.set_hours": organiser,
    "certificates.list_certificates": organiser,
    "certificates.watch_batch": organiser,
    "certificates.batch_progress": organiser,
    "certificates.download_certificate": certificate_holder,
    "announced.view_status": writer_or_lead,
    "scheme_desk.view_desk": organiser,
}
