"""The web server's door: gunicorn --config deploy/gunicorn.py wsgi:app."""

from __future__ import annotations

import sys

from base.settings import said_in_one_line
from website.factory import create_app

if __name__ == "__main__":
    sys.exit("Web servers read this file. To start Chorus: `make run`; on a real server: deploy/README.md.")

with said_in_one_line():
    app = create_app()
