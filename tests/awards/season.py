"""An award as tests need it: two team categories, two nominations, questions of every type, its hours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from accounts.organisations.actions import add_organisation
from accounts.organisations.models import Membership
from accounts.people.actions import meet_person
from accounts.people.models import Person
from awards.entries import actions as entries
from awards.schemes import actions as schemes
from awards.schemes.models import Scheme
from awards.schemes.queries import category_by_slug, scheme_by_slug
from awards.schemes.rules import Hours
from base.database import db
from outside import clock
from website.transactions import Chorus

SLUG = "ppmh"
OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSES = datetime(2026, 5, 29, 16, tzinfo=UTC)  # 5pm in London
JUDGING_CLOSES = datetime(2026, 6, 26, 16, tzinfo=UTC)
SHORTLIST = datetime(2026, 7, 8, 9, tzinfo=UTC)
WINNERS = datetime(2026, 10, 8, 20, tzinfo=UTC)
HOURS = Hours(OPENS, CLOSES, JUDGING_CLOSES, SHORTLIST, WINNERS)
DURING = datetime(2026, 5, 5, 9, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
YEAR = timedelta(days=364)

CATEGORIES = (
    ("wellbeing", "Mental Health Workforce Wellbeing", "team", ""),
    ("partnership", "Partnership Working", "team", ""),
    ("difference", "Making a Difference", "nomination", ""),
    ("star", "Young Person Making a Difference", "nomination", "parent_or_guardian"),
)
QUESTIONS = (
    ("summary", "Summary", "text", 20, True),
    ("what", "What was done?", "text", 300, True),
    ("impact", "What was the impact?", "text", 300, True),
    ("evidence", "Supporting document", "file", 300, False),
    ("photo", "Photograph for the ceremony", "image", 300, False),
    ("link", "Web address", "url", 300, False),
)
ANSWERS = {"summary": "A live tool.", "what": "We built it.", "impact": "It helped 31 teams."}
PDF = b"%PDF-1.7 a document"
PNG = b"\x89PNG\r\n\x1a\n a picture"


def make_scheme(
    slug: str = SLUG,
    year: int = 2026,
    hours: Hours = HOURS,
    categories: Sequence[tuple[str, str, str, str]] = CATEGORIES,
) -> Scheme:
    """A scheme with everything it needs; not committed, inside an app context."""
    with clock.freeze(hours.opens_at - timedelta(days=30)):
        scheme = schemes.add_scheme(
            slug,
            "Positive Practice in Mental Health Awards",
            year,
            "PPMH",
            hours,
            blurb="Tell us about work that others should copy.",
            ceremony_place="Liverpool",
        )
        for key, name, kind, consent in categories:
            schemes.add_category(scheme, key, name, kind=kind, consent=consent, blurb=f"About {key}.")
        for key, label, type_, words, required in QUESTIONS:
            accept = ["pdf", "docx"] if type_ == "file" else []
            schemes.add_question(
                scheme,
                key,
                label,
                type=type_,
                words=words,
                required=required,
                accept=accept,
                published=key == "summary",
            )
        schemes.add_criterion(scheme, "ambition", "Ambition", ["what"])
        schemes.add_criterion(scheme, "outcome", "Outcome", ["impact", "what"], weight=2)
        schemes.set_scale(scheme, {1: "Little evidence", 2: "Good evidence", 3: "Outstanding"})
    return scheme


def ready(app: Chorus, **scheme: object) -> None:
    """The scheme, committed, with two trusts: CPFT (Priya and Quentin write) and Combined (Sian leads)."""
    with app.app_context(), clock.freeze(OPENS - timedelta(days=60)):
        make_scheme(**scheme)  # type: ignore[arg-type]
        add_organisation("CPFT", "NHS trust", "East of England", aliases=["Cambridgeshire and Peterborough"])
        add_organisation("Combined", "NHS trust", "Midlands")
        for name, organisation, lead in (
            ("Priya Nair", "cpft", False),
            ("Quentin Ashe", "cpft", False),
            ("Sian Evans", "combined", True),
        ):
            join(meet(name), organisation, lead)
        meet("Rosa Bell")
        schemes.add_organiser(scheme_by_slug(str(scheme.get("slug", SLUG))), meet("Noor Haddad").id)
        db.session.commit()


def meet(name: str) -> Person:
    """The person of this name."""
    return meet_person(address(name), name)


def address(name: str) -> str:
    """ "priya@example.org" for Priya Nair."""
    return f"{name.partition(' ')[0].lower()}@example.org"


def join(person: Person, organisation: str, lead: bool = False) -> None:
    """Make a person a member of the organisation with this slug."""
    from accounts.organisations.queries import organisation_by_slug

    db.session.add(
        Membership(
            organisation_id=organisation_by_slug(organisation).id,
            person_id=person.id,
            state="member",
            lead=lead,
            asked_at=clock.now(),
            decided_at=clock.now(),
        )
    )
    db.session.flush()


def make_entry(
    app: Chorus,
    category: str = "wellbeing",
    *,
    slug: str = SLUG,
    organisation: str = "cpft",
    title: str = "Zokens",
    writers: Sequence[str] = ("Priya Nair",),
    answers: dict[str, str] | None = None,
    started_at: datetime = DURING - timedelta(days=3),
    submitted_at: datetime | None = None,
    **more: object,
) -> str:
    """An entry, committed; gives its reference. Complete unless `answers` says otherwise."""
    from accounts.organisations.queries import organisation_by_slug

    with app.app_context(), clock.freeze(started_at):
        scheme = scheme_by_slug(slug)
        entry = entries.add_entry(
            scheme,
            category_by_slug(scheme, category),
            organisation_by_slug(organisation).id,
            title=title,
            answers=ANSWERS if answers is None else answers,
            writers=[meet(name).id for name in writers],
            started_at=started_at,
            submitted_at=submitted_at,
            **more,  # type: ignore[arg-type]
        )
        reference = entry.reference
        db.session.commit()
    return reference


def id_of(app: Chorus, name: str) -> int:
    """The id of the person of this name."""
    with app.app_context():
        found = meet(name).id
        db.session.commit()
    return found
