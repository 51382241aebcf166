"""`xiangji build --zip`: one file for a USB stick, the same bytes each time, and never over what is not ours."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from built import here, write
from xiangji.output.offline_pages import offline_file, spelt_out

UTF_8 = 0x800


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("zip") / "village"
    assert here("xiangji", "new", str(root), cwd=root.parent).returncode == 0
    write(root, {"site_src/村口.md": "# 村口\n\n[首页](index.md)\n"})
    assert here("xiangji", "build", "--zip", cwd=root).returncode == 0
    return root


@pytest.fixture
def village(begun: Path, tmp_path: Path) -> Path:
    return shutil.copytree(begun, tmp_path / "village", symlinks=True)


def test_how_to_open_it_comes_first_and_is_read_by_old_editors(begun: Path) -> None:
    with zipfile.ZipFile(begun / "site.zip") as packed:
        first = packed.infolist()[0]
        text = packed.read(first)
    assert first.filename == "打开说明.txt" and first.flag_bits & UTF_8
    assert text.startswith(b"\xef\xbb\xbf") and b"\r\n" in text
    assert "双击 index.html" in text.decode("utf-8-sig") and "{" not in text.decode()


def test_chinese_names_are_marked_as_utf_8(begun: Path) -> None:
    with zipfile.ZipFile(begun / "site.zip") as packed:
        entry = packed.getinfo("村口/index.html")
        assert entry.flag_bits & UTF_8
        assert b'href="../index.html"' in packed.read(entry)


def test_the_same_site_makes_the_same_bytes(village: Path) -> None:
    before = (village / "site.zip").read_bytes()
    shutil.rmtree(village / "site")
    shutil.rmtree(village / ".cache")
    assert here("xiangji", "build", "--zip", cwd=village).returncode == 0
    assert (village / "site.zip").read_bytes() == before


def test_what_only_a_server_asks_for_stays_at_home(begun: Path) -> None:
    with zipfile.ZipFile(begun / "site.zip") as packed:
        names = set(packed.namelist())
    assert {"index.html", "search/index.json.js", "data/catalogue.json.js"} <= names
    assert not names & {"404.html", "robots.txt", "sitemap.xml", "search/index.json"}
    assert not any(each.startswith(".xiangji") for each in names)


def test_a_foreign_file_in_the_site_does_not_go_along(village: Path) -> None:
    (village / "site/MP_verify.txt").write_text("x", "utf-8")
    assert here("xiangji", "build", "--zip", cwd=village).returncode == 0
    with zipfile.ZipFile(village / "site.zip") as packed:
        assert "MP_verify.txt" not in packed.namelist()


@pytest.mark.parametrize("kind", ["text", "other zip", "more in it"])
def test_a_file_that_is_not_ours_is_left_alone(kind: str, village: Path) -> None:
    target = village / "site.zip"
    if kind == "text":
        target.write_text("别的东西", "utf-8")
    else:
        with zipfile.ZipFile(target, "w" if kind == "other zip" else "a") as packed:
            packed.writestr("我的照片.txt", "x")
    before = target.read_bytes()
    done = here("xiangji", "build", "--zip", cwd=village)
    assert done.returncode == 1 and "没有动它" in done.stderr
    assert target.read_bytes() == before


def test_codes_keep_the_public_address(begun: Path) -> None:
    with zipfile.ZipFile(begun / "site.zip") as packed:
        code = packed.read("t/first-product/2026-01A/code.svg")
    assert code == (begun / "site/t/first-product/2026-01A/code.svg").read_bytes()


def test_a_report_for_programs_names_the_file(village: Path) -> None:
    done = here("xiangji", "build", "--zip", "--format", "json", cwd=village)
    told = json.loads(done.stdout)
    assert told["built"] and Path(told["zip"]).name == "site.zip"


def test_it_does_not_go_with_what_is_no_folder(village: Path) -> None:
    for more in (("--stage", "other"), ("--out", "s3://bucket/x")):
        assert here("xiangji", "build", "--zip", *more, cwd=village).returncode == 2


def test_a_site_with_mistakes_makes_no_file(village: Path) -> None:
    (village / "site.zip").unlink()
    (village / "products/brand.yml").write_text("名称: [", "utf-8")
    assert here("xiangji", "build", "--zip", cwd=village).returncode == 1
    assert not (village / "site.zip").exists()


THERE = frozenset(
    {"index.html", "a/index.html", "a/b/index.html", "a/x.png", "村 口/index.html", "c.html"}
)


@pytest.mark.parametrize(
    ("address", "spelt"),
    [
        ("../", "../index.html"),
        ("./", "index.html"),
        (".", "index.html"),
        ("..", "../index.html"),
        ("b/", "b/index.html"),
        ("b", "b/index.html"),
        ("b/#h", "b/index.html#h"),
        ("b/?q=a/b#h", "b/index.html?q=a/b#h"),
        ("../%E6%9D%91%20%E5%8F%A3/", "../%E6%9D%91%20%E5%8F%A3/index.html"),
        ("/a/b/", "b/index.html"),
        ("/", "../index.html"),
        ("/c.html", "../c.html"),
        ("x.png", "x.png"),
        ("../c.html", "../c.html"),
        ("", ""),
        ("#top", "#top"),
        ("?q=1", "?q=1"),
        ("tel:13800138000", "tel:13800138000"),
        ("mailto:a@example.cn", "mailto:a@example.cn"),
        ("https://example.cn/a/", "https://example.cn/a/"),
        ("//example.cn/a/", "//example.cn/a/"),
        ("../../", "../../"),
        ("nowhere/", "nowhere/"),
    ],
)
def test_an_address_of_a_folder_names_its_file(address: str, spelt: str) -> None:
    assert spelt_out(address, "a", THERE) == spelt


def test_links_are_found_in_tags_alone() -> None:
    page = (
        '<a class="x>y" href="b/">b/</a> <A HREF=\'../\'>x</A><area href="b/">'
        '<meta http-equiv="refresh" content="0; url=../a/b/"><script>x = \'<a href="b/">\'</script>'
        '<!-- <a href="b/"> --> href="b/" <img alt="href=b/"><a data-href="b/" href="b/?a=1&amp;b=2">'
    )
    made = offline_file("a/index.html", page.encode(), THERE)
    assert made and made[1].decode() == (
        '<a class="x>y" href="b/index.html">b/</a> <A HREF=\'../index.html\'>x</A>'
        '<area href="b/index.html"><meta http-equiv="refresh" content="0; url=b/index.html">'
        '<script>x = \'<a href="b/">\'</script><!-- <a href="b/"> --> href="b/" '
        '<img alt="href=b/"><a data-href="b/" href="b/index.html?a=1&amp;b=2">'
    )
