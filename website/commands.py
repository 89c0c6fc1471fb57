"""The command line: python -m website.commands NAME."""

from __future__ import annotations

import sys

import click
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from accounts.people.actions import make_administrator
from accounts.sign_in.actions import ask_to_sign_in
from base.database import Base, db
from base.settings import ROOT
from website import generated, transactions
from website.factory import create_app


@click.group()
def commands() -> None:
    """Chorus from the command line."""


def migration_config() -> Config:
    """Where Alembic finds our migrations."""
    config = Config(str(ROOT / "migrations" / "alembic.ini"))
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


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
    """Fail where the models say something that the migrations do not make (on an empty database)."""
    with create_app().app_context():
        command.upgrade(migration_config(), "head")
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            differences = compare_metadata(context, Base.metadata)
    if differences:
        click.echo("\n".join(map(str, differences)))
        sys.exit("The models and the migrations differ: make new-migration WHY='...'.")
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
    commands()
