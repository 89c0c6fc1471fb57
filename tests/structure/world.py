"""A small world with somebody in every role, and with two of everything that has owners."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update

from accounts.organisations.actions import add_organisation
from accounts.organisations.models import Membership
from accounts.people.actions import make_administrator, meet_person
from accounts.sign_in.actions import ask_to_sign_in, remember_device
from accounts.sign_in.models import Device
from awards.certificates.models import Certificate
from awards.entries import actions as entries
from awards.judging import actions as judging
from awards.outcomes import actions as outcomes
from awards.panels import actions as panels
from awards.panels.models import Judge
from awards.schemes import actions as schemes
from awards.schemes.queries import scheme_by_slug
from backstage.documents.models import Batch, Document
from backstage.outbox.models import Mail
from base.database import db, take_handed_over
from events.agenda.models import Session
from events.programme.actions import make_programme
from events.registration.models import Registration
from events.set_up import actions as set_up
from outside import clock, storage
from tests.awards import season
from tests.awards.certificates import making
from tests.awards.panel import JUDGING, give
from tests.events.registration.people import come, token
from tests.events.symphony import Symphony, make_symphony
from website.transactions import Chorus

# The moment of the walk: entries are closed, reads are handed out. What certifies opens after its hour.
NOW = JUDGING + timedelta(days=1)
AFTER = season.WINNERS + timedelta(days=1)
AFTER_ITS_HOUR = {
    "certificates.download_certificate",
    "certificates.check_certificate",
    "announced.view_winners",
}
PICTURE = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"

# Who walks, by role. The stranger leads another organisation, writes another entry of the same scheme, and
# runs another scheme and another event.
PEOPLE = {
    "writer": "Priya Nair",
    "colleague": "Quentin Ashe",
    "lead": "Larissa Grey",
    "stranger": "Rosa Bell",
    "judge": "Beth Lloyd",
    "chair": "Maya Collins",
    "organiser": "Noor Haddad",
    "event organiser": "Owen Tudor",
    "volunteer": "Uma Clarke",
    "administrator": "Ada Root",
}


@dataclass
class World:
    """What the addresses of pages are filled with: `own` belongs to the roles, `other` to the stranger."""

    own: dict[str, object] = field(default_factory=dict)
    other: dict[str, object] = field(default_factory=dict)
    devices: dict[str, str] = field(default_factory=dict)


def make_world(app: Chorus) -> World:
    """The world, committed; its clock stood still meanwhile."""
    world = World()
    season.ready(app)
    with app.app_context(), clock.freeze(season.OPENS):
        _organisations()
        _other_scheme()
        db.session.commit()
    draft = season.make_entry(
        app, title="Asks", writers=("Priya Nair", "Quentin Ashe"), category="partnership"
    )
    with app.app_context(), clock.freeze(season.DURING):
        priya = season.meet("Priya Nair").id
        world.own["reference"] = _send_entry(priya, "cpft", "Zokens")
        world.other["reference"] = _send_entry(season.meet("Rosa Bell").id, "elsewhere", "Strange work")
        db.session.commit()
    _judge(app, world)
    _certify(app, world)
    _events(app, world)
    _accounts(app, world)
    world.own["draft"] = draft
    world.other["scheme_slug"], world.other["event_slug"], world.other["organisation_slug"] = (
        "other",
        "other-day",
        "elsewhere",
    )
    world.other["entry of the other scheme"] = season.make_entry(
        app, slug="other", organisation="elsewhere", writers=("Rosa Bell",), submitted_at=season.DURING
    )
    with app.app_context():
        take_handed_over()
    return world


def _organisations() -> None:
    """CPFT has a lead; Rosa leads Elsewhere; Nell asks to join CPFT, Ned asks to join Elsewhere."""
    add_organisation("Elsewhere", "Charity", "Wales")
    season.join(season.meet("Larissa Grey"), "cpft", lead=True)
    season.join(season.meet("Rosa Bell"), "elsewhere", lead=True)
    for name, organisation in (("Nell New", "cpft"), ("Ned New", "elsewhere")):
        season.join(season.meet(name), organisation)
        asked = db.session.scalars(select(Membership).order_by(Membership.person_id.desc())).first()
        assert asked is not None
        asked.state, asked.decided_at = "asked", None
    make_administrator("ada@example.org").name = "Ada Root"


def _other_scheme() -> None:
    """A scheme of the same kind that Rosa runs."""
    season.make_scheme("other", 2026)
    schemes.add_organiser(scheme_by_slug("other"), season.meet("Rosa Bell").id)


def _send_entry(who: int, organisation: str, title: str) -> str:
    """An entry with answers and a document, sent in; its reference."""
    reference = entries.start_entry(who, season.SLUG, "wellbeing", organisation)
    entries.change_title(who, reference, title)
    for key, text in season.ANSWERS.items():
        entries.answer_question(who, reference, key, text, 0)
    entries.answer_with_file(who, reference, "evidence", PICTURE, "evidence.pdf")
    entries.submit_entry(who, reference)
    return reference


def _judge(app: Chorus, world: World) -> None:
    """Beth reads Priya's entry and has scored one criterion; Maya chairs and reads nothing of hers."""
    noor = season.id_of(app, "Noor Haddad")
    with app.app_context(), clock.freeze(JUDGING):
        for name, chair in (("Beth Lloyd", False), ("Maya Collins", True), ("Idle Ivor", False)):
            panels.add_judge(noor, season.SLUG, "wellbeing", season.address(name), name, "", False, chair)
        panels.add_judge(
            season.meet("Rosa Bell").id, "other", "wellbeing", "kim@example.org", "Kim", "", False, False
        )
        db.session.commit()
    give(app, "Beth Lloyd", str(world.own["reference"]))
    give(app, "Maya Collins", str(world.other["reference"]))
    with app.app_context(), clock.freeze(JUDGING):
        beth = season.meet("Beth Lloyd").id
        judging.declare_conflict(beth, str(world.own["reference"]), conflict=False)
        judging.score_entry(beth, str(world.own["reference"]), "ambition", 3, "Good")
        db.session.commit()
        for place, name in ((world.own, "Idle Ivor"), (world.other, "Kim")):
            person_id = meet_person(season.address(name) if name != "Kim" else "kim@example.org").id
            place["judge_id"] = db.session.scalars(select(Judge.id).where(Judge.person_id == person_id)).one()
        db.session.commit()


