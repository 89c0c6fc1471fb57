"""The mail that signs people in."""

from __future__ import annotations

from backstage.outbox.messages import Message
from base import settings


def code_and_link(email: str, code: str, token: str) -> Message:
    """A code to type and a link to press; either works, once."""
    return Message(
        recipient=email,
        subject=f"{code[:3]} {code[3:]} is your Chorus sign-in code",
        template="sign_in/code_and_link",
        values={
            "code": f"{code[:3]} {code[3:]}",
            "link": settings.page_address(f"/sign-in/link/{token}"),
        },
    )
