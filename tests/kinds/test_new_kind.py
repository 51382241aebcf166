"""A new kind of record is one module and one entry: everything else follows, with nothing else touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from built import Document, run, tree, with_path, write

MODULE = '''
"""Songs of the village."""

from datetime import date

from xiangji.model.kind import CLAIMS, IDENTIFIER, ORDINARY, PUBLIC, SAMPLE, RecordKind, is_public
from xiangji.model.rule import Rule
from xiangji.problems import problem
from xiangji.model.fields import ListOf, Record, record, field
from xiangji.model.fields import Reference as Ref
from xiangji.model.value_types import DAY, LINE, PROSE
from xiangji.model.location import NOWHERE, Origin
from xiangji.records.story import Claim
from xiangji.model.vocabularies import Visibility


@record("山歌", "The song")
class Song(Record, frozen=True, kw_only=True):
    """One song."""

    id: str = IDENTIFIER
    title: str = field("歌名", LINE, "叫什么歌", "title", required=True, schema="name")
    sung_on: date | None = field("哪天唱的", DAY, "哪天", "day", schema="datePublished")
    singers: tuple[str, ...] = field("唱的人", ListOf(Ref("people")), "谁唱的", "person ids")
    products: tuple[str, ...] = field("产品", ListOf(Ref("products")), "唱到什么", "product ids")
    words: str | None = field("歌词", PROSE, "歌词", "words", schema="text")
    recorded_by: str | None = field("录音的人", LINE, "不公开", "never shown", private=True)
    claims: tuple[Claim, ...] = CLAIMS
    ordinary: tuple[str, ...] = ORDINARY
    visibility: Visibility = PUBLIC
    sample: bool = SAMPLE
    origin: Origin = NOWHERE


def known(library, song, today):
    """A song was sung already."""
    if song.sung_on and song.sung_on > today:
        yield problem("song-future", song.origin.of("sung_on"), value=song.sung_on)


KIND = RecordKind(
    name="songs",
    one="song",
    record=Song,
    heading="山歌",
    lead="坡上唱的。",
    publishable=is_public,
    note="sung_on",
    order="sung_on",
    measure="首",
    checks=(known,),
    rules={
        "song-future": Rule("{value} 还没有到。", "{value} is yet to come.", "改日子。", "Change the day."),
    },
    schema_type="MusicComposition",
)
'''

VILLAGE = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "site_src/index.md": "# 立碑村\n\n[山歌]\n",
    "products/brand.yml": "名称: 立碑村\n",
    "products/lajiao/product.yml": "名称: 糍粑辣椒\n类型: 农产品\n",
    "stories/people.yml": (
        "人物:\n"
        "  - 编号: lan\n    姓名: 唱歌的阿兰\n    化名: 一位大姐\n"
        "  - 编号: mei\n    姓名: 记歌的阿梅\n    同意:\n      - {用途: 姓名, 同意日期: 2026-01-01}\n"
    ),
    "village/songs/kang-tiao.yml": (
        "歌名: 扛挑歌\n哪天唱的: 2026-02-03\n唱的人: [lan, mei]\n产品: lajiao\n"
        "录音的人: 不能说的名字\n歌词: |\n  一步一步上坡来。\n"
    ),
    "village/songs/jiu-ge/song.yml": "歌名: 酒歌\n公开范围: 不公开\n歌词: |\n  不许外传的一句。\n",
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for `PYTHONPATH` in which another distribution lies."""
    return installed_as(tmp_path_factory.mktemp("installed"), MODULE)


def installed_as(folder: Path, module: str, more: dict[str, str] | None = None) -> Path:
    """A folder in which the distribution `village-songs` lies as an installer leaves it."""
    metadata = "Metadata-Version: 2.1\nName: village-songs\nVersion: 1.0\n"
    files = {
        "village_songs.py": module,
        "village_songs-1.0.dist-info/METADATA": metadata,
        "village_songs-1.0.dist-info/entry_points.txt": "[xiangji.kinds]\nsongs = village_songs:KIND\n",
    }
    return write(folder, files | (more or {}))


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return write(tmp_path / "village", VILLAGE)


def xiangji(installed: Path, village: Path, *words: str) -> str:
    done = run("xiangji", *words, cwd=village, env={"PYTHONPATH": with_path(installed)})
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout + done.stderr


def test_all_of_it_follows(installed: Path, village: Path) -> None:
    said = xiangji(installed, village, "build")
    assert "0 处错误，0 处提醒" in said
    site = village / "site"
    page = Document((site / "songs/kang-tiao/index.html").read_text("utf-8"))
    rows = {dt.text: dd.text for dt, dd in zip(page.all("dt"), page.all("dd"), strict=True)}
    assert rows == {"哪天唱的": "2026 年 2 月 3 日", "唱的人": "一位大姐、记歌的阿梅"}
    assert "../../products/lajiao/" in list(page.links())
    data = json.loads(page.all("script", type="application/ld+json")[0].text)
    assert data["@type"] == "MusicComposition" and data["name"] == "扛挑歌"
    for address in ("songs/", "products/lajiao/", "people/mei/", ""):
        other = Document((site / address / "index.html").read_text("utf-8"))
        assert any(link.endswith("kang-tiao/") for link in other.links()), address
    index = Document((site / "village/index.html").read_text("utf-8"))
    assert "../songs/" in list(index.links())
    told = json.loads((site / "data/songs.json").read_text("utf-8"))["songs"]
    assert [each["id"] for each in told] == ["kang-tiao"]
    assert told[0]["singers"] == ["一位大姐", "记歌的阿梅"]
    assert "扛挑歌" in (site / "data/songs.csv").read_text("utf-8-sig")
    assert "songs/kang-tiao/" in (site / "sitemap.xml").read_text("utf-8")
    assert "songs/kang-tiao/" in (site / "search/index.json").read_text("utf-8")
    schema = json.loads((site / "data/schema/song.json").read_text("utf-8"))
    assert {"歌名", "title", "录音的人"} <= schema["properties"].keys()


