"""Who may open what: the whole table, as data. test_permissions.py walks and compares.

A new route fails one test (test_every_route_is_walked) until it stands here; whoever adds it says who may.
The roles, and what belongs to them, are those of world.py: the stranger leads another organisation and runs
another scheme and event.
"""

from __future__ import annotations

SIGNED_IN = (
    "writer",
    "colleague",
    "lead",
    "stranger",
    "judge",
    "chair",
    "organiser",
    "event organiser",
    "volunteer",
    "administrator",
)
EVERYBODY = ("visitor", *SIGNED_IN)
WRITER = ("writer",)
WRITER_OR_LEAD = ("writer", "lead")
MEMBERS = ("writer", "colleague", "lead")
JUDGE = ("judge",)
ORGANISER = ("organiser",)
EVENT_ORGANISER = ("event organiser",)
AT_THE_DOOR = ("event organiser", "volunteer")

WALK: dict[str, tuple[str, ...]] = {
    # accounts
    "people.change_name": SIGNED_IN,
    "sign_in.ask_to_sign_in": EVERYBODY,
    "sign_in.enter_code": EVERYBODY,
    "sign_in.use_link": EVERYBODY,
    "sign_in.sign_out": SIGNED_IN,
    "organisations.choose_organisation": SIGNED_IN,
    "organisations.start_organisation": SIGNED_IN,
    "organisations.join_organisation": SIGNED_IN,
    "organisations.view_organisation": MEMBERS,
    "organisations.decide_join": ("lead",),
    # awards
    "schemes.view_scheme": EVERYBODY,
    "schemes.read_questions": EVERYBODY,
    "schemes.view_category": EVERYBODY,
    "schemes.change_hours": ORGANISER,
    "entries.list_entries": SIGNED_IN,
    "entries.start_entry": SIGNED_IN,
    "entries.view_entry": WRITER_OR_LEAD,
    "entries.change_title": WRITER,
    "entries.answer_question": WRITER,
    "entries.remove_file": WRITER,
    "entries.download_file": WRITER_OR_LEAD,
    "entries.check_answers": WRITER,
    "entries.entry_sent": WRITER,
    "entries.reopen_entry": WRITER,
    "entries.withdraw_entry": WRITER,
    "writers.invite_writer": WRITER_OR_LEAD,
    "writers.remove_writer": MEMBERS,  # the colleague writes this entry, too
    "writers.choose_partners": WRITER_OR_LEAD,
    "writers.nudge_writers": ORGANISER,
    "planning.list_panels": ORGANISER,
    "planning.manage_panel": ORGANISER,
    "panels.add_judge": ORGANISER,
    "planning.remove_judge": ORGANISER,
    "planning.assign_evenly": ORGANISER,
    "planning.assign_reads": ORGANISER,
    "planning.view_panel": ("chair", "organiser"),
    "judging.list_reads": ("judge", "chair"),
    "judging.declare_conflict": JUDGE,
    "judging.open_read": JUDGE,
    "judging.read_entry": JUDGE,
    "judging.open_file": JUDGE,
    "judging.finish_read": JUDGE,
    "judging.score_entry": JUDGE,
    "outcomes.list_entries": ORGANISER,
    "outcomes.export_entries": ORGANISER,
    "outcomes.view_entry": ORGANISER,
    "outcomes.list_rankings": ORGANISER,
    "outcomes.rank_category": ORGANISER,
    "outcomes.decide_outcome": ORGANISER,
    "outcomes.set_hours": ORGANISER,
    "certificates.list_certificates": ORGANISER,
    "certificates.watch_batch": ORGANISER,
    "certificates.batch_progress": ORGANISER,
    "certificates.download_certificate": ("writer", "lead", "organiser"),
    "certificates.check_certificate": EVERYBODY,
    "announced.view_status": WRITER_OR_LEAD,
    "announced.view_winners": EVERYBODY,
    "scheme_desk.view_desk": ORGANISER,
    # events
    "set_up.change_event": EVENT_ORGANISER,
    "set_up.list_rooms": EVENT_ORGANISER,
    "set_up.add_room": EVENT_ORGANISER,
    "set_up.change_room": EVENT_ORGANISER,
    "agenda.list_sessions": EVENT_ORGANISER,
    "agenda.add_session": EVENT_ORGANISER,
    "agenda.change_session": EVENT_ORGANISER,
    "agenda.remove_session": EVENT_ORGANISER,
    "agenda.remove_room": EVENT_ORGANISER,
    "my_registration.register": EVERYBODY,
    "my_registration.registered": EVERYBODY,
    "my_registration.manage_registration": EVERYBODY,
    "needs.change_needs": EVERYBODY,
    "my_registration.cancel_registration": EVERYBODY,
    "registration.list_registrations": EVENT_ORGANISER,
    "registration.export_registrations": EVENT_ORGANISER,
    "needs.list_needs": EVENT_ORGANISER,
    "public_page.view_event": EVERYBODY,
    "public_page.view_session": EVERYBODY,
    "public_page.calendar": EVERYBODY,
    "programme.download_programme": EVERYBODY,
    "event_desk.view_desk": EVENT_ORGANISER,
    "programme.make_programme": EVENT_ORGANISER,
    "programme.watch_programme": EVENT_ORGANISER,
    "door.list_arrivals": AT_THE_DOOR,
    "door.check_in": AT_THE_DOOR,
    "door.undo_check_in": AT_THE_DOOR,
    # both
    "home.front": EVERYBODY,
    "home.awards": EVERYBODY,
    "home.events": EVERYBODY,
    "home.mine": SIGNED_IN,
    "home.accessibility": EVERYBODY,
    "home.privacy": EVERYBODY,
    "home.health": EVERYBODY,
    "history.scheme_history": ORGANISER,
    "history.event_history": EVENT_ORGANISER,
    "history.all_history": ("administrator",),
}

