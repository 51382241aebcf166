"""Service points as HSDS 3: every reference leads to a row, ids are UUIDs that stay, and nothing private is in them."""

from __future__ import annotations

import csv
import io
import json
from uuid import UUID

from built import Built


def tables(demo: Built) -> dict[str, list[dict[str, str]]]:
    folder = demo.site / "data/hsds"
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    found = {}
    for resource in described["resources"]:
        text = (folder / resource["path"]).read_text("utf-8")
        rows = list(csv.DictReader(io.StringIO(text)))
        columns = [each["name"] for each in resource["schema"]["fields"]]
        assert text.splitlines()[0].split(",") == columns
        found[resource["name"]] = rows
    for resource in described["resources"]:
        for key in resource["schema"]["foreignKeys"]:
            ids = {row["id"] for row in found[key["reference"]["resource"]]}
            assert {row[key["fields"]] for row in found[resource["name"]]} <= ids
    return found


def test_the_tables_belong_together(demo: Built) -> None:
    found = tables(demo)
    assert {row["name"] for row in found["service"]} == {
        "村口电商服务点（示例）",
        "社工站（示例）",
    }
    assert {row["status"] for row in found["service"]} == {"active"}
    assert [row["name"] for row in found["organization"]] == ["示例社工站"], "two points, one body"
    assert [row["number"] for row in found["phone"]] == ["0851-00000000"]
    ids = [row["id"] for rows in found.values() for row in rows]
    assert len({UUID(each) for each in ids}) == len(ids)
