"""Declares workshops: what was said in a story session, as `stories/<story>/workshop.yml`."""

from __future__ import annotations

from xiangji.model.kind import RecordFile, RecordKind, is_public
from xiangji.records.story import Workshop

KIND = RecordKind(
    name="workshops",
    one="workshop",
    record=Workshop,
    files=(RecordFile("workshop", ("stories/*/workshop",)),),
    family="workshops",
    heading="工作坊",
    lead="村里坐到一起说过的话，一场一场记在这里。",
    publishable=is_public,
    note="kind",
    measure="场",
    exports=(),
)
