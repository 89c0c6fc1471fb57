"""The demonstration's awards: one open, one being judged, last year's announced."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from awards.entries.actions import add_entry
from awards.entries.models import Entry
from awards.schemes import actions as schemes
from awards.schemes.models import Category, Scheme
from awards.schemes.queries import categories_of
from awards.schemes.rules import Hours
from demo import names, seed_judging
from demo.loading import Loading, on
from demo.seed_people import INVENTED_ORGANISATIONS
from demo.story import moment, season
from events.set_up.queries import event_by_slug
from website.demo.rules import JUDGED, LAST_YEAR, OPEN

LAST_YEARS_ENTRIES = 250
LAST_YEARS_JUDGES = 100
# The same awards a year earlier, at the same weekdays.
A_YEAR = 52
BLURBS = {
    "safety": "Work that made care safer, with people who use it.",
    "wellbeing": "Looking after the people who look after people.",
    "experience": "Being listened to, and what changed because of it.",
    "partnership": "Organisations that stopped working in corridors of their own.",
    "crisis": "Help at the worst moment, and who gives it.",
    "camhs": "New ways for children and young people, made with them.",
    "older": "Good days in later life, and who makes them possible.",
    "arts": "Music, words and pictures that do people good.",
    "justice": "Police, fire service, courts and prisons that understand.",
    "physical": "Body and mind looked after together.",
    "primary": "Help close to home, at the first door one knocks at.",
    "psychosis": "The right help in the first weeks.",
    "digital": "Tools that people asked for and still use.",
    "equality": "Services for people whom services used to miss.",
    "difference": "One person you would like everyone to know about.",
    "schools": "Learning that goes on when life is hard.",
    "voice": "Young people who decide, not only attend.",
    "star": "A young person you would like everyone to know about.",
}
CRITERION_HINTS = {
    "ambition": "What did they set out to change, and for whom?",
    "involvement": "Who decided, and did lived experience lead?",
    "outcome": "What changed, for whom, and how do they know?",
    "spread": "Will it last, and could others copy it?",
}
PPMH_BLURB = "Tell us about work that others should copy. It is free, and it takes about two hours."
CYP_BLURB = "For everybody who makes growing up easier: schools, services, and young people themselves."


def _plan(key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in season()["schemes"] if one["key"] == key)
    return found


def _hours(timeline: dict[str, Any], weeks: int) -> Hours:
    at = {name: moment(written, weeks) for name, written in timeline.items()}
    return Hours(
        opens_at=at["opens"],
        closes_at=at["closes"],
        judging_closes_at=at.get("judging_closes"),
        shortlist_at=at.get("shortlist_announced"),
        winners_at=at.get("winners_announced"),
    )


def _add_scheme(loading: Loading, slug: str, plan: dict[str, Any], hours: Hours, **more: Any) -> Scheme:
    """A scheme with the questions, criteria and scale of the collaborative's awards, run by Noor Haddad."""
    noor, ppmh = loading.person("Noor Haddad"), _plan("ppmh")
    lead = loading.organisations[plan["lead"]].id if plan["lead"] else None
    scheme = schemes.add_scheme(
        slug,
        plan["name"],
        hours.closes_at.year,
        plan["key"].upper(),
        hours,
        lead_organisation_id=lead,
        reads_per_entry=ppmh["panels"]["reads_per_entry"],
        lived_experience_reads=ppmh["panels"]["lived_experience_reads"],
        shortlist_size=ppmh["panels"]["shortlist_size"],
        who=noor,
        **more,
    )
    for one in plan["categories"]:
        schemes.add_category(
            scheme,
            one["key"],
            one["name"],
            kind=one["kind"],
            consent=one.get("consent", ""),
            blurb=BLURBS.get(one["key"], ""),
            who=noor,
        )
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
            published=one.get("published", False),
            who=noor,
        )
    for one in ppmh["criteria"]:
        schemes.add_criterion(
            scheme,
            one["key"],
            one["name"],
            one["answers"],
            weight=one["weight"],
            hint=CRITERION_HINTS[one["key"]],
            who=noor,
        )
    schemes.set_scale(scheme, ppmh["scale"], who=noor)
    schemes.add_organiser(scheme, noor, who=noor)
    return scheme


def _categories(scheme: Scheme) -> dict[str, Category]:
    return {one.slug: one for one in categories_of(scheme.id)}


def add_open_scheme(loading: Loading) -> None:
    """The children's awards: open, with a half-written entry and a nomination that lacks an agreement."""
    plan = _plan("cyp")
    hours = _hours(plan["timeline"], loading.shifts.open)
    with on(hours.opens_at - timedelta(weeks=4)):
        scheme = _add_scheme(loading, OPEN, plan, hours, blurb=CYP_BLURB, invented=True)
    categories, started = _categories(scheme), hours.opens_at + timedelta(days=6, hours=3)
    writers = ("Priya Nair", "Quentin Ashe", "Rosa Bell")
    with on(started):
        add_entry(
            scheme,
            categories["schools"],
            loading.organisations["cpft"].id,
            title="Breakfast before the bell",
            answers={
                "summary": "A breakfast club where a mental health worker eats, too.",
                "what": "Two schools asked for somebody to be there before lessons begin. "
                "Pupils set the table and the rules.",
            },
            writers=[loading.person(name) for name in writers],
            started_at=started,
            invented=True,
        )
        for one in season()["nominations"]:
            if one["scheme"] == "cyp":
                add_entry(
                    scheme,
                    categories[one["category"]],
                    loading.organisations["combined"].id,
                    title="The lunchtime table",
                    answers={key: one[key] for key in ("what", "impact", "next", "coproduction")},
                    writers=[loading.person(one["nominator"])],
                    started_at=started,
                    nominee=one["nominee"],
                    nominee_told=True,
                    invented=True,
                )
        for number in range(9):
            _invented_entry(
                loading,
                scheme,
                categories["schools" if number % 2 else "voice"],
                number + 400,
                started + timedelta(days=number),
            )


