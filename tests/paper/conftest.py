"""The fixture `demo` for tests of printing: the demo village, loaded but not built."""

from __future__ import annotations

import pytest

from paper.desk import Desk, demo_desk


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The demo village for printing. It overrides the fixture of the same name with the built demo."""
    return demo_desk(tmp_path_factory.mktemp("cache"))
