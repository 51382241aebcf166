"""What another village's site publishes is read here, with the address it came from and without its ids."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from built import Built, here, write
from xiangji.kinds.installed import further_kinds
from xiangji.model.fields import fields_of
from xiangji.readers.other_sites import FIELD
from xiangji.readers.village import gather

CONFIG = "site_name: 邻村\nsite_url: https://lincun.example.cn/\nplugins: [xiangji]\n"
TAKING = [
    kind.name
    for kind in further_kinds()
    if any(row.name == FIELD for row in fields_of(kind.record))
]


def test_some_kinds_take_it() -> None:
    assert {"events", "projects"} <= {*TAKING}


@pytest.fixture(scope="module")
def neighbour(demo: Built, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a village that took over whatever the demo publishes and may be taken over."""
    files = {
        f"village/{name}/yanglang.json": (demo.site / "data" / f"{name}.json").read_text("utf-8")
        for name in TAKING
    }
    files |= {"mkdocs.yml": CONFIG, "products/brand.yml": "名称: 邻村\n"}
    root = write(tmp_path_factory.mktemp("neighbour"), files)
    done = here("xiangji", "build", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@pytest.mark.parametrize("name", TAKING)
def test_what_the_demo_publishes_is_read_by_another_village(
    name: str, demo: Built, neighbour: Path
) -> None:
    told = json.loads((demo.site / "data" / f"{name}.json").read_text("utf-8"))[name]
    again = json.loads((neighbour / "data" / f"{name}.json").read_text("utf-8"))[name]
    assert [each["id"] for each in again] == [f"yanglang-{each['id']}" for each in told]
    assert [each["elsewhere"] for each in again] == [each["url"] for each in told]
    assert [each["title"] for each in again] == [each["title"] for each in told]
    page = (neighbour / name / again[0]["id"] / "index.html").read_text("utf-8")
    assert told[0]["url"] in page and "原来的网址" in page


def test_nobody_s_name_and_no_reference_comes_along(tmp_path: Path) -> None:
    record = {
        "id": "jishi",
        "title": "记事",
        "progress": "done",
        "leaders": ["别村的人"],
        "partners": ["she"],
        "funding": [{"kind": "collective", "partner": "she"}],
        "url": "https://example.cn/projects/jishi/",
    }
    root = write(
        tmp_path,
        {
            "products/brand.yml": "名称: 邻村\n",
            "village/projects/linju.json": json.dumps({"projects": [record]}, ensure_ascii=False),
        },
    )
    gathered = gather(root)
    (project,) = gathered.shelves["projects"]
    assert project.id == "linju-jishi" and not project.leaders and not project.partners
    assert [each.partner for each in project.funding] == [None]
