"""The ways in which Chorus says no."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """Why a rule says no, for the person who asked: what is wrong and what to do instead.

    `field` names the form field (and so the action's argument) that the words belong to, where there is one.
    Templates print it as its words.
    """

    why: str
    field: str = ""

    def __str__(self) -> str:
        """The words."""
        return self.why


class Refused(Exception):
    """A rule says no while an action runs; it carries the rule's `Refusal`."""

    def __init__(self, why_not: Refusal) -> None:
        super().__init__(str(why_not))
        self.why_not = why_not

    @property
    def why(self) -> str:
        """The words."""
        return self.why_not.why

    @property
    def field(self) -> str:
        """The form field that the words belong to, or nothing."""
        return self.why_not.field


def refuse_if(why_not: Refusal | None) -> None:
    """Raise Refused where a rule gave a refusal; do nothing where it gave None."""
    if why_not is not None:
        raise Refused(why_not)


class NotHere(Exception):
    """What was asked for does not exist, or not for this person: the same answer to both."""


class SignInNeeded(Exception):
    """The page is for people who have signed in."""
