"""The register of printed codes in real villages: what is out stays alive, whatever is done to it."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from built import Document, here, run, tree, write
from readers.test_history import git, save
from xiangji.build import Site, build
from xiangji.problems import Problem, Report
from xiangji.readers.tables.registers import REGISTER, read_register
from xiangji.settings import Settings

TODAY = date(2026, 11, 22)
HEAD = "地址,印次,数量,印刷日期,品名,状态,转到\n"
ROWS = (
    "t/jiang/A1/,第 1 印,100 张,2026-01-04,辣酱,在用,\n"
    "t/jiang/A0/,第 1 印,10 张,2026-01-05,,停用,\n"
    "t/jiang/a-1/,第 1 印,20 张,2026-01-06,,转向,jiang/A1\n"
    "c/r1/,,1 张,2026-01-07,,未绑定,jiang/A2\n"
    "c/r2/,,1 张,2026-01-07,,未绑定,\n"
    "c/r3/,,1 张,2026-01-08,,停用,\n"
)
FILES = {
    "mkdocs.yml": "site_name: 村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n电话: 0851-00000000\n",
    "products/jiang/product.yml": "名称: 辣酱\n类型: 手工艺\n",
    "products/jiang/batches.csv": "批号,生产日期\nA1,2026-01-05\nA2,2026-02-05\nA3,2026-03-05\n",
    REGISTER: HEAD + ROWS,
}


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return write(tmp_path / "village", FILES)


@pytest.fixture
def saved(village: Path) -> Path:
    git(village, "init", "-q")
    save(village, "2026-03-06T10:00:00+0800")
    return village


def built(root: Path, since: str = "") -> Site:
    site = build(
        Settings(root, TODAY, site_name="村", site_url="https://cun.example.cn/", since=since)
    )
    if site.fatal():
        assert not site.artifacts and not site.pages
    return site


def told(site: Site) -> list[str]:
    return [f"{each.rule} {dict(each.details).get('value', '')}" for each in site.problems]


def register(root: Path, change: Callable[[str], str]) -> None:
    file = root / REGISTER
    file.write_text(change(file.read_text("utf-8")), "utf-8")


def page(site: Site, address: str) -> Document:
    (found,) = [each for each in site.artifacts if each.address == address]
    assert len(gzip.compress(found.content)) <= 13_000
    document = Document(found.content.decode())
    assert not document.all("script")
    return document


@pytest.mark.parametrize("where", ["village", "saved"])
def test_each_state_has_its_page(where: str, request: pytest.FixtureRequest) -> None:
    site = built(request.getfixturevalue(where))
    assert told(site) == []
    for address, lot in (("t/jiang/a-1/", "A1"), ("c/r1/", "A2")):
        moved = page(site, address)
        target = f"../../t/jiang/{lot}/" if address[0] == "c" else f"../{lot}/"
        assert moved.meta("refresh") == f"0; url={target}"
        assert target in moved.links()
        assert moved.all("link", rel="canonical")[0]["href"].endswith(f"/t/jiang/{lot}/")
    for address, words in (("t/jiang/A0/", "已经停用"), ("c/r2/", "还没有用在哪一批上")):
        plain = page(site, address)
        assert words in plain.all("main")[0].text
        assert "tel:085100000000" in plain.links()
        assert plain.meta("refresh") == ""
    sheets = {each.address for each in site.artifacts if each.address.startswith("t/jiang/A1")}
    assert "t/jiang/A1/" in sheets


def test_a_site_in_a_folder_and_a_full_address(village: Path) -> None:
    row = "https://a.example.cn/b/t/jiang/A1/?from=jar,,,,,,\nhttps://a.example.cn/b/t/x/,,,,,转向,"
    write(village, {REGISTER: HEAD + row + "https://a.example.cn/b/t/jiang/A1\n"})
    site = build(Settings(village, TODAY, site_name="村", site_url="https://a.example.cn/b/"))
    assert not site.fatal(), told(site)
    assert page(site, "t/x/").meta("refresh") == "0; url=../jiang/A1/"


def test_what_is_for_ourselves_stays_there(village: Path) -> None:
    """Runs, numbers, materials and remarks are nobody's business who scans."""
    row = "c/r7/,第77印,7777 张,2026-01-09,七品,停用,,七料,七说\n"
    register(village, lambda t: t.replace("转到\n", "转到,材料,说明\n") + row)
    site = built(village)
    assert not site.fatal(), told(site)
    everything = b"".join(each.content for each in site.artifacts).decode("utf-8", "replace")
    assert "c/r7/" in everything
    for word in ("第77印", "7777", "七品", "七料", "七说"):
        assert word not in everything


