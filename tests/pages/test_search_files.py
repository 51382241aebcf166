"""What search reads: every page once, nothing private, in files that a phone can fetch."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from built import write
from xiangji import urls
from xiangji.build import Site, build
from xiangji.pages import search
from xiangji.readers.config import read_settings
from xiangji.settings import Settings

FILES = {
    "products/brand.yml": "名称: 立碑村\n",
    "products/jiang/product.yml": "名称: 辣酱 & <油>\n类型: 加工食品\n一句话: 下饭\n介绍: |\n  坛里捂过一冬\n  又晒一夏\n",
    "products/cha/product.yml": "名称: 茶\n类型: 农产品\n不上架: 是\n",
    "products/jiang/batches.csv": "批号,生产日期\n2026-01A,2026-01-05\n2026-03B,2026-03-05\n",
    "products/cha/batches.csv": "批号,采收日期\nC1,2026-04-20\n",
    "stories/people.yml": (
        "人物:\n"
        "  - 编号: jia\n    姓名: 刘甲\n    身份: 能工巧匠\n    手艺: 编竹篮\n    介绍: 坐在桥头编。\n"
        "    同意:\n      - {用途: 姓名, 同意日期: 2026-01-01}\n"
        "  - {编号: yi, 姓名: 王乙没有同意, 身份: 讲述人, 手艺: 唱山歌, 介绍: 住在坡上。}\n"
    ),
    "stories/jing/story.md": "---\n题目: 一口井\n---\n井在村口。\n\n- 水凉\n- 水甜 500\u00a0克\n",
    "stories/draft/story.md": "---\n题目: 还没写完\n草稿: 是\n---\n草稿里的话。\n",
    "site_src/index.md": "# 家\n\n从[找一找](/search/)开始。\n",
    "site_src/guide/关于.md": "---\ndescription: 我们是谁\n---\n# 关于我们\n\n一个村。\n",
}
NAMES = {"search/index.html", "search/index.json", "search/lots.json", "search/text-1.json"}


def made(root: Path, changes: dict[str, str] | None = None, **more: Any) -> Site:
    files = FILES | (changes or {})
    site = build(
        Settings(write(root, files), date(2026, 5, 1), site_url="https://cun.example.cn/", **more)
    )
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    return site


def files_of(site: Site) -> dict[str, bytes]:
    return {each.uri: each.content for each in site.ready if each.uri.startswith(urls.SEARCH)}


def read(site: Site, name: str) -> Any:
    return json.loads(files_of(site)[f"search/{name}.json"])


def by_address(site: Site) -> dict[str, dict[str, str]]:
    entries = read(site, "index")["entries"]
    found = {each["address"]: each for each in entries}
    assert len(found) == len(entries), "each page once"
    return found


def words(site: Site) -> dict[str, str]:
    """Texts by address."""
    found: dict[str, str] = {}
    for number in range(1, read(site, "index")["texts"] + 1):
        for address, text in read(site, f"text-{number}"):
            found[address] = found.get(address, "") + text
    return found


def test_every_page_stands_in_the_index_as_what_it_is(tmp_path: Path) -> None:
    site = made(tmp_path)
    assert files_of(site).keys() == NAMES
    found = by_address(site)
    assert {at: each["kind"] for at, each in found.items()} == {
        "products/jiang/": "产品",
        "products/cha/": "产品",
        "recalls/": "页面",
        "stories/jing/": "故事",
        "people/jia/": "人",
        **dict.fromkeys(("shop/", "shop/crafts/", "shop/makers/", "shop/note/"), "页面"),
        **dict.fromkeys(("products/", "stories/", "people/", "t/"), "页面"),
        "./": "页面",
        "guide/%E5%85%B3%E4%BA%8E/": "页面",
    }
    assert found["products/jiang/"] == {
        "title": "辣酱 & <油>",
        "note": "下饭",
        "address": "products/jiang/",
        "kind": "产品",
        "pinyin": "la jiang you",
    }
    assert found["people/jia/"]["note"] == "编竹篮"
    assert found["guide/%E5%85%B3%E4%BA%8E/"]["note"] == "我们是谁"
    assert found["./"]["note"] == "从找一找开始。", "a page that tells nothing of itself: its text"
    assert [each["kind"] for each in found.values()][:4] == ["产品", "产品", "故事", "人"]


def test_texts_are_what_stands_on_the_pages(tmp_path: Path) -> None:
    found = words(made(tmp_path))
    assert found["stories/jing/"] == "井在村口。 水凉 水甜 500 克"
    assert found["products/jiang/"] == "坛里捂过一冬 又晒一夏", (
        "what the index tells is not told again"
    )
    assert found["people/jia/"] == "坐在桥头编。"
    assert "./" not in found


def test_nothing_private_is_in_any_file(tmp_path: Path) -> None:
    everything = b"".join(files_of(made(tmp_path)).values()).decode()
    assert "一口井" in everything
    for secret in ("王乙", "唱山歌", "坡上", "wang yi", "没写完", "草稿", "draft"):
        assert secret not in everything


def test_no_file_can_be_taken_for_a_page(tmp_path: Path) -> None:
    files = files_of(made(tmp_path))
    assert not [name for name, content in files.items() if ".json" in name and b"<" in content]


def test_the_same_village_gives_the_same_bytes(tmp_path: Path) -> None:
    one, other = files_of(made(tmp_path / "one")), files_of(made(tmp_path / "other"))
    assert one == other


def test_another_form_of_a_page_is_not_found_twice(tmp_path: Path) -> None:
    config = "plugins:\n  - xiangji:\n      specimen:\n"
    root = write(tmp_path, FILES | {"mkdocs.yml": config})
    settings, _ = read_settings(root / "mkdocs.yml", date(2026, 5, 1))
    site = build(settings)
    assert urls.SPECIMEN in {each.address for each in site.pages}
    found = by_address(site)
    assert not [at for at in found if at == urls.SPECIMEN or at.endswith(("/e/", "/poster/"))]
    assert not [at for at in found if at.startswith(("search/", "t/jiang/"))]


def test_what_is_below_a_list_with_a_short_name_is_called_so() -> None:
    lists = {"events/": "活动", "stories/": "立碑村的故事", "long/": "一句很长的题目，不是名字"}
    named = {
        at: search._kind(at, lists) for at in ("events/ge/", "stories/a/", "long/a/", "events/", "")
    }
    assert named == {
        "events/ge/": "活动",
        "stories/a/": "故事",
        "long/a/": "页面",
        "events/": "页面",
        "": "页面",
    }


@pytest.mark.parametrize("end", ["。", "", "😀"])
def test_long_texts_are_cut_into_files_of_a_size_and_nothing_is_lost(
    end: str, tmp_path: Path
) -> None:
    body = "".join(f"第{number}句话说水井在村口{end}" for number in range(10_000))
    site = made(tmp_path, {"site_src/long.md": "# 长页\n\n" + _paragraphs(body)})
    sizes = {name: len(content) for name, content in files_of(site).items() if "text-" in name}
    assert len(sizes) > 3 and max(sizes.values()) <= 100_000
    assert min(sorted(sizes.values())[1:]) > 50_000, "none is fetched for a few words"
    assert words(site)["long/"].replace(" ", "") == body
    if end == "。":
        rows = read(site, "text-2")
        assert all(text.endswith("。") for _, text in rows)


def _paragraphs(text: str) -> str:
    return "\n\n".join(text[at : at + 5_000] for at in range(0, len(text), 5_000))


def test_lots_lead_to_their_sheets(tmp_path: Path) -> None:
    site = made(tmp_path)
    found = read(site, "lots")["products"]
    assert [(each["name"], each["lots"]) for each in found] == [
        ("茶", "C1"),
        ("辣酱 & <油>", "2026-03B 2026-01A"),
    ]
    led = {each["address"] + lot + "/" for each in found for lot in each["lots"].split()}
    assert led == {
        urls.sheet("cha", "C1"),
        urls.sheet("jiang", "2026-01A"),
        urls.sheet("jiang", "2026-03B"),
    }
    assert led <= {each.address for each in site.promised}


def test_where_there_are_no_sheets_there_are_no_lots(tmp_path: Path) -> None:
    site = made(tmp_path, disabled=frozenset(["trace"]))
    assert files_of(site).keys() == NAMES - {"search/lots.json"}
    assert read(site, "index")["lots"] is False
    assert "批号" not in files_of(site)["search/index.html"].decode()


def test_of_very_many_lots_the_newest_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_LOTS", 2)
    found = read(made(tmp_path), "lots")["products"]
    assert [(each["lots"], each.get("more")) for each in found] == [("C1", None), ("2026-03B", 1)]


def test_an_edit_of_a_batch_costs_the_file_of_lots_and_no_other(tmp_path: Path) -> None:
    before = files_of(made(tmp_path))
    table = FILES["products/jiang/batches.csv"]
    told = table.replace("生产日期", "生产日期,去向").replace("-05\n", "-05,赶场\n")
    assert files_of(made(tmp_path, {"products/jiang/batches.csv": told})) == before
    waits = table.replace("生产日期", "生产日期,状态").replace("-05\n", "-05,待检\n")
    after = files_of(made(tmp_path, {"products/jiang/batches.csv": waits}))
    assert {name for name in after if after[name] != before[name]} == {"search/lots.json"}
    # A recall stands beside the product's name as well.
    told = table.replace("生产日期", "生产日期,状态,原因,怎么办").replace(
        "-05\n", "-05,召回,漏写,退货\n"
    )
    after = files_of(made(tmp_path, {"products/jiang/batches.csv": told}))
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"search/lots.json", "search/index.json"}
    after = files_of(
        made(tmp_path, {"products/jiang/batches.csv": f"{table}2026-04C,2026-04-05\n"})
    )
    assert {name for name in after if after[name] != before[name]} == {"search/lots.json"}


def test_a_page_of_the_village_at_the_same_address_stays(tmp_path: Path) -> None:
    site = made(tmp_path, {"site_src/search.md": "# 自己的\n\n自己写的。\n"})
    assert files_of(site) == {}
    assert "自己的" in {each.address: each.title for each in site.notes}[urls.SEARCH]


def test_the_search_page_is_answered_and_not_listed(tmp_path: Path) -> None:
    site = made(tmp_path)
    assert [each.rule for each in site.problems if "site_src" in str(each.location)] == []
    (home,) = [each for each in site.notes if each.address == ""]
    assert 'href="search/"' in home.document
    sitemap = next(each.content for each in site.own if each.uri == urls.SITEMAP).decode()
    assert "/stories/jing/" in sitemap and "/search/" not in sitemap


def test_the_page_leads_to_the_lists_that_are_there(tmp_path: Path) -> None:
    page = files_of(made(tmp_path))["search/index.html"].decode()
    for href in ("../stories/", "../shop/", "../people/", "../t/"):
        assert f'<a class="btn" href="{href}">' in page
    fewer = made(tmp_path / "fewer", disabled=frozenset(["trace", "people"]))
    page = files_of(fewer)["search/index.html"].decode()
    assert 'href="../t/"' not in page and 'href="../people/"' not in page
