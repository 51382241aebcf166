"""Makes the picture in the README: real pages of the built demo, side by side.

`python tools/portrait.py` after `make site`; needs what `make test` installs.
"""

from __future__ import annotations

import functools
import http.server
import io
import threading
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from browser import find

ROOT = Path(__file__).resolve().parent.parent
PAGES = (
    "stories/yanglang-laziji/",
    "shop/",
    "products/laziji/",
    "t/laziji/2026-05A/",
    "t/laziji/2026-03A/e/",
)
WIDTH, HEIGHT, GAP = 360, 780, 24


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without logging each request."""

    def log_message(self, format: str, *args: object) -> None:
        return


def main() -> None:
    handler = functools.partial(Quiet, directory=str(ROOT / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    shots = []
    with sync_playwright() as play:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = play.chromium.launch(executable_path=find(), args=options)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        for address in PAGES:
            page.goto(f"http://127.0.0.1:{server.server_port}/{address}", wait_until="networkidle")
            shots.append(Image.open(io.BytesIO(page.screenshot())))
        browser.close()
    whole = Image.new("RGB", ((WIDTH + GAP) * len(shots) + GAP, HEIGHT + 2 * GAP), "#E2D7C3")
    for number, shot in enumerate(shots):
        whole.paste(shot, (GAP + number * (WIDTH + GAP), GAP))
    target = ROOT / "site_src" / "images" / "pages.png"
    target.parent.mkdir(exist_ok=True)
    whole.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)
    print(target.relative_to(ROOT), target.stat().st_size)


if __name__ == "__main__":
    main()