FORBIDDEN = {
    "deleted": (lambda t: t.replace("c/r2/,,1 张,2026-01-07,,未绑定,\n", ""), "code-deleted c/r2/"),
    "deleted run": (
        lambda t: t.replace("t/jiang/A0/,第 1 印,10 张,2026-01-05,,停用,\n", ""),
        "code-deleted t/jiang/A0/",
    ),
    "another address": (lambda t: t.replace("c/r2/", "c/r9/"), "code-deleted c/r2/"),
    "re-pointed": (lambda t: t.replace("jiang/A2", "jiang/A3"), "code-repointed c/r1/"),
    "unbound again": (lambda t: t.replace("未绑定,jiang/A2", "未绑定,"), "code-repointed c/r1/"),
    "reused": (
        lambda t: t.replace("2026-01-08,,停用,", "2026-01-08,,在用,jiang/A3"),
        "code-reused c/r3/",
    ),
    "back into stock": (
        lambda t: t.replace("2026-01-08,,停用,", "2026-01-08,,未绑定,"),
        "code-reused c/r3/",
    ),
    "second target": (lambda t: t + "c/r1/,,,,,转向,jiang/A3\n", "code-twice c/r1/"),
    "opened": (lambda t: t.replace("01-05,,停用,", "01-05,,在用,"), "code-no-page t/jiang/A0/"),
    "astray": (lambda t: t.replace("转向,jiang/A1", "转向,jiang/A9"), "code-target-page jiang/A9"),
    "round": (
        lambda t: t + "c/a/,,,,,转向,c/b/\nc/b/,,,,,转向,c/a/\n",
        "code-round c/a/",
    ),
}


@pytest.mark.parametrize("name", FORBIDDEN)
def test_what_is_forbidden_stops_the_build(saved: Path, name: str) -> None:
    change, expected = FORBIDDEN[name]
    register(saved, change)
    site = built(saved)
    assert site.fatal()
    assert expected in told(site)


def test_a_register_that_is_gone_stops_the_build(saved: Path) -> None:
    (saved / REGISTER).unlink()
    assert sum(each.startswith("code-deleted") for each in told(built(saved))) == 6


def test_a_batch_that_is_gone_stops_the_build(saved: Path) -> None:
    write(saved, {"products/jiang/batches.csv": "批号,生产日期\nA2,2026-02-05\nA3,2026-03-05\n"})
    found = told(built(saved))
    assert "code-no-page t/jiang/A1/" in found
    assert "code-target-page jiang/A1" in found


ALLOWED = {
    "appended": lambda t: t + "t/jiang/A3/,第 1 印,9 张,2026-03-04,,在用,\n",
    "bound": lambda t: t.replace("01-07,,未绑定,\n", "01-07,,未绑定,jiang/A3\n"),
    "bound, called active": lambda t: t.replace("01-07,,未绑定,\n", "01-07,,在用,jiang/A3\n"),
    "redirected openly": lambda t: t.replace("未绑定,jiang/A2", "转向,jiang/A3"),
    "closed": lambda t: t.replace("未绑定,jiang/A2", "停用,"),
    "corrected quantity": lambda t: t.replace("100 张", "101 张"),
}


@pytest.mark.parametrize("name", ALLOWED)
def test_what_is_allowed_builds(saved: Path, name: str) -> None:
    register(saved, ALLOWED[name])
    assert told(built(saved)) == []


def test_it_can_be_compared_with_an_older_revision(saved: Path) -> None:
    register(saved, FORBIDDEN["deleted"][0])
    save(saved, "2026-03-07T10:00:00+0800")
    assert told(built(saved)) == []
    assert told(built(saved, since="HEAD~1")) == ["code-deleted c/r2/"]
    for wrong in ("HEAD~9", "--all", "nothing"):
        site = built(saved, since=wrong)
        assert site.fatal() and told(site) == [f"register-since {wrong}"]


def test_a_shallow_copy_and_no_git_never_crash(saved: Path, tmp_path: Path) -> None:
    save(saved, "2026-03-07T10:00:00+0800")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{saved}", "copy")
    write(tmp_path / "copy", {"products/jiang/batches.csv": "批号\nA2\n"})
    assert "code-no-page t/jiang/A1/" in told(built(tmp_path / "copy"))
    shutil.rmtree(saved / ".git")
    assert told(built(saved)) == []
    register(saved, lambda t: t + "t/jiang/A1/,第 2 印,9 张,2026-01-03,,在用,\n")
    assert told(built(saved)) == ["code-order 2026-01-03"]


def rename_folder(root: Path) -> None:
    (root / "products/jiang").rename(root / "products/lajiang")


