"""The demonstration's events: the Symphony with its agenda, workshops, a touring forum, the ceremony."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from demo import names
from demo.loading import Loading, on
from demo.story import LONDON, moment, season
from events.agenda.actions import add_session
from events.agenda.queries import all_sessions
from events.agenda.rules import Plan
from events.my_registration.actions import register
from events.needs.rules import joined_needs
from events.registration.rules import Details
from events.set_up.actions import add_event, add_organiser, add_room, add_volunteer
from events.set_up.queries import event_by_slug
from events.set_up.rules import EventDetails

SYMPHONY_BLURB = "A day of stories that are not often told. Come as you are, under any name you like."
DIRECTIONS = (
    "From the railway station it is ten minutes on foot, without steps. A bus stops in front of the door.\n\n"
    "There are twelve parking places for people who need one near the entrance: tell us when you register."
)
ACCESS = "Lift, hearing loop, BSL, quiet room"
SUPPORT = "Two listeners are in the quiet room all day. You may leave any session at any time, and come back."
ABOUT = {
    "Voices on mental health": "Five people, ten minutes each. BSL interpreted.",
    "Talking about suicide": "How to ask, how to listen, and what to do afterwards. Nobody has to speak.",
    "Trans identity at work": "What helps, told by people who know.",
    "Telling your own story": "How much to tell, to whom, and how to stop.",
    "LGBT+ lives in services": "What people met on wards and in waiting rooms, and what they would change.",
    "Carers in conversation": "Those who care, among themselves. Tea is served.",
    "Quiet room": "Soft light, no talking needed, a listener next door.",
    "Finale: what we heard": "What was said today, read back to all of us.",
}
ROOM_NOTES = {"Garden room": "three steps", "Quiet room": "open all day"}
FORUM_BLURB = "Service users, governors, staff and charities meet as equals, each month in another town."
# How many chose each workshop when the demonstration begins; more than there are places means waiting.
CHOSEN = {
    "Talking about suicide": 33,
    "Trans identity at work": 16,
    "Telling your own story": 38,
    "LGBT+ lives in services": 19,
    "Carers in conversation": 11,
}
REGISTERED = 159


def add_events(loading: Loading) -> None:
    """Add every event of the season at its shifted dates."""
    with on(loading.now - timedelta(weeks=10)):
        for one in season()["events"]:
            if one["key"] == "symphony":
                _add_symphony(loading, one)
            elif one["key"] == "forum":
                _add_forum(loading, one)
            else:
                _add_plain_event(loading, one)


def _add_symphony(loading: Loading, one: dict[str, Any]) -> None:
    weeks, owen = loading.shifts.symphony, loading.person("Owen Tudor")
    details = EventDetails(
        name=one["name"],
        starts_at=moment(one["starts"], weeks),
        ends_at=moment(one["ends"], weeks),
        capacity=one["capacity"],
        blurb=SYMPHONY_BLURB,
        place=one["place"]["name"],
        town=one["place"]["town"],
        directions=DIRECTIONS,
        cost="Free, lunch included",
        access=ACCESS,
        access_details="The main hall, the studio and the quiet room are step-free. Three steps lead to the "
        "garden room; a portable ramp is there on request. BSL interpreters are in the main hall all day.",
        support=SUPPORT,
        chosen_names=True,
    )
    host = loading.organisations[one["host"]].id
    add_event(owen, details, slug="symphony", host_organisation_id=host, invented=True)
    rooms = {
        room["name"]: add_room(
            owen,
            "symphony",
            room["name"],
            room["capacity"],
            room["step_free"],
            room["hearing_loop"],
            ROOM_NOTES.get(room["name"], ""),
        ).id
        for room in one["rooms"]
    }
    date = str(one["starts"])[:10]
    for session in one["agenda"]:
        add_session(owen, "symphony", _plan(session, rooms, date, weeks))
    add_organiser(owen, "symphony", owen)
    add_volunteer(owen, "symphony", loading.person("Uma Clarke"))


def _plan(session: dict[str, Any], rooms: dict[str, int], date: str, weeks: int) -> Plan:
    secret = "embargo_until" in session
    title = session["revealed_as"] if secret else session["title"]
    return Plan(
        title=title,
        kind=session["kind"],
        room_id=rooms[session["room"]],
        starts_at=moment(f"{date}T{session['start']}", weeks),
        ends_at=moment(f"{date}T{session['end']}", weeks),
        about="Forty people who have never sung in public, with one song they wrote themselves."
        if secret
        else ABOUT.get(title, ""),
        content_note="Talks about suicide" if session.get("content_note") == "suicide" else "",
        support="Two listeners are in the quiet room" if session.get("content_note") else "",
        places=session.get("places"),
        covering_title=session["title"] if secret else "",
        embargo_until=moment(session["embargo_until"], weeks) if secret else None,
    )


def _add_plain_event(loading: Loading, one: dict[str, Any]) -> None:
    key = one["key"]
    weeks = loading.shifts.judged if key == "liverpool" else loading.shifts.others[key]
    owen = loading.person("Owen Tudor")
    details = EventDetails(
        name=one["name"],
        starts_at=moment(one["starts"], weeks),
        ends_at=moment(one["ends"], weeks),
        capacity=one["capacity"],
        town=one["place"]["town"],
        access="Step-free",
        # People come to the ceremony through their shortlisted entries.
        registration_open=key != "liverpool",
    )
    host = loading.organisations[one["host"]].id if one["host"] else None
    add_event(owen, details, slug=key, host_organisation_id=host, invented=True)
    add_organiser(owen, key, owen)


def _add_forum(loading: Loading, one: dict[str, Any]) -> None:
    owen, first = loading.person("Owen Tudor"), moment(one["first"], loading.shifts.others["forum"])
    for number, town in enumerate(one["towns"]):
        starts = _four_weeks_on(first, number)
        details = EventDetails(
            name=f"{one['name']}, {town}",
            starts_at=starts,
            ends_at=starts + timedelta(minutes=one["minutes"]),
            capacity=one["capacity"],
            blurb=FORUM_BLURB,
            town=town,
            access="Step-free, hearing loop",
        )
        host = loading.organisations[one["host"]].id
        slug = f"forum-{town.lower()}"
        add_event(owen, details, slug=slug, host_organisation_id=host, invented=True)
        add_organiser(owen, slug, owen)


def _four_weeks_on(first: datetime, number: int) -> datetime:
    """The same hour and weekday in London, `number` times four weeks later."""
    local = first.astimezone(LONDON)
    return (local.replace(tzinfo=None) + timedelta(weeks=4 * number)).replace(tzinfo=LONDON)


def add_registrations(loading: Loading) -> None:
    """Register people for the Symphony: one workshop is full with three waiting; Tom comes as Sunny."""
    now = loading.now
    ids = {one.title: one.session_id for one in all_sessions(event_by_slug("symphony").id)}
    wanted = {ids[title]: many for title, many in CHOSEN.items()}
    same_time = [ids["Talking about suicide"], ids["Trans identity at work"], ids["Telling your own story"]]
    later = [ids["LGBT+ lives in services"], ids["Carers in conversation"]]
    with on(now - timedelta(days=20)):
        register(
            "symphony",
            "tom.adeyemi@example.org",
            Details("Sunny"),
            [ids["Telling your own story"]],
            joined_needs(("Step-free access", "BSL interpreter"), ""),
            "",
        )
    wanted[ids["Telling your own story"]] -= 1
    for number in range(REGISTERED - 1):
        chosen = []
        for group in (same_time, later):
            open_ones = [one for one in group if wanted[one] > 0]
            if open_ones:
                one = max(open_ones, key=lambda candidate: wanted[candidate])
                wanted[one] -= 1
                chosen.append(one)
        name = names.person_name(number + 300)
        with on(now - timedelta(days=19) + timedelta(hours=2 * number)):
            register(
                "symphony",
                f"guest{number}@example.org",
                Details(name.split()[0] if number % 3 else name),
                chosen,
                "Hearing loop" if number % 17 == 0 else "",
                "Vegetarian" if number % 9 == 0 else "",
            )
