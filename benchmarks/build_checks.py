"""Checks that a generator has made what was asked for: counts pages, reads contents, decodes codes."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from PIL import Image

from peers import Peer, sheet_address
from village_facts import Batch, Village

SAMPLE = 20
"""Number of batch pages that are read, drawn with a fixed seed."""
DECODED = 3
"""Number of codes that are decoded."""
_NO_TEXT = re.compile(r"(?s)<(script|style|head)\b.*?</\1>|<[^>]+>")


class Lacking(Exception):
    """A built site is not as it should be. The text says why."""


def check_site(peer: Peer, village: Village) -> None:
    """Check a built site completely. Raises `Lacking` if a page, a fact or a code is missing, or if there are too many."""
    _tell(peer, [*_pages(peer, village), *_sheets(peer, village)])


def check_pages(peer: Peer, village: Village) -> None:
    """Check the pages of a built site. Raises `Lacking` if one is missing, or if there are too many."""
    _tell(peer, list(_pages(peer, village)))


def _tell(peer: Peer, faults: list[str]) -> None:
    if faults:
        more = f" and {len(faults) - 5} more" if len(faults) > 5 else ""
        raise Lacking(f"{peer.name}: {'; '.join(faults[:5])}{more}")


def files_of(out: Path) -> tuple[int, int]:
    """Return the number of files of a site, and their bytes."""
    sizes = [each.stat().st_size for each in out.rglob("*") if each.is_file()]
    return len(sizes), sum(sizes)


def _pages(peer: Peer, village: Village) -> Iterator[str]:
    wanted = {
        "batch": {sheet_address(each) for each in village.batches},
        "product": {f"products/{each.id}/" for each in village.products},
        "story": {f"stories/{each.id}/" for each in village.stories},
    }
    patterns = {"batch": "t/[!-]*/*", "product": "products/*", "story": "stories/*"}
    for kind, addresses in wanted.items():
        found = {
            f"{page.parent.relative_to(peer.out).as_posix()}/"
            for page in peer.out.glob(f"{patterns[kind]}/index.html")
        }
        if found != addresses:
            odd = sorted(found ^ addresses)[0]
            yield f"{len(found)} {kind} pages instead of {len(addresses)}, such as {odd}"


def _sheets(peer: Peer, village: Village) -> Iterator[str]:
    chance = random.Random(20261122)
    batches = list(village.batches)
    drawn = chance.sample(batches, min(SAMPLE, len(batches)))
    for number, batch in enumerate(drawn):
        address = sheet_address(batch)
        try:
            source = peer.page(address)
        except FileNotFoundError:
            continue  # The missing page is reported by `_pages` already.
        text = _folded(_text(source))
        for fact in _facts(batch, village):
            if _folded(fact) not in text:
                yield f"{address} does not say {fact}"
        if peer.codes and number < DECODED:
            read = _code(peer.out / address)
            if read != village.url + address:
                yield f"the code of {address} says {read}"
    if peer.codes:
        lacking = sum(1 for each in batches if not _picture(peer.out / sheet_address(each)))
        if lacking:
            yield f"{lacking} batches have no code"


def _facts(batch: Batch, village: Village) -> Iterator[str]:
    """Yield every fact that the page of a batch must contain, as continuous text."""
    product = next(each for each in village.products if each.id == batch.product)
    yield from (batch.lot, product.name, product.maker, batch.quantity, batch.destination)
    yield from (_day(batch.day), f"这一批{batch.state}", product.storage, f"{product.months} 个月")
    for step in batch.steps:
        day, _, clock = step.when.partition(" ")
        yield f"{step.name}{_day(day)}{clock}"
    for check in batch.checks:
        yield f"{check.level}{check.result}"
        yield _day(check.day)
        yield check.signed


def _text(source: str) -> str:
    return html.unescape(_NO_TEXT.sub("", source))


def _folded(text: str) -> str:
    """Return the text without white space and colons, which a layout may put between words."""
    return re.sub(r"[\s:：]+", "", text)


def _day(text: str) -> str:
    day = date.fromisoformat(text)
    return f"{day.year}年{day.month}月{day.day}日"


def _picture(folder: Path) -> Path | None:
    return next(folder.glob("*.png"), None)


def _code(folder: Path) -> str | None:
    """Return what an independent decoder reads from the picture of a batch's code."""
    import zxingcpp

    picture = _picture(folder)
    if picture is None:
        return None
    with Image.open(picture) as opened:
        found = zxingcpp.read_barcodes(opened.convert("L"))
    return found[0].text if found else None
