"""Lists of records: headings, order, numbers that are counted, and the pages that many records need."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from built import Built, Document, write
from views.test_said import VILLAGE, Everything, kind, pages, read
from xiangji.build import open_press
from xiangji.kinds.deciding.council import KIND as COUNCILS
from xiangji.kinds.deciding.council import Council, CouncilForm, Motion
from xiangji.kinds.together.event import Event, arranged
from xiangji.kinds.together.service import KIND as SERVICES
from xiangji.kinds.together.service import Service, ServiceForm
from xiangji.model.values import Moment
from xiangji.readers.config import read_settings
from xiangji.render.context import RenderContext
from xiangji.views.kind_lists import MOST_RELATED, UNSAID, counted, groups_of, kind_entry, related
from xiangji.views.said import as_data, fact_rows

TODAY = date(2026, 5, 1)


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> RenderContext:
    root = write(tmp_path_factory.mktemp("listed"), VILLAGE)
    settings, found = read_settings(root / "mkdocs.yml", TODAY)
    opened, problems = open_press(settings, found)
    assert opened is not None, problems
    return opened


def records(*texts: str) -> list[Everything]:
    return [read(f"编号: r{n}\n标题: 第 {n} 个\n{text}\n") for n, text in enumerate(texts, start=1)]


def grouped(
    context: RenderContext, several: list[Everything], **how: Any
) -> list[tuple[str, list[str]]]:
    found = groups_of(context, replace(kind(), **how), several)
    return [(heading, [each.id for each in below]) for heading, below in found]


# --- headings and order --------------------------------------------------------------------------


def test_without_anything_said_records_stand_as_written(context: RenderContext) -> None:
    assert grouped(context, records("", "", "")) == [("", ["r1", "r2", "r3"])]


def test_the_largest_is_first_and_what_has_none_last(context: RenderContext) -> None:
    several = records("", "哪天: 2026-01-02", "哪天: 2026-03-02", "", "哪天: 2026-02-02")
    assert grouped(context, several, order="day") == [("", ["r3", "r5", "r2", "r1", "r4"])]


def test_headings_stand_in_the_order_of_their_vocabulary(context: RenderContext) -> None:
    several = records("天气: 雨", "", "天气: 晴", "天气: 雨")
    assert grouped(context, several, group="weather") == [
        ("晴", ["r3"]),
        ("雨", ["r1", "r4"]),
        (UNSAID, ["r2"]),
    ]


def test_order_holds_below_a_heading(context: RenderContext) -> None:
    several = records("天气: 雨\n哪天: 2026-01-02", "天气: 雨\n哪天: 2026-02-02", "天气: 晴")
    assert grouped(context, several, group="weather", order="day") == [
        ("晴", ["r3"]),
        ("雨", ["r2", "r1"]),
    ]


def test_one_of_several_words_stands_below_each(context: RenderContext) -> None:
    several = records("几种天气: [雨, 晴]", "几种天气: [雨]", "")
    assert grouped(context, several, group="weathers") == [
        ("晴", ["r1"]),
        ("雨", ["r1", "r2"]),
        (UNSAID, ["r3"]),
    ]


def test_records_that_are_referred_to_are_headings_by_name(context: RenderContext) -> None:
    """And people by the one that may stand there: two whom nobody may name have one heading."""
    several = records("地点: libei", "人物: [secret-lan, mei]", "人物: [secret-zhu]")
    assert grouped(context, several[:1], group="place") == [("院坝", ["r1"])]
    headings = [heading for heading, _ in grouped(context, several[1:], group="people")]
    assert sorted(headings) == ["一位大姐", "一位没有公开姓名的人", "记歌的阿梅"]


def test_days_are_headings_as_people_read_them(context: RenderContext) -> None:
    assert grouped(context, records("哪天: 2026-01-02"), group="day") == [
        ("2026 年 1 月 2 日", ["r1"])
    ]


def an_event(key: str, at: str, until: str = "") -> Event:
    def moment(text: str) -> Moment:
        day, _, time = text.partition(" ")
        return Moment(date.fromisoformat(day), time)

    return Event(id=key, title=key, at=moment(at), until=moment(until) if until else None)


def test_events_to_come_stand_first_and_the_last_that_was_before_the_others() -> None:
    several = [
        an_event("was", "2026-04-30 10:00"),
        an_event("soon", "2026-05-02"),
        an_event("today", "2026-05-01 08:00"),
        an_event("long-ago", "2025-05-01"),
        an_event("goes-on", "2026-04-01", "2026-05-01"),
        an_event("far", "2027-05-01"),
    ]
    assert [
        (heading, [each.id for each in below]) for heading, below in arranged(several, TODAY)
    ] == [
        ("就要办的", ["goes-on", "today", "soon", "far"]),
        ("已经办过的", ["was", "long-ago"]),
    ]
    assert arranged([], TODAY) == []
    assert [heading for heading, _ in arranged(several[:1], TODAY)] == ["已经办过的"]


# --- what is counted -----------------------------------------------------------------------------


def test_numbers_are_counted(context: RenderContext) -> None:
    several = records("天气: 雨\n几种天气: [晴, 雨]", "", "天气: 晴\n几种天气: [雨]", "天气: 雨")
    asked = replace(kind(), tallies=("weather", "weathers"), measure="天")
    assert [each.text for each in counted(context, asked, several)] == [
        "一共 4 天",
        "天气：晴 1 天，雨 2 天",
        "几种天气：晴 1 天，雨 2 天",
    ]


def test_what_nobody_wrote_is_not_counted(context: RenderContext) -> None:
    asked = replace(kind(), tallies=("weather", "line", "place"))
    assert [each.text for each in counted(context, asked, records("", ""))] == ["一共 2 条"]
    assert counted(context, kind(), records("", "")) == []


def test_people_are_counted_by_the_name_that_may_stand_there(context: RenderContext) -> None:
    several = records("人物: [secret-lan, mei]", "人物: [mei]\n地点: libei", "")
    asked = replace(kind(), tallies=("people", "place"))
    told = [each.text for each in counted(context, asked, several)]
    assert told[1] == "地点：院坝 1 条"
    assert sorted(told[2].partition("：")[2].split("，")) == ["一位大姐 1 条", "记歌的阿梅 2 条"]


@pytest.mark.parametrize(
    ("field", "text", "note"),
    [
        ("day", "哪天: 2026-01-02", "2026 年 1 月 2 日"),
        ("weathers", "几种天气: [雨, 晴]", "雨、晴"),
        ("people", "人物: [secret-lan, mei]", "一位大姐、记歌的阿梅"),
        ("place", "地点: libei", "院坝"),
        ("money", "多少钱: 12", "¥12"),
        ("yes", "有没有: 否", ""),
        ("line", "", ""),
        ("", "", ""),
    ],
)
def test_the_line_below_a_title(context: RenderContext, field: str, text: str, note: str) -> None:
    (record,) = records(text)
    entry = kind_entry(context, replace(kind(), note=field), record, "everythings/")
    assert (entry.title, entry.note, entry.href) == ("第 1 个", note, "r1/")


# --- pages ---------------------------------------------------------------------------------------


def many(count: int) -> dict[str, str]:
    lines = [
        f"- {{编号: p{n:02}, 标题: 第 {n} 个, 进展: {'筹备' if n % 3 else '进行中'}, 开始: 2026-01-{n % 28 + 1:02}}}"
        for n in range(1, count + 1)
    ]
    return {"village/projects.yml": "\n".join(lines) + "\n"}


@pytest.mark.parametrize(("count", "leaves"), [(30, 1), (31, 2), (65, 3)])
def test_many_records_make_several_pages(tmp_path: Path, count: int, leaves: int) -> None:
    found = pages(write(tmp_path, VILLAGE | many(count)))
    places = ["projects/index.html", *(f"projects/-/{n}/index.html" for n in range(2, leaves + 1))]
    assert found.keys() >= {*places}
    assert f"projects/-/{leaves + 1}/index.html" not in found
    shown = [link for each in places for link in record_links(found[each])]
    assert len(shown) == len(set(shown)) == count
    first = Document(found["projects/index.html"].decode())
    lines = [p.text for p in first.all("p", **{"class": "muted"})]
    running = count // 3
    assert lines[:2] == [
        f"一共 {count} 个",
        f"进展：进行中 {running} 个、筹备 {count - running} 个",
    ]
    if leaves > 1:
        assert "一共" not in found[places[1]].decode()
        assert any(link == "-/2/" for link in first.links())


def record_links(content: bytes) -> list[str]:
    """Ids of the records that a page leads to."""
    found = (re.search(r"(?:^|/)(p\d+)/$", link) for link in Document(content.decode()).links())
    return [match[1] for match in found if match]


def test_one_index_leads_to_every_list(tmp_path: Path) -> None:
    more = {
        **many(2),
        "village/events.yml": "- {编号: hui, 标题: 尝鲜会, 时间: 2026-06-01}\n",
    }
    found = pages(write(tmp_path, VILLAGE | more))
    index = Document(found["village/index.html"].decode())
    entries = {each.text for each in index.all("li")}
    assert any("项目" in each and "2 个 · 村里和伙伴们" in each for each in entries)
    assert any("活动" in each and "1 场 · " in each for each in entries)
    links = list(index.links())
    assert links.index("../events/") < links.index("../projects/")
    assert "../places/" in links and "../producers/" not in links
    home = Document(found["projects/p01/index.html"].decode())
    assert "../../village/" in list(home.links())


def test_without_records_there_is_no_index(tmp_path: Path) -> None:
    bare = {**VILLAGE, "products/brand.yml": "名称: 立碑村\n"}
    found = pages(write(tmp_path, bare))
    assert not [each for each in found if each.startswith(("village/", "projects/", "events/"))]
    assert "village/" not in found["products/lajiao/index.html"].decode()


def test_whatever_refers_to_a_record_is_found_from_it(tmp_path: Path) -> None:
    more = {
        "village/projects/shou-yi.yml": "标题: 手艺班\n进展: 筹备\n负责人: [mei]\n产品: [lajiao]\n",
        "village/events/hui.yml": "标题: 尝鲜会\n时间: 2026-06-01\n项目: shou-yi\n地点: libei\n",
        "village/events/nei.yml": (
            "标题: 内部会\n时间: 2026-06-01\n项目: shou-yi\n产品: [lajiao]\n公开范围: 不公开\n"
        ),
    }
    found = pages(write(tmp_path, VILLAGE | more))
    for page, link in (
        ("projects/shou-yi/", "../../events/hui/"),
        ("people/mei/", "../../projects/shou-yi/"),
        ("products/lajiao/", "../../projects/shou-yi/"),
        ("places/libei/", "../../events/hui/"),
    ):
        links = list(Document(found[f"{page}index.html"].decode()).links())
        assert links.count(link) == 1, page
        assert "内部会" not in found[f"{page}index.html"].decode()


def test_each_word_has_a_list_of_its_own(demo: Built) -> None:
    """But for words that the list has as headings; search has each record once."""
    page = demo.pages["projects/-/needs/talent/"]
    went = {link.strip("./") for link in page.links()}
    assert {"shangjia-rumen", "zhubian-shouyi"} <= went and "laoren-jishi" not in went
    assert "../../../" in list(page.links()), "back to all"
    ways = [at for at in demo.pages if at.startswith("projects/-/")]
    assert {at.split("/")[2] for at in ways} == {"needs", "approaches"}
    assert all(link in went for link in ("approaches/training", "sales"))
    told = (demo.site / "search/index.json").read_text("utf-8")
    assert "projects/-/" not in told and "projects/shangjia-rumen/" in told


# --- sums and long lists of what refers here ------------------------------------------------------


def test_sums_stand_beside_the_number_of_records(context: RenderContext) -> None:
    several = [
        Service(id=f"s{n}", title="去帮忙", on=TODAY, form=ServiceForm.FARMING, households=n)
        for n in (3, 6, 12)
    ]
    (whole, _) = counted(context, SERVICES, several)
    assert whole.text == "一共 3 次，帮到 18 户次（另有 1 次各不到 5，没有加进来）"


def test_a_small_number_is_in_no_row_and_in_no_data(context: RenderContext) -> None:
    few = Service(
        id="a", title="走访", on=TODAY, form=ServiceForm.VISITING, households=3, persons=12
    )
    data = as_data(context, few)
    assert (data["households"], data["persons"]) == ("不到 5", 12)
    rows = {
        row.label: [each.text for each in row.links]
        for row in fact_rows(context, SERVICES, few, "services/a/")
    }
    assert rows["帮到几户"] == ["不到 5 户"] and rows["帮到几人"] == ["12 人次"]


def test_texts_inside_a_record_say_which_they_are(context: RenderContext) -> None:
    """A dissent and a decision once stood in one line without a word of which is which."""
    motions = (Motion(put="写花生", dissent="怕没人买", decision="都写"), Motion(put="写产地"))
    council = Council(
        id="a", title="标签", on=TODAY, form=CouncilForm.THREE_PARTIES, motions=motions
    )
    rows = {row.label: row for row in fact_rows(context, COUNCILS, council, "councils/a/")}
    assert [each.text for each in rows["议题"].links] == [
        "写花生 · 不同意见：怕没人买 · 定了什么：都写",
        "写产地",
    ]
    assert rows["议题"].listed


def test_another_page_links_to_the_latest_records_and_to_the_list_of_the_rest(
    tmp_path: Path,
) -> None:
    rows = "".join(
        f"fw-{n:02},2025-{1 + n // 28:02}-{1 + n % 28:02},第 {n} 次,走访,dui\n" for n in range(30)
    )
    files = {
        "mkdocs.yml": "site_name: 村\n",
        "products/brand.yml": "名称: 村\n",
        "village/teams.yml": "- {编号: dui, 名称: 甲队, 类型: 志愿服务队}\n",
        "village/services.csv": f"编号,哪天,做了什么,类型,队伍\n{rows}",
    }
    settings, found = read_settings(write(tmp_path, files) / "mkdocs.yml", TODAY)
    opened, problems = open_press(settings, found)
    assert opened is not None, problems
    (only,) = related(opened, "teams", "dui", "teams/dui/")
    assert only.heading == "服务"
    assert [each.title for each in only.entries] == [
        *(f"第 {n} 次" for n in range(29, 29 - MOST_RELATED, -1)),
        "一共 30 次，都在“服务”里",
    ]


def test_days_are_counted_by_year_and_records_by_name(context: RenderContext) -> None:
    """Of each, the latest year first, with the list of it; two products of one name are two."""
    several = records("哪天: 2025-01-02\n地点: libei", "哪天: 2026-01-02", "哪天: 2025-03-02", "")
    asked = replace(kind(), tallies=("day", "place"))
    whole, *tallies = counted(context, asked, several)
    assert [each.text for each in (whole, *tallies)] == [
        "一共 4 条",
        "年份：2026 年 1 条，2025 年 2 条",
        "地点：院坝 1 条",
    ]
    assert [part.address for tally in tallies for part in tally.parts] == [
        "everythings/-/day/2026/",
        "everythings/-/day/2025/",
        "everythings/-/place/libei/",
    ]
