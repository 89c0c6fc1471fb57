"""The ways in which Chorus says no."""

from __future__ import annotations


class Refused(Exception):
    """A rule says no. The message is for the person who asked: what is wrong and what to do instead.

    `field` names the form field that the message belongs to, where there is one.
    """

    def __init__(self, why: str, field: str = "") -> None:
        super().__init__(why)
        self.why = why
        self.field = field


class NotHere(Exception):
    """What was asked for does not exist, or not for this person: the same answer to both."""


class SignInNeeded(Exception):
    """The page is for people who have signed in."""
