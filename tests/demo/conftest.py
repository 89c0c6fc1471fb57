"""The loaded demonstration for the tests of its seeds."""

from tests.demo.loaded import demo_app

__all__ = ["demo_app"]
