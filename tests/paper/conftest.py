"""The demo village, ready to print from."""

from __future__ import annotations

import pytest

from paper.desk import Desk, demo_desk


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """In the place of the built demo that tests of pages have."""
    return demo_desk(tmp_path_factory.mktemp("cache"))
