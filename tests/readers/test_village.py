"""A village's folders, as hostile or as broken as they come: problems with places, no exception."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from xiangji.model.location import Location
from xiangji.readers.config import read_settings
from xiangji.readers.gathered import Gathered
from xiangji.readers.village import gather
from xiangji.records.product import Product

TODAY = date(2026, 5, 1)


@pytest.fixture
def village(tmp_path: Path) -> Path:
    root = tmp_path / "village"
    put(root / "products/brand.yml", "名称: 立碑村\n")
    put(root / "products/laziji/product.yml", "名称: 辣子鸡\n类型: 加工食品\n")
    return root


def put(file: Path, content: str | bytes) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def told(gathered: Gathered) -> list[str]:
    return [f"{each.location} {each.rule}" for each in gathered.problems]


def test_one_product_in_one_file_is_a_village(village: Path) -> None:
    gathered = gather(village)
    assert gathered.problems == ()
    assert gathered.brand is not None
    assert [product.id for product in gathered.products] == ["laziji"]
    assert gathered.files == ("products/brand.yml", "products/laziji/product.yml")


@pytest.mark.parametrize(
    "raw", [b"\0" * 900_000, "\u200b".encode() * 200_000, b"<<<<<<< a\n" + b"=======\n" * 100_000]
)
def test_a_binary_file_under_a_records_name_is_told_in_few_words(village: Path, raw: bytes) -> None:
    put(village / "products/brand.yml", raw)
    assert 1 <= len(gather(village).problems) <= 20


def test_a_large_file_is_not_read(village: Path) -> None:
    put(village / "stories/people.yml", b"x" * 2_000_000)
    assert told(gather(village)) == ["stories/people.yml:1:1 file-size"]


def test_files_out_of_the_village_are_not_read(village: Path) -> None:
    put(village.parent / "secret.yml", "姓名: 秘密\n")
    put(village.parent / "elsewhere/story.md", "---\n题目: 秘密\n---\n秘密\n")
    (village / "stories/people").mkdir(parents=True)
    (village / "stories/people/a.yml").symlink_to("../../../secret.yml")
    (village / "stories/away").symlink_to("../../elsewhere")
    (village / "site_src").mkdir()
    (village / "site_src/a.md").symlink_to("../../elsewhere/story.md")
    gathered = gather(village)
    assert sorted(told(gathered)) == [
        "site_src/a.md:1:1 site-file",
        "stories/away:1:1 folder-link",
        "stories/people/a.yml:1:1 file-outside",
    ]
    assert (gathered.people, gathered.stories, gathered.notes) == ((), (), ())


def test_a_link_to_itself_is_no_endless_way(village: Path) -> None:
    for name in ("stories/people/a.yml", "site_src/a.md", "products/laziji/batches/a.yml"):
        (village / name).parent.mkdir(parents=True)
        (village / name).symlink_to("a" + Path(name).suffix)
    assert {line.split()[-1] for line in told(gather(village))} == {"file-outside", "site-file"}


@pytest.mark.skipif(
    not hasattr(os, "mkfifo"), reason="Windows has no named pipes in its file system"
)
def test_a_pipe_is_not_waited_for(village: Path) -> None:
    (village / "stories/people").mkdir(parents=True)
    os.mkfifo(village / "stories/people/a.yml")
    assert told(gather(village)) == ["stories/people/a.yml:1:1 file-unreadable"]


def test_a_name_that_is_no_text_can_still_be_told(village: Path) -> None:
    folder = os.fsencode(village / "site_src")
    Path(os.fsdecode(folder)).mkdir()
    try:
        Path(os.fsdecode(folder + b"/\xff\xfe.md")).write_text("---\n", "utf-8")
    except OSError:
        pytest.skip("a disk of macOS or Windows refuses names that are not text")
    (line,) = told(gather(village))
    assert line.encode()
    assert line.endswith(":1:1 site-name")


@pytest.mark.parametrize("docs_dir", ["/etc", "..", "../..", "site_src/../../x", "/"])
def test_hand_written_pages_stay_in_the_village(village: Path, docs_dir: str) -> None:
    put(village.parent / "a.md", "# 秘密")
    gathered = gather(village, docs_dir)
    assert told(gathered) == ["mkdocs.yml:1:1 file-outside"]
    assert gathered.notes == ()


def test_a_picture_is_looked_for_beside_its_record(village: Path) -> None:
    put(
        village / "products/media/a.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>',
    )
    put(village / "products/brand.yml", "名称: 立碑村\n图片: media\\a.svg\n")
    put(village / "products/laziji/product.yml", "名称: 鸡\n类型: 农产品\n图片: media/a.svg\n")
    gathered = gather(village)
    assert told(gathered) == ["products/laziji/product.yml:3:5 file-missing"]
    assert list(gathered.media) == ["products/media/a.svg"]


def test_a_broken_story_is_one_problem(village: Path) -> None:
    put(village / "stories/a/story.md", "---\n题目：一只鸡\n日期: 2026-01-01\n---\n正文\n")
    assert told(gather(village)) == ["stories/a/story.md:2:3 yaml-colon"]


def test_people_on_a_list_and_in_files(village: Path) -> None:
    put(village / "stories/people.yml", "人物:\n  - 编号: a\n    姓名: 甲\n")
    put(village / "stories/people/b.yml", "姓名: 乙\n")
    put(village / "stories/people/C.yml", "编号: c\n姓名: 丙\n")
    gathered = gather(village)
    assert gathered.problems == ()
    assert sorted(person.id for person in gathered.people) == ["a", "b", "c"]


def test_a_workshop_takes_its_folders_name(village: Path) -> None:
    facts = "题目: 共创\n类型: 共创\n日期: 2025-11-09\n"
    put(village / "stories/a/workshop.yml", facts)
    put(village / "stories/b/workshop.yaml", facts + "编号: gong\n")
    assert [each.id for each in gather(village).workshops] == ["a", "gong"]


def test_the_place_of_a_storys_text(village: Path) -> None:
    put(village / "stories/a/story.md", "---\n题目: 一只鸡\n---\n\n正文\n")
    (story,) = gather(village).stories
    assert (story.id, story.body, story.body_line) == ("a", "\n正文\n", 4)
    assert story.origin.of("title") == Location("stories/a/story.md", 2, 5)


def test_the_same_folders_give_the_same_records(village: Path) -> None:
    for name in ("c", "a", "b"):
        put(village / f"stories/{name}/story.md", "---\n题目: 一只鸡\n---\n")
    assert [story.id for story in gather(village).stories] == ["a", "b", "c"]
    assert repr(gather(village)) == repr(gather(village))


# --- mkdocs.yml ----------------------------------------------------------------------------------


def settings_of(tmp_path: Path, content: str):  # type: ignore[no-untyped-def]
    put(tmp_path / "mkdocs.yml", content)
    return read_settings(tmp_path / "mkdocs.yml", TODAY)


def test_settings_without_a_file_are_the_defaults(tmp_path: Path) -> None:
    settings, problems = read_settings(tmp_path / "mkdocs.yml", TODAY)
    assert [each.rule for each in problems] == ["site-url-missing"]
    assert (settings.docs_dir, settings.site_dir, settings.site_url) == ("site_src", "site", None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://example.cn", "https://example.cn/"),
        ("https://example.cn/", "https://example.cn/"),
        ("http://libei.cn:8080/libei", "http://libei.cn:8080/libei/"),
    ],
)
def test_the_sites_address_ends_with_a_slash(tmp_path: Path, written: str, read: str) -> None:
    settings, problems = settings_of(tmp_path, f"site_url: {written}\n")
    assert (settings.site_url, problems) == (read, ())


@pytest.mark.parametrize(
    "address", ["example.cn", "javascript:alert(1)", "https://a b/", "https://x/?a=b", "//x/", "~"]
)
def test_no_address(tmp_path: Path, address: str) -> None:
    settings, problems = settings_of(tmp_path, f"site_url: '{address}'\n")
    assert settings.site_url is None
    assert [str(each.location) for each in problems] == ["mkdocs.yml:1:11"]


def test_a_host_knows_the_address_better(tmp_path: Path) -> None:
    put(tmp_path / "mkdocs.yml", "site_url: nonsense\n")
    settings, problems = read_settings(tmp_path / "mkdocs.yml", TODAY, "https://example.cn")
    assert (settings.site_url, problems) == ("https://example.cn/", ())


def test_tags_in_the_configuration_are_for_the_host(tmp_path: Path) -> None:
    settings, problems = settings_of(
        tmp_path,
        "site_url: https://example.cn/\n"
        "site_name: !ENV [NAME, 立碑村]\n"
        "markdown_extensions:\n  - e: {f: !!python/name:os.system ''}\n",
    )
    assert [each.rule for each in problems] == ["host-runs"] * 2
    assert settings.site_name == ""


def test_families_are_switched_and_configured_by_name(tmp_path: Path) -> None:
    settings, _ = settings_of(
        tmp_path,
        "plugins:\n  - search\n  - xiangji:\n"
        "      trace: false\n      stories: {sort: title}\n      people:\n      shop: 否\n",
    )
    assert list(settings.families) == ["trace", "stories", "people", "shop"]
    assert settings.disabled == {"trace", "shop"}


def test_the_navigation_keeps_its_groups(tmp_path: Path) -> None:
    settings, _ = settings_of(
        tmp_path, "nav:\n  - index.md\n  - 手册:\n      - 怎么写: handbook/a.md\n"
    )
    first, second = settings.nav
    assert (first.title, first.uri) == ("", "index.md")
    assert (second.title, second.children[0].uri) == ("手册", "handbook/a.md")


def test_what_was_lost_is_forgiven_only_where_an_error_stops_the_build(village: Path) -> None:
    (village / "products/laziji/product.yml").rename(village / "products/laziji/product.yml.txt")
    assert gather(village).lost == frozenset()
    put(village / "products/larou/product.yml", "名称：老腊肉\n")
    assert (Product, "larou") in gather(village).lost
    assert (Product, "laziji") in gather(village).lost
