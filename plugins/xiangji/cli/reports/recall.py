"""`xiangji recall LOT`: what a recall reaches, as text to work through, or as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from xiangji import urls
from xiangji.cli.words import message_key, say
from xiangji.library.recall import ReachedLot, Recall
from xiangji.records.code import PrintedCode


def as_text(found: Recall, lang: str, site_url: str | None, drill: bool = False) -> str:
    """The list, what is still to be written, and the notice; a drill says so at both ends."""
    parts = [_section("lot", [found.lot], lang, site_url)]
    parts.append(_section("further", found.further, lang, site_url))
    writing = "\n".join(_to_write(found, lang))
    notice = f"{say('recall-notice', lang)}\n{found.notice}"
    if not drill:
        return "\n\n".join([*parts, writing, notice])
    head = say("drill-head", lang)
    later = f"{say('drill-write', lang)}\n{writing}"
    return "\n\n".join([head, *parts, notice, later, head])


def as_json(found: Recall, site_url: str | None, drill: bool = False) -> str:
    """One object with English names."""
    told = {
        "drill": drill,
        "recalled": found.said,
        "lot": _object(found.lot, site_url),
        "used_in": [_object(each, site_url) for each in found.further],
        "notice": found.notice,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _section(
    name: str, lots: tuple[ReachedLot, ...] | list[ReachedLot], lang: str, site_url: str | None
) -> str:
    lines = [say(message_key(f"recall-head-{name}"), lang)]
    for each in lots:
        lines += _lines(each, lang, site_url)
    return "\n".join(lines if lots else [*lines, f"  {say('none', lang)}"])


def _lines(each: ReachedLot, lang: str, site_url: str | None) -> Iterator[str]:
    batch = each.batch
    unknown = say("recall-unknown", lang)
    state = (str(batch.status) if lang == "zh" else batch.status.key) if batch.status else unknown
    yield f"  {batch.key}  {each.product.name}  {say('recall-state', lang, state=state)}"
    yield f"    {say('recall-sheet', lang)}{_full(each.sheet, site_url)}"
    yield f"    {say('recall-quantity', lang)}{batch.quantity or unknown}"
    yield f"    {say('recall-destination', lang)}{batch.destination or unknown}"
    if not each.codes:
        yield f"    {say('recall-codes', lang)}{say('recall-unregistered', lang)}"
    for code in each.codes:
        yield f"    {say('recall-codes', lang)}{_full(code.address, site_url)}"
        for run in code.runs:
            yield f"      {_run(run, lang)}"


def _run(run: PrintedCode, lang: str) -> str:
    unknown = say("recall-unknown", lang)
    return say(
        "recall-run",
        lang,
        run=run.run or unknown,
        quantity=run.quantity or unknown,
        material=run.material or unknown,
        day=run.printed_on or unknown,
    )


def _to_write(found: Recall, lang: str) -> Iterator[str]:
    """Yield the line that is to be written for each lot that is not marked as recalled yet."""
    if not found.said:
        yield say("recall-write", lang, **_place(found.lot))
    for each in found.silent:
        yield say("recall-write-further", lang, **_place(each))
    if found.said and not found.silent:
        yield say("recall-written", lang)


def _place(each: ReachedLot) -> dict[str, object]:
    place = each.batch.origin.of("status")
    return {"about": each.batch.key, "place": f"{place.path}:{place.line}"}


def _object(each: ReachedLot, site_url: str | None) -> dict[str, Any]:
    batch = each.batch
    return {
        "lot": batch.key,
        "product": each.product.name,
        "status": batch.status.key if batch.status else None,
        "made_on": batch.made_on.isoformat() if batch.made_on else None,
        **({"harvested_on": batch.harvested_on.isoformat()} if batch.harvested_on else {}),
        "quantity": str(batch.quantity) if batch.quantity else None,
        "destination": batch.destination,
        "sheet": _full(each.sheet, site_url),
        "codes": [
            {
                "address": _full(code.address, site_url),
                "runs": [
                    {
                        "run": run.run,
                        "quantity": str(run.quantity) if run.quantity else None,
                        "printed_on": str(run.printed_on) if run.printed_on else None,
                        "material": run.material,
                    }
                    for run in code.runs
                ],
            }
            for code in each.codes
        ],
    }


def _full(address: str, site_url: str | None) -> str:
    return urls.absolute(address, site_url) if site_url else f"/{address}"
