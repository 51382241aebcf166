"""What every built page carries, and what none may carry: read from the bytes of the demo."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from urllib.parse import urljoin
from xml.etree import ElementTree

import pytest

from built import SITE_URL, Built, Document

KB = 1000


def test_owned_pages_have_head_and_one_heading(demo: Built) -> None:
    assert len(demo.owned) >= 40
    for at, page in demo.owned.items():
        assert [each["lang"] for each in page.all("html")] == ["zh-CN"], at
        assert len(page.all("h1")) == 1, at
        assert page.all("h1")[0].text, at
        assert len([e for e in page.all("title") if "id" not in e.attributes]) == 1, (
            at
        )  # Else a drawing's.
        assert page.all("title")[0].text, at
        for name in ("description", "og:title", "og:description", "viewport"):
            assert page.meta(name), (at, name)


def test_owned_pages_name_their_own_address(demo: Built) -> None:
    for at, page in demo.owned.items():
        # 长辈版 is another form of the usual page.
        own = SITE_URL + (at.removesuffix("e/") if at.endswith("/e/") else at)
        assert [each["href"] for each in page.all("link", rel="canonical")] == [own]
        assert page.meta("og:url") == own


def test_share_pictures_are_there(demo: Built) -> None:
    for at, page in demo.owned.items():
        picture = page.meta("og:image")
        assert picture.startswith(SITE_URL), at
        assert demo.file_at(picture.removeprefix(SITE_URL)), at


def test_the_policy_admits_this_style_and_nothing_else(demo: Built) -> None:
    for at, page in demo.owned.items():
        policy = page.meta("Content-Security-Policy")
        html = (demo.site / at / "index.html").read_text("utf-8")
        styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
        digests = [
            base64.b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in styles
        ]
        assert len(digests) == 1, at
        assert f"style-src 'sha256-{digests[0]}'" in policy, at
        assert policy.startswith("default-src 'none'"), at
        assert "unsafe" not in policy and "http" not in policy, at
        assert not [each for each in page.elements if each["style"]], at


def scripted(at: str, page: Document) -> bool:
    """Whether a page may have a script: the catalogue, search, what is sold, and where something is heard."""
    if at.startswith("t/") or at.endswith("/e/"):
        return False
    if at == "search/":
        return True
    return at.startswith("shop/") or "data-good" in str(page.elements) or "listen" in str(page.ids)


def test_few_pages_have_a_script_and_a_small_one(demo: Built) -> None:
    for at, page in demo.owned.items():
        sources = [each["src"] for each in page.all("script") if each["src"]]
        inline = [
            e for e in page.all("script") if not e["src"] and e["type"] != "application/ld+json"
        ]
        assert inline == [], at
        assert len(sources) <= 1 and (scripted(at, page) or not sources), at
        for source in sources:
            file = demo.file_at(urljoin("/" + at, source).lstrip("/"))
            assert file is not None
            script = file.read_text("utf-8")
            assert len(gzip.compress(script.encode(), 9)) <= 4 * KB


def test_owned_pages_are_small(demo: Built) -> None:
    """13 KB of HTML with its style, 14 KB with the script: `gzip -9`, as a static host sends it."""
    for at, page in demo.owned.items():
        size = len(gzip.compress((demo.site / at / "index.html").read_bytes(), 9))
        assert size <= 13 * KB, (at, size)
        for each in page.all("script"):
            if each["src"]:
                file = demo.file_at(urljoin("/" + at, each["src"]).lstrip("/"))
                assert file is not None
                size += len(gzip.compress(file.read_bytes(), 9))
        assert size <= 14 * KB, (at, size)


def test_pictures_of_owned_pages_have_a_size_and_a_text(demo: Built) -> None:
    for at, page in demo.owned.items():
        for picture in page.all("img"):
            assert picture["width"].isdigit() and picture["height"].isdigit(), (at, picture)
            assert "alt" in picture.attributes, (at, picture)


def test_json_ld_says_what_the_page_says(demo: Built) -> None:
    products = 0
    for at, page in demo.owned.items():
        for block in page.all("script", type="application/ld+json"):
            data = json.loads(block.text)
            assert data["@context"] == "https://schema.org"
            assert data["url"] == SITE_URL + at
            if data["@type"] == "Product":
                products += 1
                assert data["name"] == page.all("h1")[0].text
                for offer in data.get("offers", []):
                    assert float(offer["price"]) > 0
                    assert offer["priceCurrency"] == "CNY"
    assert products >= 4


@pytest.mark.parametrize("name", ["laziji", "larou", "zheergen", "zhulan"])
def test_a_product_on_sale_has_offers(demo: Built, name: str) -> None:
    page = demo.pages[f"products/{name}/"]
    (block,) = page.all("script", type="application/ld+json")
    offers = json.loads(block.text)["offers"]
    shown = {each.text for each in page.all("span", **{"class": "price"})}
    assert {f"¥{float(offer['price']):g}" for offer in offers} == shown


def test_the_site_map_lists_every_page(demo: Built) -> None:
    root = ElementTree.parse(demo.site / "sitemap.xml").getroot()
    listed = [
        each.text or "" for each in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    ]
    others = {"404.html", "search/"}
    pages = {at for at in demo.pages if at not in others and not at.endswith("/e/")}
    assert sorted(listed) == sorted(SITE_URL + at for at in pages - demo.unlisted)


def test_printed_codes_of_the_demo(demo: Built) -> None:
    """One of each: moved, bound, closed, unbound."""
    assert demo.moved == {
        "t/laziji/2026-9A/": "t/laziji/2026-09A/",
        "c/juan-01-001/": "t/laziji/2026-11A/",
    }
    assert set(demo.moved.values()) <= demo.sheets.keys()
    assert demo.unlisted == {"t/shijiang/2025-12S/", "c/juan-01-002/"}


def test_lost_page_and_favicon_are_there(demo: Built) -> None:
    assert "没有这一页" in demo.pages["404.html"].all("body")[0].text
    for at, page in demo.owned.items():
        (icon,) = page.all("link", rel="icon")
        target = demo.target(at, icon["href"])
        assert target and demo.file_at(target[0]), at


LOADS = {"link": "href", "script": "src", "img": "src", "source": "src", "iframe": "src"}
OFF_SITE = re.compile(r"""^\s*(?:https?:)?//""")
IN_STYLES = re.compile(r"""(?:url\(\s*|@import\s+)["']?\s*(?:https?:)?//[^)"']*""")
IN_SCRIPTS = re.compile(r"""\bimport\s*\(?\s*["'`](?:https?:)?//[^"'`]*""")


def test_no_page_loads_anything_from_elsewhere(demo: Built) -> None:
    found = []
    for at, page in demo.pages.items():
        for each in page.elements:
            for name in (LOADS.get(each.tag, ""), "srcset", "poster", "data"):
                value = each[name] if name else ""
                own = each["rel"] == "canonical" and value.startswith(SITE_URL)
                if OFF_SITE.match(value) and not own:
                    found.append(f"{at or 'home'}: <{each.tag} {name}={value}>")
    assert found == []


def test_no_file_loads_anything_from_elsewhere(demo: Built) -> None:
    found = []
    for file in sorted(demo.site.rglob("*")):
        if file.suffix not in (".html", ".css", ".svg", ".js", ".json", ".xml"):
            continue
        text = file.read_text("utf-8")
        hits = IN_STYLES.findall(text) if file.suffix != ".js" else IN_SCRIPTS.findall(text)
        if file.suffix == ".svg":
            hits += re.findall(r"""href=["'](?:https?:)?//[^"']*""", text)
        found += [f"{file.relative_to(demo.site)}: {hit}" for hit in hits]
    assert found == []
