"""Nothing that WeChat forbids or breaks: `design.md` §7, `standards.md` §3.2."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from built import Built

ROOT = Path(__file__).resolve().parent.parent
THEME = ROOT / "theme" / "xiangji_theme"
SCRIPTS = sorted((THEME / "scripts").glob("*.js"))

NEWER = {
    "optional chaining": r"\w\?\.[A-Za-z(\[]",
    "nullish coalescing": r"\?\?",
    "logical assignment": r"(\|\||&&|\?\?)=",
    "spread of objects": r"\{\s*\.\.\.",
    "private fields": r"\bthis\.#",
    "catch without a name": r"catch\s*\{",
    "flat, at, replaceAll": r"\.(flat|flatMap|at|replaceAll|fromEntries|matchAll|allSettled)\(",
    "finally of a promise": r"\.finally\(",
    "modules": r"^\s*(import|export)\b",
    "look-behind": r"\(\?<[=!]",
}
FORBIDDEN = {
    "a window that pops up": r"\b(alert|confirm|prompt|showModal|open)\(",
    "a cookie": r"document\.cookie",
    "text that becomes code": r"\b(eval|innerHTML|outerHTML|insertAdjacentHTML|document\.write)\b",
    "a thing in the background": r"serviceWorker|Notification|geolocation",
    "playing unasked": r"autoplay",
}
INDUCED = ("转发", "集赞", "助力", "分享到朋友圈", "关注公众号", "点赞")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda file: file.name)
def test_old_engines_can_read_the_scripts(script: Path) -> None:
    text = re.sub(r"^\s*//.*$", "", script.read_text("utf-8"), flags=re.MULTILINE)
    found = {name for name, sign in {**NEWER, **FORBIDDEN}.items() if re.search(sign, text, re.M)}
    assert found == set()


def test_the_signs_are_seen() -> None:
    """The patterns above find what they are for."""
    samples = {
        "optional chaining": "a?.b", "nullish coalescing": "a ?? b", "logical assignment": "a ||= b",
        "spread of objects": "x = {...y}", "private fields": "this.#a", "modules": "export default 1",
        "catch without a name": "try {} catch {}", "flat, at, replaceAll": "a.at(-1)",
        "finally of a promise": "p.finally(f)", "look-behind": "/(?<=a)b/",
        "a window that pops up": "alert('x')", "a cookie": "document.cookie", "playing unasked": "autoplay",
        "text that becomes code": "x.innerHTML = y", "a thing in the background": "navigator.serviceWorker",
    }  # fmt: skip
    every = {**NEWER, **FORBIDDEN}
    assert samples.keys() == every.keys()
    assert [name for name, text in samples.items() if not re.search(every[name], text)] == []


def test_nothing_floats_or_plays_by_itself(demo: Built) -> None:
    for at in demo.owned:
        text = (demo.file_at(at) or Path()).read_text("utf-8")
        assert "position:fixed" not in text, at
        assert not re.search(r"<(iframe|object|embed|dialog|video)\b|\bautoplay\b", text), at
        assert 'target="_blank"' not in text, at
        assert not [word for word in INDUCED if word in text], at


def test_codes_and_contacts_are_plain_pictures(demo: Built) -> None:
    """WeChat reads a code in a picture that is pressed and held, and in nothing else."""
    for at, sheet in demo.sheets.items():
        codes = [each for each in sheet.all("img") if "code." in each["src"]]
        assert [each["src"] for each in codes] == ["code.png"], at


def test_a_link_that_is_sent_says_what_it_is(demo: Built) -> None:
    for at, page in demo.owned.items():
        assert page.meta("description") and page.meta("og:title"), at
        assert page.meta("og:image").startswith("https://"), at
    read = {at: page for at, page in demo.pages.items() if at.startswith(("handbook/", "dev/"))}
    assert len(read) > 30
    for at, page in read.items():
        assert page.meta("og:title") and page.meta("og:image").startswith("https://"), at
        assert page.meta("og:url").endswith(f"/{at}"), at
