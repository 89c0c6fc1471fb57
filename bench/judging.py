"""A judge's page among 500 entries and 2,500 reads, and the organiser's list of 250 entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from random import Random
from statistics import median

from sqlalchemy import select

from accounts.organisations.models import Organisation
from accounts.people.actions import meet_person
from awards.entries.actions import add_entry
from awards.entries.models import Entry
from awards.judging.actions import FinishedRead, bring_in_reads, declare_conflict
from awards.panels.actions import add_judge
from awards.panels.models import Judge
from awards.planning.actions import assign_evenly
from awards.planning.models import Read
from awards.planning.queries import Unbegun, unbegun_reads
from awards.schemes import actions as schemes
from awards.schemes.models import Category, Scheme
from awards.schemes.queries import categories_of, criteria_of, organisers_of, scheme_by_slug
from awards.schemes.rules import Hours
from base.database import db
from base.pages import PER_PAGE
from bench import crowd
from bench.client import address_of
from bench.report import Runs, Unmeasured, repeat
from bench.world import World
from demo import names
from demo.story import season
from outside import clock
from website.demo.rules import LAST_YEAR, address

ENTRIES, READS_EACH, JUDGES, CATEGORIES = 500, 5, 100, 10
SLUG, SEED = "measured", 500
DONE = 0.8
LIST_TIMES, LISTED = 40, PER_PAGE


def measure(world: World, times: int) -> Runs:
    """One judge opens and scores every criterion of the entries that are theirs, one after the other.

    The page and the form are the real ones (sign-in, CSRF token, history); p50 of some hundred of each.
    """
    world.begin_again()
    person, pages = add_judging(world)
    judge = world.sign_in(person)

    def run(turn: int) -> dict[str, float]:
        plan = {
            "port": world.house.port,
            "address": address_of(turn),
            "cookies": judge.cookies,
            "pages": pages,
            "turn": turn,
        }
        report = crowd.send("score_all", plan)
        return {
            "score_page_get_p50_ms": median(report["get_ms"]),
            "score_page_post_p50_ms": median(report["post_ms"]),
        }

    return repeat(times, run)


def measure_list(world: World, times: int) -> Runs:
    """An organiser opens the list of last year's 250 entries with their scores, a page of fifty."""
    world.begin_again()
    with world.step():
        organiser = organisers_of(scheme_by_slug(LAST_YEAR).id)[0].id
    noor = world.sign_in(organiser)

    def run(turn: int) -> dict[str, float]:
        path = f"/awards/{LAST_YEAR}/organise/entries"
        plan = {
            "port": world.house.port,
            "address": address_of(turn),
            "cookies": noor.cookies,
            "path": path,
            "times": LIST_TIMES,
            "mark": f'href="{path}/',
            "holds": LISTED,
        }
        return {"entry_list_250_p50_ms": median(crowd.send("open_page", plan)["milliseconds"])}

    return repeat(times, run)


def add_judging(world: World) -> tuple[int, list[str]]:
    """Awards with 500 entries and 2,500 reads, most of them done.

    Gives a judge (a person's id) and the pages of their criteria, all of them free to score.
    """
    random = Random(SEED)
    with world.step(silent=True):
        noor = meet_person(address("Noor Haddad")).id
        scheme = add_scheme(noor, SLUG)
        categories = categories_of(scheme.id)
        add_entries(scheme, categories, random)
        for number in range(JUDGES):
            name = names.person_name(number)
            place = categories[number % CATEGORIES].slug
            add_judge(noor, SLUG, place, f"judge{number}@example.org", name, lived_experience=number % 3 == 0)
        reads: list[Unbegun] = []
        for category in categories:
            assign_evenly(noor, SLUG, category.slug)
            reads += unbegun_reads(category.id)
        if len(reads) != ENTRIES * READS_EACH:
            raise Unmeasured(f"{len(reads)} reads were handed out instead of {ENTRIES * READS_EACH}")
        measured, _ = Counter(read.person_id for read in reads).most_common(1)[0]
        others = [read for read in reads if read.person_id != measured and random.random() < DONE]
        bring_in_reads(marks(scheme, others, random))
        scheme_id = scheme.id
    return measured, begin_reading(world, measured, scheme_id)


def add_scheme(noor: int, slug: str) -> Scheme:
    """A scheme that is being judged, with the questions, criteria and scale of the season's awards."""
    ppmh = next(one for one in season()["schemes"] if one["key"] == "ppmh")
    now = clock.now()
    hours = Hours(
        opens_at=now - timedelta(weeks=12),
        closes_at=now - timedelta(weeks=2),
        judging_closes_at=now + timedelta(weeks=2),
        shortlist_at=now + timedelta(weeks=3),
        winners_at=now + timedelta(weeks=6),
    )
    scheme = schemes.add_scheme(
        slug, "Measured awards", now.year, "MEAS", hours, reads_per_entry=READS_EACH, invented=True, who=noor
    )
    for number in range(CATEGORIES):
        schemes.add_category(scheme, f"category-{number}", f"Category {number + 1}", kind="team", who=noor)
    for one in ppmh["questions"]:
        schemes.add_question(
            scheme,
            one["key"],
            one["label"],
            hint=one.get("hint", ""),
            type=one.get("type", "text"),
            words=one.get("words", 300),
            required=one.get("required", True),
            accept=one.get("accept", ()),
            who=noor,
        )
    for one in ppmh["criteria"]:
        schemes.add_criterion(scheme, one["key"], one["name"], one["answers"], weight=one["weight"], who=noor)
    schemes.set_scale(scheme, ppmh["scale"], who=noor)
    schemes.add_organiser(scheme, noor, who=noor)
    return scheme


def add_entries(scheme: Scheme, categories: Sequence[Category], random: Random) -> None:
    """500 entries with answers, spread over categories and the demonstration's organisations."""
    organisations = db.session.scalars(select(Organisation.id).order_by(Organisation.id)).all()
    for number in range(ENTRIES):
        writer = meet_person(f"writer{number}@example.org", names.person_name(number + 300)).id
        sent = scheme.closes_at - timedelta(hours=number + 1)
        add_entry(
            scheme,
            categories[number % CATEGORIES],
            organisations[number % len(organisations)],
            title=names.title(number),
            answers=names.answers(random),
            writers=[writer],
            started_at=sent - timedelta(days=9),
            submitted_at=sent,
            invented=True,
        )


def marks(scheme: Scheme, reads: list[Unbegun], random: Random) -> list[FinishedRead]:
    """A score and a comment for every criterion of every read."""
    criteria = [one.criterion.id for one in criteria_of(scheme.id)]
    return [
        FinishedRead(
            read.read_id,
            {one: (random.randint(1, 5), random.choice(names.COMMENTS)) for one in criteria},
            scheme.closes_at + timedelta(days=1, minutes=number % 600),
        )
        for number, read in enumerate(reads)
    ]


def begin_reading(world: World, person: int, scheme_id: int) -> list[str]:
    """Let a judge declare all their reads free of conflict; gives the addresses of their criteria."""
    with world.step(silent=True):
        references = db.session.scalars(
            select(Entry.reference)
            .join(Read, Read.entry_id == Entry.id)
            .join(Judge, Judge.id == Read.judge_id)
            .where(Judge.person_id == person, Entry.scheme_id == scheme_id)
            .order_by(Read.id)
        ).all()
        for reference in references:
            declare_conflict(person, reference, conflict=False)
        keys = [one.criterion.key for one in criteria_of(scheme_id)]
        return [f"/judging/{reference}/{key}" for reference in references for key in keys]
