"""How Alembic meets our tables: within the app, on its engine, one transaction for each migration."""

from __future__ import annotations

from alembic import context

from base.database import Base, db


def run() -> None:
    """Run the migrations on the current app's database."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
