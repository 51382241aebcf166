"""The page about scale says what its command measured, and the arithmetic on it is right."""

from __future__ import annotations

import json
import os
import re

import pytest

from scale import FIGURES, PAGE, measured
from scale_page import page, per_batch, size


def test_the_page_is_made_of_the_figures() -> None:
    figures = json.loads(FIGURES.read_text("utf-8"))
    assert PAGE.read_text("utf-8") == page(figures), "python benchmarks/scale.py --page"


def test_what_one_more_batch_costs() -> None:
    """Another village twice as large, with a part that does not grow."""
    small = {"batches": 100, "files": 450, "cpu_s": 3.0, "widest": "t"}
    large = {"batches": 300, "files": 1250, "cpu_s": 4.0, "widest": "t"}
    assert per_batch(small, large) == {"batches": 1.0, "files": 4.0, "cpu_s": 0.005}


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 B"), (999, "999 B"), (1000, "1 kB"), (38_027_182, "38.0 MB"), (2.5e15, "2.50 PB")],
)
def test_sizes_are_said_in_three_digits(count: float, said: str) -> None:
    assert size(count) == said


def test_arithmetic_stands_below_its_line() -> None:
    """Whoever quotes the page must see where measuring ends."""
    above, below = PAGE.read_text("utf-8").split('!!! warning "From here on it is arithmetic"')
    assert "10<sup>" not in above and "N ×" not in above
    assert re.search(r"\| build, core hours \|.*\|", below)


@pytest.mark.skipif(os.name == "nt", reason="what a process took is asked of a Unix")
def test_a_village_is_measured(capfd: pytest.CaptureFixture[str]) -> None:
    found = measured(40)
    assert found["batches"] == 40 and found["files"] > 160
    assert found["bytes"] > 40 * found["sheet_bytes"] > 40 * found["sheet_gzip"] > 0
    assert found["cpu_s"] > 0 and found["memory_mb"] > 10
    assert found["again_cpu_s"] > 0 and found["published_bytes"] > 100 * found["files"]