# What addresses are filled with: always the same part of the season, or the world's own ("own") of that name.
FIXED: dict[str, object] = {
    "scheme_slug": "ppmh",
    "category_slug": "wellbeing",
    "organisation_slug": "cpft",
    "key": "evidence",
    "criterion": "ambition",
    "outcome": "winner",
    "event_slug": "symphony",
}
FROM_THE_WORLD = (
    "reference",
    "person_id",
    "judge_id",
    "batch_id",
    "serial",
    "token",
    "room_id",
    "session_id",
)
# Arguments that one route fills differently: {endpoint: {argument: what it is called in the world}}.
NAMED: dict[str, dict[str, str]] = {
    "sign_in.use_link": {"token": "sign in link"},
    "programme.watch_programme": {"batch_id": "programme batch"},
    "writers.remove_writer": {"reference": "draft", "person_id": "co-writer"},
}
# What a POST without a page must send to get an answer: {endpoint: {field: what it is called in the world}}.
SENT: dict[str, dict[str, str]] = {
    "door.check_in": {"reference": "registration"},
    "door.undo_check_in": {"reference": "registration"},
}
# Into whose own addresses somebody else's things are put: {role: {argument: its name in the other world}}.
FOREIGN: dict[str, dict[str, str]] = {
    "writer": {"reference": "reference"},
    "lead": {"reference": "reference", "person_id": "person_id", "organisation_slug": "organisation_slug"},
    "judge": {"reference": "reference"},
    "chair": {"scheme_slug": "scheme_slug"},
    "organiser": {
        "scheme_slug": "scheme_slug",
        "reference": "entry of the other scheme",
        "judge_id": "judge_id",
        "batch_id": "batch_id",
    },
    "event organiser": {
        "event_slug": "event_slug",
        "batch_id": "programme batch",
        "room_id": "room_id",
        "session_id": "session_id",
    },
    "volunteer": {"event_slug": "event_slug"},
}
