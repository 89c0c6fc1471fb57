"""Load the demonstration's season into the database of the settings: python -m demo."""

from __future__ import annotations

import sys

from base import settings
from demo.season import load_season
from website.factory import create_app


def main() -> int:
    """Load it, saying how far it is; 1 outside demo mode, where invented people have no place."""
    if not settings.current().demo:
        print("Only the demonstration may be loaded: set CHORUS_MODE=demo.", file=sys.stderr)
        return 1
    load_season(create_app(), say=print)
    return 0


if __name__ == "__main__":
    with settings.said_in_one_line():
        sys.exit(main())
