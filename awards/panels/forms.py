"""Forms about panels."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import BooleanField, EmailField, SelectField, StringField
from wtforms.validators import Email, Length

from base.forms import ChorusForm, Needed

NO_ORGANISATION = "Belongs to none of these"


class AddJudgeForm(ChorusForm):
    """A person who is to judge a category."""

    email = EmailField(
        "Email address",
        description="We invite them here, and this is how they sign in",
        validators=[Needed("Enter the judge's email address"), Email()],
        render_kw={"autocomplete": "off"},
    )
    name = StringField(
        "Name",
        description="Used only if we do not know them yet",
        validators=[Length(max=80)],
        render_kw={"autocomplete": "off"},
    )
    organisation_slug = SelectField(
        "Organisation",
        description="They are never given an entry that it takes part in",
    )
    lived_experience = BooleanField(
        "Has lived experience of using services or caring",
        description="So that every entry has such a reader. Only organisers of this award see it",
    )
    chair = BooleanField("Chairs the panel", description="A chair also sees how far the panel is")

    def list_organisations(self, organisations: Iterable[tuple[str, str]]) -> None:
        """Fill the list of organisations, given as (slug, name)."""
        self.organisation_slug.choices = [("", NO_ORGANISATION), *organisations]
