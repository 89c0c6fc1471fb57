"""The pages to which every page of ours links, for small apps that have our templates and nothing else."""

from __future__ import annotations

from flask import Flask

ENDPOINTS = (
    "home.awards",
    "home.events",
    "home.accessibility",
    "home.privacy",
    "sign_in.ask_to_sign_in",
    "demo.index",
)


def add_linked_pages(app: Flask) -> None:
    """Give an app an empty page for each of them."""
    for endpoint in ENDPOINTS:
        app.add_url_rule(f"/{endpoint}", endpoint, lambda page=1: "")
