"""What the lines of the history are about, by the names that people know."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import case, literal, select, union_all

from accounts.organisations.models import Organisation
from accounts.people.models import Person
from awards.entries.models import Entry
from awards.schemes.models import Category, Criterion, Scheme
from backstage.questions.models import Question
from base.database import db
from events.agenda.models import Session
from events.registration.models import Registration
from events.set_up.models import Event, Room

# What stands in a subject before its colon: whose id follows, and what people call it.
NAMES: Mapping[str, tuple[Any, Any]] = {
    "category": (Category.id, Category.name),
    "criterion": (Criterion.id, Criterion.name),
    "entry": (
        Entry.id,
        Entry.reference + case((Entry.title == "", ""), else_=literal(" ") + Entry.title),
    ),
    "event": (Event.id, Event.name),
    "organisation": (Organisation.id, Organisation.name),
    "person": (Person.id, Person.name),
    "question": (Question.id, Question.label),
    "registration": (Registration.id, Registration.reference),
    "room": (Room.id, Room.name),
    "scheme": (Scheme.id, Scheme.name),
    "session": (Session.id, Session.title),
}


def names_of_subjects(subjects: Iterable[str]) -> dict[str, str]:
    """What each subject ("entry:34") is called, {subject: name}, in one query; what is gone has no name."""
    wanted: dict[str, set[int]] = {kind: set() for kind in NAMES}
    for subject in subjects:
        kind, _, number = subject.partition(":")
        if kind in wanted and number.isdigit():
            wanted[kind].add(int(number))
    every = union_all(
        *(
            select(literal(kind), key, name).where(key.in_(wanted[kind]))
            for kind, (key, name) in NAMES.items()
        )
    )
    return {f"{kind}:{number}": name for kind, number, name in db.session.execute(every) if name}
