"""The loaded demonstration for the tests of its pages."""

from tests.demo.loaded import demo, demo_app, season_home

__all__ = ["demo", "demo_app", "season_home"]
