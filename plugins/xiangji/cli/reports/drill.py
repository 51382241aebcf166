"""`xiangji recall LOT --drill`: a recall tried out. The record of drills is all that it writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from xiangji.cli.village import unwritten
from xiangji.cli.words import message_key, say
from xiangji.editing.table_rows import with_rows
from xiangji.library.recall import Recall
from xiangji.output.single_file import content_place, put_content, read_content
from xiangji.readers.tables.registers import DRILLS
from xiangji.records.drill import RecallDrill

_MARK = "【演练】"
"""Before every line of the notice, in Chinese for whoever reads it in the village group: a part of it may be sent on."""


def marked(found: Recall) -> Recall:
    """The same with a notice of which every line says that it is a drill."""
    lines = ("这是召回演练，不是真的召回，东西照常。", *found.notice.split("\n"))
    return Recall(found.lot, found.further, "\n".join(f"{_MARK}{line}" for line in lines))


def drill_of(found: Recall, on: date) -> RecallDrill:
    """What the record keeps of a drill."""
    lots = (found.lot, *found.further)
    return RecallDrill(
        held_on=on,
        batch=found.lot.batch.key,
        reached=len(lots),
        codes=sum(len(each.codes) for each in lots),
        missing="，".join(_missing(found)) or None,
    )


def _missing(found: Recall) -> Iterator[str]:
    """What a real recall would have to ask for first."""
    lots = (found.lot, *found.further)
    for word, count in (
        ("去向", sum(not each.batch.destination for each in lots)),
        ("数量", sum(each.batch.quantity is None for each in lots)),
        ("生产日期", sum(each.batch.made_on is None for each in lots)),
        ("登记过的码", sum(not each.codes for each in lots)),
    ):
        if count:
            yield f"{word} {count} 批"
    if found.notice.endswith("电话：未记录"):
        yield "电话"


def keep_drill(lang: str, root: Path, drill: RecallDrill) -> None:
    """The drill behind those before it. Ends with status 1 where it cannot be written."""
    file = root / DRILLS
    try:
        content_place(root, file)
        added = with_rows(read_content(file), [drill], RecallDrill, DRILLS)
        if added.obstacle:
            click.echo(
                say(message_key(added.obstacle), lang, place=DRILLS, about=added.about), err=True
            )
            raise SystemExit(1)
        put_content(root, file, added.content)
    except OSError as error:
        click.echo(unwritten(lang, DRILLS, error), err=True)
        raise SystemExit(1) from error
    click.echo(say("drill-kept", lang, place=DRILLS, missing=drill.missing or "—"), err=True)
