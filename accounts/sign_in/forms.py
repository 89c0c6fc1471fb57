"""Forms for signing in."""

from __future__ import annotations

from wtforms import EmailField, StringField
from wtforms.validators import DataRequired, Email, Length

from accounts.people.rules import MOST_EMAIL
from base.forms import ChorusForm


class AskToSignInForm(ChorusForm):
    """Where the code goes."""

    email = EmailField(
        "Email address",
        validators=[
            DataRequired("Enter your email address"),
            Length(max=MOST_EMAIL, message="Enter a shorter email address"),
            Email("Enter an email address like name@example.org"),
        ],
        render_kw={"autocomplete": "email", "spellcheck": "false"},
    )


class EnterCodeForm(ChorusForm):
    """The code from the mail."""

    code = StringField(
        "Sign-in code",
        description="6 digits, for example 123 456",
        validators=[
            DataRequired("Enter the 6 digits from the email"),
            Length(max=20, message="Enter 6 digits"),
        ],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"},
    )


class UseLinkForm(ChorusForm):
    """One button: mail scanners open links, people press buttons."""


class SignOutForm(ChorusForm):
    """One button."""
