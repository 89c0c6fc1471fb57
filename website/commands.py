"""The command line: python -m website.commands NAME."""

from __future__ import annotations

import sys

import click
from alembic import command

from accounts.people.actions import make_administrator
from accounts.sign_in.actions import ask_to_sign_in
from base import settings
from base.settings import ROOT, said_in_one_line
from website import generated, schema, transactions
from website.factory import create_app
from website.schema import migration_config


@click.group()
def commands() -> None:
    """Chorus from the command line."""


@commands.command()
def migrate() -> None:
    """Bring the database's tables up to date."""
    with create_app().app_context():
        command.upgrade(migration_config(), "head")


@commands.command("new-migration")
@click.argument("why")
def new_migration(why: str) -> None:
    """Write a migration for what changed in the models; read it before you keep it."""
    with create_app().app_context():
        command.revision(migration_config(), message=why, autogenerate=True)


@commands.command("check-migrations")
def check_migrations() -> None:
    """Fail where the migrations do not make what the models say, CHECKs included.

    Two databases are made for that on the server of DATABASE_URL, and dropped.
    """
    found = schema.differences(settings.current().database_url)
    if found:
        click.echo("\n".join(found))
        sys.exit(
            'The models and the migrations differ: run make new-migration WHY="..." and read what it wrote. '
            "It leaves out CHECKs: write op.drop_constraint and op.create_check_constraint by hand."
        )
    click.echo("The migrations make what the models say.")


@commands.command()
def docs() -> None:
    """Print docs/pages.txt, docs/states.md and docs/personal-data.md from the code."""
    for path, text in generated.all_pages(create_app()).items():
        path.write_text(text)
        click.echo(f"wrote {path.relative_to(ROOT)}")


@commands.command("check-docs")
def check_docs() -> None:
    """Fail where a generated page of docs/ is not what the code says."""
    stale = [
        path.relative_to(ROOT)
        for path, text in generated.all_pages(create_app()).items()
        if not path.exists() or path.read_text() != text
    ]
    if stale:
        sys.exit(f"Not current: {', '.join(map(str, stale))}. Run make docs.")
    click.echo("The generated pages are current.")


@commands.command("invite-administrator")
@click.argument("email")
def invite_administrator(email: str) -> None:
    """Make somebody an administrator and send them a way to sign in."""
    with create_app().app_context():
        make_administrator(email)
        ask_to_sign_in(email)
        transactions.commit()
    click.echo(f"{email} is an administrator and gets a mail with a code and a link.")


if __name__ == "__main__":
    with said_in_one_line():
        commands()