def test_what_is_kept_back_is_in_no_byte(installed: Path, village: Path) -> None:
    xiangji(installed, village, "build")
    secrets = ("不能说的名字", "酒歌", "jiu-ge", "不许外传", "唱歌的阿兰", "recorded_by")
    for path, content in tree(village / "site").items():
        if path.startswith("data/schema/"):
            continue
        assert [each for each in secrets if each.encode() in content] == [], path


def test_its_mistakes_are_told_like_any_other(installed: Path, village: Path) -> None:
    text = "歌铭: 扛挑歌\n哪天唱的: 2027-02-30\n唱的人: [lam]\n"
    write(village, {"village/songs/kang-tiao.yml": text})
    said = xiangji(installed, village, "check")
    assert "village/songs/kang-tiao.yml:1:1: 错误 [field-unknown]" in said
    assert "歌名" in said
    assert "village/songs/kang-tiao.yml:2:7: 错误 [value-date-impossible]" in said
    later = VILLAGE["village/songs/kang-tiao.yml"].replace("2026-02-03", "2027-02-03")
    later = later.replace("[lan, mei]", "[lam]").replace(
        "一步一步上坡来。", "全国第一的歌。打 13800138000。"
    )
    write(village, {"village/songs/kang-tiao.yml": later})
    said = xiangji(installed, village, "check")
    for rule in ("song-future", "reference-missing", "claim-unproved", "private-number", "advert-"):
        assert f"[{rule}" in said, rule
    assert "2027-02-03 还没有到。" in said and "2027-02-03 is yet to come." in said


def test_an_edit_is_noticed(installed: Path, village: Path) -> None:
    xiangji(installed, village, "build")
    again = xiangji(installed, village, "build")
    assert "没有变化" in again or "没有变" in again
    song = village / "village/songs/kang-tiao.yml"
    song.write_text(song.read_text("utf-8").replace("扛挑歌", "下坡歌"), "utf-8")
    xiangji(installed, village, "build")
    assert "下坡歌" in (village / "site/songs/kang-tiao/index.html").read_text("utf-8")
    assert "下坡歌" in (village / "site/people/mei/index.html").read_text("utf-8")


def test_it_may_bring_a_page_of_its_own(tmp_path: Path, village: Path) -> None:
    own = """

def page(context, kind, song):
    from xiangji.render.outputs import Page

    at = kind.address_of(song)
    made = context.render("song.html", at, title=song.title, description=song.title, styles=("song",), words=f"{song.words}{song.recorded_by}")
    return Page(at, song.title, song.title, song.words or "", made, song.origin.location.path)


KIND = RecordKind(page=page, templates="songs_theme",
"""
    template = "{% extends 'base.html' %}{% block main %}<h1>{{ frame.title }}</h1><p class='sung'>{{ words }}</p>{% endblock %}"
    folder = installed_as(
        tmp_path / "installed",
        MODULE.replace("KIND = RecordKind(\n", own),
        {
            "songs_theme/__init__.py": "",
            "songs_theme/pages/song.html": template,
            "songs_theme/styles/song.css": ".sung{letter-spacing:1px}",
        },
    )
    xiangji(folder, village, "build")
    text = (village / "site/songs/kang-tiao/index.html").read_text("utf-8")
    assert "不能说的名字" not in text, "whatever its page prints"
    assert ".sung{" in text and "<p class='sung'>一步一步上坡来。" in text and "<dl" not in text
    assert "扛挑歌" in (village / "site/songs/index.html").read_text("utf-8")


def test_consent_is_reported(installed: Path, village: Path) -> None:
    said = xiangji(installed, village, "consent", "report")
    assert "songs/kang-tiao/" in said


def test_without_it_its_files_are_told(village: Path) -> None:
    done = run("xiangji", "check", cwd=village)
    assert "[block-unknown]" in done.stdout + done.stderr
    assert "[file-unread]" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("module", "why"),
    [
        ("raise SystemExit('no')", "SystemExit"),
        ("KIND = 1", "TypeError"),
        (MODULE.replace('name="songs"', 'name="hymns"'), "ValueError"),
        (MODULE.replace('note="sung_on"', 'note="heard_on"'), "ValueError"),
        (MODULE.replace("publishable=is_public,", ""), "TypeError"),
        (MODULE.replace('measure="首"', 'measure="首", page="fancy"'), "ValueError"),
        (MODULE.replace('measure="首"', 'measure="首", tallies=("mood",)'), "ValueError"),
        (MODULE.replace('measure="首"', 'measure="首", expected=("mood",)'), "ValueError"),
        (MODULE.replace('measure="首"', 'measure="首", exports=("xml",)'), "ValueError"),
        (MODULE.replace('measure="首"', 'measure="首", exports=("ics",)'), "ValueError"),
    ],
)
def test_one_that_is_broken_has_a_place(
    tmp_path: Path, village: Path, module: str, why: str
) -> None:
    folder = installed_as(tmp_path / "installed", module)
    said = xiangji(folder, village, "check")
    assert "mkdocs.yml:1:1: 错误 [kind-broken]" in said
    assert "village-songs" in said and why in said
