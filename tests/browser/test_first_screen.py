"""What somebody sees who scans a jar, before touching anything."""

from __future__ import annotations

from typing import Any

import pytest

from built import Built

WHAT = "main h1"
STATE = ".state b"
ROWS = "main dl.rows >> nth=0 >> dd >> nth="


@pytest.mark.parametrize("lot", ["2026-09A", "2026-11A", "2025-10A", "2026-06C"])
def test_the_first_screen_answers_everything(lot: str, server: str, phone: Any) -> None:
    """What it is, whether it is fine, who made it, when, which lot: above the bottom bar."""
    phone.goto(f"{server}t/laziji/{lot}/")
    last = phone.locator(f"{ROWS}2").bounding_box()
    assert last["y"] + last["height"] <= phone.locator(".bar").bounding_box()["y"]


@pytest.mark.parametrize("lot", ["2026-04B", "2026-05A"])
def test_a_warning_stands_whole_on_the_first_screen(lot: str, server: str, phone: Any) -> None:
    """Where a batch was stopped, the reason and what to do come before everything else."""
    phone.goto(f"{server}t/laziji/{lot}/")
    state = phone.locator(".state").bounding_box()
    assert state["y"] + state["height"] <= phone.locator(".bar").bounding_box()["y"]


def test_every_sheet_answers_in_the_same_order(demo: Built, server: str, phone: Any) -> None:
    for address, sheet in demo.sheets.items():
        if sheet.all("dl", **{"class": "rows ruled label"}):
            continue  # A digital label has the order of the standard.
        phone.goto(server + address)
        places = (WHAT, STATE, f"{ROWS}0", f"{ROWS}1", f"{ROWS}2")
        tops = [phone.locator(each).bounding_box()["y"] for each in places]
        assert tops == sorted(tops), address
        assert phone.locator(f"{ROWS}2").inner_text() == address.split("/")[2]


def test_a_digital_label_says_its_facts_before_anything_else(
    demo: Built, server: str, phone: Any
) -> None:
    """State and label stand before everything else, and nothing lies over the phone."""
    labels = [at for at, s in demo.sheets.items() if s.all("dl", **{"class": "rows ruled label"})]
    assert labels
    for address in labels:
        phone.goto(server + address)
        tops = [
            phone.locator(x).bounding_box()["y"] for x in (WHAT, STATE, f"{ROWS}0", "h2 >> nth=0")
        ]
        assert tops == sorted(tops), address
        # Of a lot that is not fine all that is wrong, and the number to call, come first.
        room = 900 if phone.locator(".call").count() else 780
        assert phone.locator(f"{ROWS}1").bounding_box()["y"] < room, address
        lots = phone.locator("dl.label dd").all_inner_texts()
        assert address.split("/")[2] in lots
        floating = phone.evaluate(
            "() => [...document.querySelectorAll('body *')].filter(each => "
            "['fixed', 'sticky'].includes(getComputedStyle(each).position)).length"
        )
        assert floating == 0, address


@pytest.mark.parametrize(
    ("lot", "word"),
    [
        ("2026-09A", "正常"),
        ("2026-11A", "待检"),
        ("2026-04B", "停售"),
        ("2026-05A", "召回"),
        ("2025-10A", "过期"),
        ("2026-06C", "未记录"),
    ],
)
def test_every_state_is_said_in_words(lot: str, word: str, server: str, phone: Any) -> None:
    phone.goto(f"{server}t/laziji/{lot}/")
    assert word in phone.inner_text(STATE)
    assert phone.locator(".state svg").is_visible()


def test_a_sheet_runs_no_script(demo: Built) -> None:
    for address, sheet in demo.sheets.items():
        scripts = [each for each in sheet.all("script") if each["type"] != "application/ld+json"]
        assert scripts == [], address
        handlers = [name for e in sheet.elements for name in e.attributes if name.startswith("on")]
        assert handlers == [], address