def _invented_entry(
    loading: Loading, scheme: Scheme, category: Category, number: int, sent: datetime
) -> Entry:
    """An entry of an invented organisation, started five days before it was sent in."""
    organisation = loading.organisations[f"invented-{number % INVENTED_ORGANISATIONS}"]
    nomination = category.kind == "nomination"
    return add_entry(
        scheme,
        category,
        organisation.id,
        title=names.title(number),
        answers=names.answers(loading.random),
        writers=[loading.person(names.person_name(number + 500))],
        started_at=max(scheme.opens_at, sent - timedelta(days=5)),
        submitted_at=sent,
        nominee=names.person_name(number + 900) if nomination else "",
        nominee_told=nomination,
        invented=True,
    )


def _as_deadlines_go(scheme: Scheme, until: datetime, number: int, of: int) -> datetime:
    """When the entry `number` of `of` came in before `until`: few at first, most towards the end."""
    share = ((number + 0.5) / of) ** 0.4
    return scheme.opens_at + (until - scheme.opens_at) * share


def add_judged_scheme(loading: Loading) -> None:
    """This year's awards: ten real initiatives and a nomination, panels at work, some reads done."""
    plan = _plan("ppmh")
    hours = _hours(plan["timeline"], loading.shifts.judged)
    with on(hours.opens_at - timedelta(weeks=6)):
        ceremony = event_by_slug("liverpool").id
        scheme = _add_scheme(
            loading,
            JUDGED,
            plan,
            hours,
            blurb=PPMH_BLURB,
            ceremony_event_id=ceremony,
            ceremony_place="Liverpool",
            invented=True,
        )
    categories = _categories(scheme)
    sent = hours.closes_at - timedelta(days=20)
    with on(sent):
        for number, one in enumerate(season()["entries"]):
            _real_entry(loading, scheme, categories[one["category"]], one, sent + timedelta(days=number))
        for one in season()["nominations"]:
            if one["scheme"] == "ppmh":
                add_entry(
                    scheme,
                    categories[one["category"]],
                    loading.organisations["combined"].id,
                    title=f"For {one['nominee']}",
                    answers={
                        "summary": "A healthcare assistant who begins every shift with one question.",
                        **{key: one[key] for key in ("what", "impact", "next", "coproduction")},
                    },
                    writers=[loading.person(one["nominator"])],
                    started_at=sent,
                    submitted_at=sent + timedelta(days=2),
                    nominee=one["nominee"],
                    nominee_told=True,
                    invented=True,
                )
        keys = [key for key in categories if key not in ("difference", "wellbeing")]
        for number in range(34):
            _invented_entry(
                loading,
                scheme,
                categories[keys[number % len(keys)]],
                number + 600,
                sent + timedelta(hours=11 * number),
            )
    seed_judging.judge_this_year(loading, scheme, categories)


def _real_entry(loading: Loading, scheme: Scheme, category: Category, one: dict[str, Any], at: Any) -> None:
    """One of the season's initiatives, written by who belongs to its organisation in the story."""
    known = {"cpft": "Priya Nair", "combined": "Sian Evans"}
    writer = known.get(one["organisation"], f"Writer for {one['organisation']}")
    add_entry(
        scheme,
        category,
        loading.organisations[one["organisation"]].id,
        title=one["title"],
        answers={key: one[key] for key in ("summary", "what", "impact", "next", "coproduction")},
        writers=[loading.person(writer)],
        started_at=at - timedelta(days=9),
        submitted_at=at,
        partners=[loading.organisations[key].id for key in one.get("partners", ())],
        invented=one.get("invented", False),
    )


def add_last_year(loading: Loading) -> None:
    """Last year's awards: 250 invented entries, read three times each by 100 invented judges, announced."""
    plan = _plan("ppmh")
    hours = _hours(plan["timeline"], loading.shifts.judged - A_YEAR)
    with on(hours.opens_at - timedelta(weeks=6)):
        scheme = _add_scheme(
            loading, LAST_YEAR, plan, hours, blurb=PPMH_BLURB, ceremony_place="Blackpool", invented=True
        )
    categories = _categories(scheme)
    keys = list(categories)
    with on(hours.opens_at + timedelta(days=1)):
        for number in range(LAST_YEARS_ENTRIES):
            at = _as_deadlines_go(scheme, hours.closes_at - timedelta(hours=1), number, LAST_YEARS_ENTRIES)
            _invented_entry(loading, scheme, categories[keys[number % len(keys)]], number, at)
    seed_judging.judge_last_year(loading, scheme, categories, LAST_YEARS_JUDGES)
