"""Finds a Chromium and a Chinese font for the tests of pages, and on Debian installs them if they are missing.

The environment variable `XIANGJI_CHROMIUM` names another browser. The program prints the browser's path and exits with
status 0, or says what to install and exits with status 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
    "chrome",
)
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
PACKAGES = ("chromium", "fonts-noto-cjk")


def find() -> str | None:
    """Return the path of the browser to use; None if there is none."""
    given = os.environ.get("XIANGJI_CHROMIUM")
    if given:
        return given if Path(given).is_file() else None
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return next((place for place in PLACES if Path(place).is_file()), None)


def has_chinese_font() -> bool:
    """Whether a font with Chinese characters is installed. Without fontconfig, Windows and macOS count as having one."""
    if not shutil.which("fc-list"):
        return sys.platform in ("win32", "darwin")
    answer = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(answer.stdout.strip())


def install() -> None:
    """Install both from Debian's packages, as root or through sudo; do nothing on other systems."""
    if not shutil.which("apt-get"):
        return
    root = [] if getattr(os, "geteuid", lambda: 1)() == 0 else ["sudo", "-n"]
    if root and not shutil.which("sudo"):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-qq"], ["install", "-y", "-qq", *PACKAGES]):
        subprocess.run(
            [*root, "apt-get", *command], env=environment, check=False, stdout=subprocess.DEVNULL
        )


def main() -> int:
    if not find() or not has_chinese_font():
        install()
    browser = find()
    if browser and has_chinese_font():
        print(browser)
        return 0
    print(
        "The tests of pages need Chromium, Chrome or Edge and a Chinese font. "
        f"Install them (on Debian: {' '.join(PACKAGES)}), or set XIANGJI_CHROMIUM.",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
