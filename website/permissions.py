"""Who may do what on pages that show awards and events together."""

from __future__ import annotations

from accounts.permissions import administrator
from awards.permissions import organiser as scheme_organiser
from base.access import Predicate, anyone_signed_in
from events.permissions import organiser as event_organiser

PERMISSIONS: dict[str, Predicate] = {
    "home.mine": anyone_signed_in,
    "history.scheme_history": scheme_organiser,
    "history.event_history": event_organiser,
    "history.all_history": administrator,
}
