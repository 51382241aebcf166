"""`xiangji report handover`: who edited what, and what a successor has to know, as text, CSV or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import msgspec

from xiangji.cli.reports.csv_table import csv_table
from xiangji.cli.text_table import aligned
from xiangji.cli.words import message_key, say
from xiangji.handover.edits import EditHistory, EditShare, HistoryKept, SoleEditor
from xiangji.handover.needs import HandoverNeed
from xiangji.handover.report import Handover

_MOST = 30
"""The most lines of one section of the text. The table and the data have all."""

_GROUPS = ("accounts", "codes", "lots", "consents", "certificates")
"""The groups of needs whose headings are ours. Others are headings of kinds."""


def as_text(found: Handover, lang: str) -> str:
    """Return the report as text: edits by file, by quarter and by kind, then what is to be known and done."""
    parts = [*_edits(found.history, lang), *_needs(found.needs, lang)]
    return "\n\n".join([*parts, say("handover-last", lang)])


def _edits(history: EditHistory, lang: str) -> Iterator[str]:
    """Yield the sections about edits, or the one sentence that says why there are none."""
    if history.kept is not HistoryKept.YES:
        yield say(message_key(f"handover-git-{history.kept.value}"), lang)
    if history.kept in (HistoryKept.NO, HistoryKept.UNREADABLE):
        return
    head = say("handover-sole", lang, count=len(history.sole), files=history.files)
    yield _section(head, [_file(each, lang) for each in history.sole], lang)
    for title, several in (("quarters", history.quarters), ("kinds", history.kinds)):
        if several:
            columns = ("name", "edits", "villagers", "others", "unknown", "editors")
            names = [say(message_key(f"handover-{column}"), lang) for column in columns]
            rows = [_share(each, title, lang) for each in several]
            yield f"{say(message_key(f'handover-{title}'), lang)}\n{aligned([names, *rows])}"
    if history.unknown:
        named = ("、" if lang == "zh" else ", ").join(history.unknown)
        yield say("handover-unmatched", lang, names=named)


def _file(each: SoleEditor, lang: str) -> str:
    return say(
        "handover-file",
        lang,
        path=each.path,
        about=each.about,
        editor=each.editor,
        count=each.edits,
    )


def _share(each: EditShare, title: str, lang: str) -> list[str]:
    """The cells of a row: the share of villagers stands with their number."""
    villagers = say("fairness-cell", lang, places=each.villagers, share=each.percent)
    counts = (each.others, each.unknown, each.editors)
    return [_named(each, title, lang), str(each.edits), villagers, *map(str, counts)]


def _named(each: EditShare, title: str, lang: str) -> str:
    if title != "quarters":
        return each.name
    year, quarter = each.name.split("-")
    return say("handover-quarter", lang, year=year, quarter=quarter)


def _needs(needs: Sequence[HandoverNeed], lang: str) -> Iterator[str]:
    groups: dict[str, list[str]] = {}
    for each in needs:
        parts = [each.title, each.note, each.place]
        groups.setdefault(each.group, []).append(" · ".join(part for part in parts if part))
    for group, lines in groups.items():
        yield _section(_heading(group, lang), lines, lang)


def _heading(group: str, lang: str) -> str:
    if group in _GROUPS:
        return say(message_key(f"handover-{group}"), lang)
    return f"{group}：" if lang == "zh" else f"{group}:"


def _section(head: str, lines: Sequence[str], lang: str) -> str:
    shown = [f"  {each}" for each in lines[:_MOST]]
    if len(lines) > _MOST:
        shown.append("  " + say("handover-more", lang, count=len(lines) - _MOST))
    return "\n".join([head, *(shown or [f"  {say('none', lang)}"])])


def as_csv(found: Handover, lang: str) -> str:
    """Return a CSV table for WPS and Excel: a row for each file, quarter, kind and need."""
    columns = ("section", "what", "note", "place")
    head = [say(message_key(f"handover-{column}"), lang) for column in columns]
    return csv_table([head, *_rows(found, lang)])


def _rows(found: Handover, lang: str) -> Iterator[list[str]]:
    history = found.history
    if history.kept is not HistoryKept.YES:
        yield ["Git", say(message_key(f"handover-git-{history.kept.value}"), lang), "", ""]
    for file in history.sole:
        note = f"{file.editor} · {file.edits}"
        yield [say("handover-sole-short", lang), file.about, note, file.path]
    for title, several in (("quarters", history.quarters), ("kinds", history.kinds)):
        for each in several:
            note = say("handover-cells", lang, **_counts(each))
            yield [say(message_key(f"handover-{title}"), lang), _named(each, title, lang), note, ""]
    for need in found.needs:
        yield [_heading(need.group, lang), need.title, need.note, need.place]


def _counts(each: EditShare) -> dict[str, int]:
    return {
        "edits": each.edits,
        "villagers": each.villagers,
        "percent": each.percent,
        "others": each.others,
        "unknown": each.unknown,
        "editors": each.editors,
    }


def as_json(found: Handover) -> str:
    """Return JSON: the edits and the needs, with English names."""
    return json.dumps(msgspec.to_builtins(found), ensure_ascii=False, indent=2)
