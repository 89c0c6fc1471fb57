"""Panels, reads and marks of the demonstration. The marks are invented, and every page says so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random

from awards.judging.actions import FinishedRead, bring_in_reads
from awards.outcomes.actions import decide_outcome, tell_entrants
from awards.outcomes.queries import ranked_entries, ranking_of
from awards.outcomes.rules import OUTCOMES
from awards.panels.actions import add_judge
from awards.planning.actions import assign_evenly
from awards.planning.queries import Unbegun, unbegun_reads
from awards.schemes.models import Category, Scheme
from awards.schemes.queries import criteria_of
from base.pages import Asked
from demo import names
from demo.loading import Loading, on
from demo.story import season
from website.demo.rules import address

# Which of the season's judges sit on which panel this year; the first is the chair.
PANELS = {
    "wellbeing": ("Maya Collins", "Beth Lloyd", "Carl Osei", "Farah Siddiqui", "Kit Barnes", "Grace Okafor"),
    "safety": ("Grace Okafor", "Beth Lloyd", "Ines Duarte", "Huw Price", "Farah Siddiqui"),
    "experience": ("Dilys Morgan", "Kit Barnes", "Joel Stein", "Beth Lloyd", "Amina Rahman"),
    "justice": ("Amina Rahman", "Ewan Fraser", "Ines Duarte", "Joel Stein"),
    "physical": ("Huw Price", "Dilys Morgan", "Carl Osei", "Grace Okafor"),
    "partnership": ("Farah Siddiqui", "Ewan Fraser", "Amina Rahman", "Huw Price"),
    "crisis": ("Ines Duarte", "Beth Lloyd", "Dilys Morgan", "Ewan Fraser"),
}
# Those whose reads are left for whoever tries the demonstration, all but the first.
JUDGES_OF_THE_DEMO = ("Beth Lloyd", "Kit Barnes")
SCALE = (1, 5)
# The category that is decided already, so that moving the clock has something to tell.
DECIDED = "partnership"


def judge_this_year(loading: Loading, scheme: Scheme, categories: dict[str, Category]) -> None:
    """Seat the panels, assign the reads and let some of them be done. Some categories have no panel yet."""
    noor, began = loading.person("Noor Haddad"), scheme.closes_at + timedelta(days=3)
    facts = {one["name"]: one for one in season()["judges"]}
    with on(began):
        for key, judges in PANELS.items():
            for place, name in enumerate(judges):
                about = facts.get(name, {})
                works_for = about.get("organisation")
                add_judge(
                    noor,
                    scheme.slug,
                    key,
                    address(name),
                    name,
                    loading.organisations[works_for].slug if works_for else "",
                    lived_experience=about.get("lived", False),
                    chair=place == 0,
                )
            assign_evenly(noor, scheme.slug, key)
    reads = []
    for key in PANELS:
        theirs = unbegun_reads(categories[key].id)
        reads += theirs if key == DECIDED else _some_done(loading, theirs)
    bring_in_reads(_marked(loading.random, scheme, reads, began))
    with on(loading.now - timedelta(days=1)):
        _decide(noor, scheme, categories[DECIDED])


def _some_done(loading: Loading, reads: Sequence[Unbegun]) -> list[Unbegun]:
    """Six in ten reads; of those whom one can be in the demonstration at most one in a category."""
    left_to_read = {loading.person(name) for name in JUDGES_OF_THE_DEMO}
    begun: set[int] = set()
    done = []
    for read in reads:
        if read.person_id in left_to_read:
            if read.person_id in begun or loading.random.random() < 0.5:
                continue
            begun.add(read.person_id)
            done.append(read)
        elif loading.random.random() < 0.6:
            done.append(read)
    return done


def _marked(random: Random, scheme: Scheme, reads: Sequence[Unbegun], began: datetime) -> list[FinishedRead]:
    """Marks as people give them: entries differ, judges are severe or generous, and nobody is exact."""
    criteria = [one.criterion.id for one in criteria_of(scheme.id)]
    worth = {read.entry_id: random.gauss(3.3, 0.8) for read in reads}
    severity = {read.person_id: random.gauss(0, 0.4) for read in reads}
    finished = []
    for number, read in enumerate(reads):
        scores = {}
        for criterion in criteria:
            mark = round(worth[read.entry_id] + severity[read.person_id] + random.gauss(0, 0.6))
            scores[criterion] = (max(SCALE[0], min(SCALE[1], mark)), random.choice(names.COMMENTS))
        finished.append(FinishedRead(read.read_id, scores, began + timedelta(minutes=37 * number)))
    return finished


def judge_last_year(loading: Loading, scheme: Scheme, categories: dict[str, Category], judges: int) -> None:
    """Seat `judges` invented judges around the categories, hand out every read, mark and decide."""
    noor, began = loading.person("Noor Haddad"), scheme.closes_at + timedelta(days=3)
    keys = list(categories)
    with on(began):
        for number in range(judges):
            name = names.person_name(number)
            add_judge(
                noor,
                scheme.slug,
                keys[number % len(keys)],
                address(name),
                name,
                loading.organisations[f"invented-{number % 60}"].slug if number % 3 else "",
                lived_experience=number % 3 == 0 or number % 7 == 0,
                chair=number < len(keys),
            )
        reads: list[Unbegun] = []
        for key in keys:
            assign_evenly(noor, scheme.slug, key)
            reads += unbegun_reads(categories[key].id)
    bring_in_reads(_marked(loading.random, scheme, reads, began))
    with on(scheme.closes_at + timedelta(weeks=5)):
        for category in categories.values():
            _decide(noor, scheme, category)
    for hour in (scheme.shortlist_at, scheme.winners_at):
        told = (hour or loading.now) + timedelta(minutes=1)
        with on(told):
            while tell_entrants(told):
                pass


def _decide(noor: int, scheme: Scheme, category: Category) -> None:
    """Follow the ranking: the first wins, the second is highly commended, the third was on the shortlist."""
    best = ranked_entries(scheme, ranking_of(scheme, category), Asked()).rows
    for ranked, outcome in zip(best, OUTCOMES, strict=False):
        decide_outcome(noor, scheme.slug, ranked.row.reference, outcome, "As the panel ranked it")
