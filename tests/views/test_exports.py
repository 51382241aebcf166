"""What programs get of the records of a kind: calendars, tables and data, read back by programs of others."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from built import write
from xiangji.build import build
from xiangji.kinds.together.event import Event
from xiangji.model.location import Location
from xiangji.model.values import Moment
from xiangji.problems import Report
from xiangji.readers.config import read_settings
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.cell_value import FORMULA
from xiangji.readers.yaml.yaml_file import parse_yaml
from xiangji.views.exports import _folded, _span, _text

TODAY = date(2026, 5, 1)
VILLAGE = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": (
        "名称: 立碑村\n地点:\n  - {编号: libei, 名称: 院坝, 行政区划: 贵州省，羊场乡}\n"
    ),
    "products/lajiao/product.yml": "名称: 糍粑辣椒\n类型: 农产品\n",
    "stories/people.yml": (
        "人物:\n"
        "  - 编号: secret-lan\n    姓名: 唱歌的阿兰\n    化名: 一位大姐\n"
        "  - 编号: mei\n    姓名: 记歌的阿梅\n    同意:\n      - {用途: 姓名, 同意日期: 2026-01-01}\n"
    ),
}


def files(root: Path, more: dict[str, str]) -> dict[str, bytes]:
    """All files of a small village with these files, by path."""
    write(root, VILLAGE | more)
    settings, found = read_settings(root / "mkdocs.yml", TODAY)
    site = build(settings, found)
    assert not site.fatal(), site.problems
    return {each.file: each.content for each in (*site.pages, *site.artifacts)}


def events(content: bytes) -> list[Any]:
    return list(Calendar.from_ical(content).walk("VEVENT"))


def event(root: Path, text: str) -> Any:
    found = files(root, {"village/events/hui.yml": f"标题: 尝鲜会\n{text}"})
    (one,) = events(found["events/hui/event.ics"])
    assert events(found["events/events.ics"]) == [one]
    return one


# --- calendars -----------------------------------------------------------------------------------

LONG = "寨子里的辣椒、糍粑和酒；来的人坐下来尝，尝完再说：要不要带一罐走。" * 6


def test_a_program_of_somebody_else_reads_a_calendar(tmp_path: Path) -> None:
    text = f"时间: 2026-06-01 07:30\n结束: 2026-06-01 15:00\n地点: libei\n介绍: |\n  {LONG}\n  第二行, 有 \\ 和 ; 号\n"
    one = event(tmp_path, text)
    assert one["UID"] == "hui@cun.example.cn"
    assert one["SUMMARY"] == "尝鲜会"
    # 07:30 in China is half past eleven in the evening before, in UTC.
    assert one["DTSTART"].dt == datetime(2026, 5, 31, 23, 30, tzinfo=UTC)
    assert one["DTEND"].dt == datetime(2026, 6, 1, 7, 0, tzinfo=UTC)
    assert one["LOCATION"] == "贵州省，羊场乡 院坝"
    assert one["DESCRIPTION"] == f"{LONG}\n第二行, 有 \\ 和 ; 号"
    assert str(one["URL"]) == "https://cun.example.cn/events/hui/"
    assert "STATUS" not in one


def test_its_lines_end_and_are_as_long_as_the_standard_says(tmp_path: Path) -> None:
    text = f"时间: 2026-06-01\n介绍: |\n  {LONG}\n"
    found = files(tmp_path, {"village/events/hui.yml": f"标题: 尝鲜会\n{text}"})
    content = found["events/events.ics"]
    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(map(len, lines)) <= 75 and any(line.startswith(b" ") for line in lines)
    assert not any(b"\n" in line for line in lines)
    assert all(line.decode() for line in lines)


@pytest.mark.parametrize(
    ("text", "written"),
    [("甲,乙;丙", r"甲\,乙\;丙"), ("a\\n", r"a\\n"), ("一\r\n二\r三\n四", r"一\n二\n三\n四")],
)
def test_signs_with_a_meaning_are_escaped(text: str, written: str) -> None:
    assert _text(text) == written


def test_no_build_makes_another_calendar(tmp_path: Path) -> None:
    text = {"village/events/hui.yml": "标题: 尝鲜会\n时间: 2026-06-01\n"}
    assert [files(tmp_path / name, text)["events/events.ics"] for name in "ab"] == [
        files(tmp_path / "a", text)["events/events.ics"]
    ] * 2


@pytest.mark.parametrize(
    ("begin", "end", "told"),
    [
        ("2026-06-01", "", (date(2026, 6, 1), None)),
        ("2026-06-01", "2026-06-01", (date(2026, 6, 1), date(2026, 6, 2))),
        ("2026-06-01", "2026-06-30", (date(2026, 6, 1), date(2026, 7, 1))),
        # Both have to be days, or both instants.
        ("2026-06-01", "2026-06-02 18:00", (date(2026, 6, 1), date(2026, 6, 3))),
        (
            "2026-06-01 10:00",
            "2026-06-01",
            (datetime(2026, 6, 1, 2, tzinfo=UTC), datetime(2026, 6, 1, 16, tzinfo=UTC)),
        ),
        # An end has to come after the beginning.
        ("2026-06-01 10:00", "2026-06-01 10:00", (datetime(2026, 6, 1, 2, tzinfo=UTC), None)),
    ],
)
def test_the_last_day_of_an_event_belongs_to_it(
    tmp_path: Path, begin: str, end: str, told: tuple[date, date | None]
) -> None:
    one = event(tmp_path, f"时间: {begin}\n" + (f"结束: {end}\n" if end else ""))
    found = (one["DTSTART"].dt, one["DTEND"].dt if "DTEND" in one else None)
    assert found == told
    assert [type(each) for each in found] == [type(each) for each in told]


def test_what_was_called_off_says_so(tmp_path: Path) -> None:
    text = {"village/events/hui.yml": "标题: 尝鲜会\n时间: 2026-06-01\n取消: 是\n"}
    found = files(tmp_path, text)
    (one,) = events(found["events/hui/event.ics"])
    assert one["STATUS"] == "CANCELLED"
    page = found["events/hui/index.html"].decode()
    assert "取消了，不办了。" in page and "event.ics" not in page


def test_a_page_leads_to_its_calendar(tmp_path: Path) -> None:
    text = {"village/events/hui.yml": "标题: 尝鲜会\n时间: 2026-06-01\n"}
    assert 'href="event.ics"' in files(tmp_path, text)["events/hui/index.html"].decode()


def test_what_stays_at_home_is_in_no_calendar(tmp_path: Path) -> None:
    text = {
        "village/events/hui.yml": "标题: 尝鲜会\n时间: 2026-06-01\n",
        "village/events/nei.yml": "标题: 内部会\n时间: 2026-06-01\n公开范围: 不公开\n",
    }
    found = files(tmp_path, text)
    assert [one["SUMMARY"] for one in events(found["events/events.ics"])] == ["尝鲜会"]
    assert "events/nei/event.ics" not in found


@given(st.text(st.sampled_from("村寨a,;\\ é𠮷🍵:") | st.characters(codec="utf-8"), max_size=300))
def test_any_line_is_folded_between_characters(text: str) -> None:
    folded = _folded(f"SUMMARY:{_text(text)}")
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))
    assert "".join([folded.split("\r\n")[0], *(p[1:] for p in folded.split("\r\n")[1:])]) == (
        f"SUMMARY:{_text(text)}"
    )


@given(
    st.text(st.sampled_from("村,;\\nN\n\r\t:\"'\x00\x0b\x1f\x7f") | st.characters(codec="utf-8"))
)
def test_any_text_is_read_as_it_was_written(text: str) -> None:
    lines = [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        f"SUMMARY:{_text(text)}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    content = "".join(f"{_folded(line)}\r\n" for line in lines)
    (one,) = events(content.encode())
    meant = text.strip().replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in meant if sign in "\n\t" or not (sign < " " or sign == "\x7f"))
    assert str(one["SUMMARY"]) == kept


moments = st.builds(
    Moment,
    st.dates(date(1000, 1, 2), date(2999, 12, 30)),
    st.sampled_from(["", "00:00", "07:30", "23:59"]),
)


@given(moments, moments)
def test_any_event_ends_after_it_begins(one: Moment, other: Moment) -> None:
    begin, end = sorted((one, other), key=lambda each: (each.day, each.time))
    begins, ends = _span(begin, end)
    assert begins.startswith(";VALUE=DATE") == ends.startswith(";VALUE=DATE") or not ends
    assert not ends or begins < ends


# --- tables --------------------------------------------------------------------------------------


def rows(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf") and content.endswith(b"\r\n")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


PROJECT = (
    '标题: 手艺, "班"\n进展: 筹备\n开始: 2026-03-02\n需求: [产品销售, 人才培育]\n'
    "负责人: [secret-lan, mei]\n产品: [lajiao]\n地点: libei\n"
    "出资: [{类型: 自筹, 金额: 1200.5, 说明: 各家凑的}]\n简介: |\n  一行\n  两行\n"
)


def test_python_reads_the_table(tmp_path: Path) -> None:
    found = files(tmp_path, {"village/projects/shou-yi.yml": PROJECT})
    (row,) = rows(found["data/projects.csv"])
    assert row["编号"] == "shou-yi" and row["标题"] == '手艺, "班"'
    assert row["进展"] == "筹备" and row["开始"] == "2026-03-02"
    assert row["需求"] == "产品销售、人才培育"
    assert row["负责人"] == "一位大姐、记歌的阿梅"
    assert row["产品"] == "糍粑辣椒" and row["地点"] == "院坝"
    assert row["出资"] == "自筹 ¥1200.50 各家凑的"
    assert row["简介"] == "一行\n两行"
    assert row["结束"] == row["来源"] == ""
    assert "公开范围" not in row and "图片" not in row and "放行" not in row


RUNS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", "'=1", '=HYPERLINK("http://x")']


@pytest.mark.parametrize("text", RUNS)
def test_a_spreadsheet_runs_nothing_of_it(tmp_path: Path, text: str) -> None:
    quoted = json.dumps(text, ensure_ascii=False)
    record = (
        f"标题: {quoted}\n进展: 筹备\n简介: {json.dumps(chr(9) + text)}\n"
        f"出资: [{{类型: 自筹, 说明: {quoted}}}]\n平常话: [{quoted}]\n"
    )
    found = files(tmp_path, {"village/projects/shou-yi.yml": record})
    content = found["data/projects.csv"].decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(content, newline="")))
    for cell in (cell for row in table for cell in row):
        assert cell[:1] not in tuple("=+-@＝＋－＠\t\r\n "), cell
    assert FORMULA.match(rows(found["data/projects.csv"])[0]["标题"])


# --- data ----------------------------------------------------------------------------------------


def test_data_is_what_was_written_under_english_keys(tmp_path: Path) -> None:
    found = files(tmp_path, {"village/projects/shou-yi.yml": PROJECT})
    (told,) = json.loads(found["data/projects.json"])["projects"]
    assert told == {
        "id": "shou-yi",
        "title": '手艺, "班"',
        "progress": "preparing",
        "begins_on": "2026-03-02",
        "needs": ["sales", "talent"],
        "leaders": ["一位大姐", "记歌的阿梅"],
        "products": ["lajiao"],
        "place": "libei",
        "funding": [{"kind": "own", "amount": "1200.50", "note": "各家凑的"}],
        "intro": "一行\n两行",
        "sample": False,
        "url": "https://cun.example.cn/projects/shou-yi/",
    }


@pytest.mark.parametrize(
    ("at", "told"), [("2026-06-01", "2026-06-01"), ("2026-06-01 7:05", "2026-06-01T07:05+08:00")]
)
def test_a_moment_is_one_of_china(tmp_path: Path, at: str, told: str) -> None:
    found = files(tmp_path, {"village/events/hui.yml": f"标题: 尝鲜会\n时间: {at}\n"})
    (one,) = json.loads(found["data/events.json"])["events"]
    assert one["at"] == told
    assert datetime.fromisoformat(one["at"])


def test_data_closes_no_script(tmp_path: Path) -> None:
    text = {"village/events/hui.yml": "标题: </script><b>\n时间: 2026-06-01\n"}
    content = files(tmp_path, text)["data/events.json"]
    assert b"<" not in content and json.loads(content)["events"][0]["title"] == "</script><b>"


# --- an event itself -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begin", "end", "told"),
    [
        ("2026-06-01 10:00", "2026-06-01", []),
        ("2026-06-01", "2026-06-01 08:00", []),
        ("2026-06-01 10:00", "2026-06-01 10:00", []),
        ("2026-06-01 10:00", "2026-06-01 09:59", ["event-ends-early"]),
        ("2026-06-01 10:00", "2026-05-31", ["event-ends-early"]),
    ],
)
def test_an_event_ends_early_only_if_it_does(begin: str, end: str, told: list[str]) -> None:
    from xiangji.kinds.together.event import in_order

    text = f"编号: hui\n标题: 尝鲜会\n时间: {begin}\n结束: {end}\n"
    report = Report()
    record = read_record(Event, parse_yaml(text, "e.yml", report), report, Location("e.yml"))
    assert record is not None and not report.problems
    assert [each.rule for each in in_order(None, record, TODAY)] == told
