"""A picture."""

from __future__ import annotations

import pytest

from backstage.question_types.rules.image import Image


@pytest.mark.parametrize(
    ("accept", "expected"),
    [([], ("jpg", "png")), (["png"], ("png",)), (["pdf"], ("jpg", "png")), (["pdf", "jpg"], ("jpg",))],
)
def test_endings(accept, expected):
    """Never anything but a picture."""
    assert Image().endings(accept) == expected


def test_asks():
    """In people's words."""
    assert Image().asks(300) == "A picture"