def _certify(app: Chorus, world: World) -> None:
    """Both entries are decided, their certificates made in one batch; there is a batch of another scheme."""
    with app.app_context(), clock.freeze(JUDGING):
        noor = season.meet("Noor Haddad").id
        outcomes.decide_outcome(noor, season.SLUG, str(world.own["reference"]), "winner", "The best")
        outcomes.decide_outcome(noor, season.SLUG, str(world.other["reference"]), "shortlisted", "Good")
        db.session.commit()
    world.own["batch_id"] = making.ask(app)
    with app.app_context(), clock.freeze(JUDGING):
        batch = Batch(kind="certificate", scope="scheme:0", total=0, asked_at=JUDGING)
        db.session.add(batch)
        for document in db.session.scalars(select(Document)):
            document.storage_name = storage.keep("documents", PICTURE, "pdf")
            document.state, document.made_at, document.size = "made", JUDGING, len(PICTURE)
        db.session.flush()
        world.other["batch_id"] = batch.id
        own = select(Certificate.serial).where(Certificate.outcome == "winner")
        other = select(Certificate.serial).where(Certificate.outcome != "winner")
        world.own["serial"] = db.session.scalars(own).first()
        world.other["serial"] = db.session.scalars(other).first()
        db.session.commit()


def _events(app: Chorus, world: World) -> None:
    """The Symphony with Owen and Uma and somebody registered; another event that Rosa runs."""
    with app.app_context(), clock.freeze(NOW):
        for slug, place, organiser in (
            ("symphony", world.own, "Owen Tudor"),
            ("other-day", world.other, "Rosa Bell"),
        ):
            made = make_symphony(slug)
            set_up.add_organiser(None, slug, season.meet(organiser).id)
            place["programme batch"] = make_programme(None, slug)
            place["room_id"] = made.rooms["Garden room"]
            place["session_id"] = made.sessions["Carers in conversation"]
        set_up.add_volunteer(None, "symphony", season.meet("Uma Clarke").id)
        symphony_id = db.session.scalars(
            select(Session.event_id).where(Session.id == world.own["session_id"])
        ).one()
        come(make_known(symphony_id), "guest")
        world.own["registration"] = db.session.scalars(select(Registration.reference)).one()
        world.own["token"] = token("guest")
        db.session.commit()


def make_known(event_id: int) -> Symphony:
    """What `come` wants to know of an event when nobody chooses a workshop."""
    return Symphony(event_id)


def _accounts(app: Chorus, world: World) -> None:
    """Who asks to join which organisation, a link from a sign-in mail, and everybody's device."""
    with app.app_context(), clock.freeze(NOW):
        world.own["person_id"] = season.meet("Nell New").id
        world.other["person_id"] = season.meet("Ned New").id
        ask_to_sign_in("visitor@example.org")
        mail = db.session.scalars(select(Mail).where(Mail.template == "sign_in/code_and_link")).one()
        world.own["sign in link"] = str(mail.values["link"]).rpartition("/")[2]
        world.own["co-writer"] = season.meet("Quentin Ashe").id
        for role, name in PEOPLE.items():
            world.devices[role] = remember_device(season.meet(name).id)
        # Some pages are walked months later.
        db.session.execute(update(Device).values(expires_at=AFTER + timedelta(days=1)))
        db.session.commit()


def moment(endpoint: str) -> datetime:
    """When a page is walked: most on one day, what shows outcomes once their hour has come."""
    return AFTER if endpoint in AFTER_ITS_HOUR else NOW
