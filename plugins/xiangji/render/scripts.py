"""The theme's scripts: the scripts of a page in one file, whose name contains a digest of its content."""

from __future__ import annotations

import hashlib
from functools import cache

from xiangji import urls
from xiangji.render.outputs import Artifact
from xiangji.render.templates import THEME, package_folder


@cache
def script(*names: str) -> Artifact:
    """The named scripts of the theme, joined in this order without comment lines."""
    folder = package_folder(THEME) / "scripts"
    texts = [(folder / f"{name}.js").read_text("utf-8") for name in names]
    lines = [line.strip() for text in texts for line in text.split("\n")]
    content = "\n".join(line for line in lines if line and not line.startswith("//")).encode()
    digest = hashlib.sha256(content).hexdigest()[:10]
    return Artifact(urls.asset(f"{names[-1]}.{digest}.js"), content, "products")
