"""The stages of a build, for measuring how long each takes.

The core has no clock. It reports the stage that it is in, and a host that measures passes a `Watch`.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

Watch = Callable[[str], AbstractContextManager[None]]
"""A function from the name of a stage to a context manager, which surrounds the stage.

The stage of a page family is named `family NAME`.
"""


def unwatched(stage: str) -> AbstractContextManager[None]:
    """A `Watch` that measures nothing."""
    return nullcontext()