def rename_lot(root: Path) -> None:
    table = "批号,生产日期\nB1,2026-01-05\nA2,2026-02-05\nA3,2026-03-05\n"
    write(root, {"products/jiang/batches.csv": table})


@pytest.mark.parametrize("commits", [0, 1, 3])
@pytest.mark.parametrize(
    ("rename", "to"), [(rename_folder, "lajiang/A1"), (rename_lot, "jiang/B1")]
)
def test_renaming_keeps_the_old_address_alive(
    saved: Path, rename: Callable[[Path], None], to: str, commits: int
) -> None:
    register(saved, lambda t: t.replace("辣酱", ""))  # Only Git knows the old name.
    rename(saved)
    for n in range(commits):
        save(saved, f"2026-03-1{n}T10:00:00+0800")
    site = built(saved)
    assert not site.fatal(), told(site)
    assert "code-kept t/jiang/A1/" in told(site)
    link = "../" * 3 + f"t/{to}/" if "lajiang" in to else f"../{to.partition('/')[2]}/"
    assert page(site, "t/jiang/A1/").meta("refresh").endswith(f"/{to.partition('/')[2]}/"), link
    # What leads to the old address leads on to the new one.
    assert f"/{to.partition('/')[2]}/" in page(site, "t/jiang/a-1/").meta("refresh")


def test_without_git_the_printed_name_is_enough(village: Path) -> None:
    rename_folder(village)
    register(village, lambda t: t.replace("jiang/A2", "lajiang/A2"))
    site = built(village)
    assert "code-kept t/jiang/A1/" in told(site)
    assert not site.fatal(), told(site)
    register(village, lambda t: t.replace("辣酱", "豆酱"))
    assert "code-no-page t/jiang/A1/" in told(built(village))


def test_two_candidates_are_none(saved: Path) -> None:
    table = "批号,生产日期\nB1,2026-01-05\nB2,2026-01-05\nA2,2026-02-05\nA3,2026-03-05\n"
    write(saved, {"products/jiang/batches.csv": table})
    assert "code-no-page t/jiang/A1/" in told(built(saved))


def test_a_lot_that_stood_beside_it_is_not_taken_for_it(saved: Path) -> None:
    both = "批号,生产日期\nA1,2026-01-05\nC1,2026-01-05\nA2,2026-02-05\n"
    save(saved, "2026-03-07T10:00:00+0800", {"products/jiang/batches.csv": both})
    write(saved, {"products/jiang/batches.csv": both.replace("A1,2026-01-05\n", "")})
    assert "code-no-page t/jiang/A1/" in told(built(saved))


def test_the_command_writes_nothing_and_takes_a_revision(saved: Path) -> None:
    done = run("xiangji", "build", "--host", "none", "--out", "site", cwd=saved)
    assert done.returncode == 0, done.stdout + done.stderr
    before = tree(saved / "site")
    register(saved, FORBIDDEN["re-pointed"][0])
    for command in (
        ("check",),
        ("build", "--host", "none", "--out", "site"),
        ("check", "--since", "HEAD"),
    ):
        done = here("xiangji", *command, cwd=saved)
        assert done.returncode == 1
        assert "products/codes.csv:5:" in done.stdout + done.stderr
        assert "[code-repointed]" in done.stdout + done.stderr
    assert tree(saved / "site") == before


# --- the reader ------------------------------------------------------------------------------


def read(raw: bytes) -> tuple[list[str], list[Problem]]:
    report = Report()
    found = read_register(raw, REGISTER, "https://cun.example.cn/", report)
    return [each.address for each in found], report.problems


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_any_encoding_and_separator(encoding: str, separator: str) -> None:
    text = "印出去的码,,\n地 址,数量,印刷日期\nｔ/jiang/A1,100 张,46026\n,,\n".replace(
        ",", separator
    )
    assert read(text.encode(encoding)) == (["t/jiang/A1/"], [])


cells = st.sampled_from(
    [
        "地址",
        "状态",
        "转到",
        "印刷日期",
        "t/a/b/",
        "c/x/",
        "c/",
        "/",
        "http://",
        "https://a/?",
        "转向",
    ]
) | st.text(max_size=12)
tables = st.lists(st.lists(cells, max_size=5).map(",".join), max_size=6).map("\n".join)


@settings(deadline=None, max_examples=300)
@given(
    st.binary(max_size=200)
    | (tables | tables.map(("地址,转到,状态\n").__add__)).map(
        lambda text: text.encode("utf-8", "surrogatepass")
    )
)
def test_the_reader_never_raises(raw: bytes) -> None:
    addresses, problems = read(raw)
    for each in addresses:
        assert each == "" or (each.endswith("/") and not each.startswith("/"))
    for each in problems:
        assert each.message("zh") and each.remedy("en")
