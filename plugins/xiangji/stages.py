"""The stages of a build, for whoever wants to know where its time goes.

The core has no clock. It says which stage it is in; a host that measures hands in the means to.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

Watch = Callable[[str], AbstractContextManager[None]]
"""Called with the name of a stage, entered when it begins and left when it ends. A family of pages is
`family NAME`."""


def unwatched(stage: str) -> AbstractContextManager[None]:
    """Measures nothing."""
    return nullcontext()
