"""An address that was there once stays: on paper it lives for ten years, and somebody keeps a link."""

from __future__ import annotations

from pathlib import Path

from built import Built

KNOWN = Path(__file__).with_name("addresses.txt")
"""Every address of the demo, one a line, the first being the home page. A new page is a new line; no line ever goes."""


def test_every_address_of_the_demo_is_still_answered(demo: Built) -> None:
    known = KNOWN.read_text("utf-8").split("\n")[:-1]
    assert len(known) == len(set(known)) > 150
    assert [each for each in known if demo.file_at(each) is None] == []


def test_every_page_of_the_demo_is_known(demo: Built) -> None:
    known = set(KNOWN.read_text("utf-8").split("\n")[:-1])
    assert sorted(address for address in demo.pages if address not in known) == []
