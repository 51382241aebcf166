"""What a publication does to its place: what goes, what stays for a printed code, what it believes.

The place is a folder here, or `fsspec`'s own memory; `test_publish_s3.py` has a real server.
"""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock

import pytest

from built import tree, write
from xiangji.publish.backup import FOLDER
from xiangji.publish.plan import Codes
from xiangji.publish.publication import Publication, PublicationRefused, carry_out, look
from xiangji.publish.published import (
    MEMORY,
    DamagedMemory,
    Published,
    PublishedFile,
    is_safe,
    read_published,
)
from xiangji.publish.site_links import named_files
from xiangji.publish.target import NoTarget, Remote, Target, content_type, in_threads, open_target

URL = "https://cun.example.cn/"
SHEET = "t/cha/C1/index.html"
SITE = {
    "index.html": '<a href="t/cha/C1/">1</a> <a href="products/cha/">2</a>',
    "products/cha/index.html": '<a href="../../t/cha/C1/">1</a><img src="../../assets/p.svg">',
    "t/cha/index.html": '<a href="C1/">1</a>',
    SHEET: '<link href="../../../assets/a.css"><img srcset="../../../assets/s.webp 320w">'
    '<a href="e/">e</a> <a href="../../../products/cha/">2</a>',
    "t/cha/C1/e/index.html": '<img src="../../../../assets/e.webp">',
    "assets/a.css": "@import 'b.css';",
    "assets/b.css": "body { background: url(b.svg) }",
    "assets/b.svg": "<svg/>",
    "assets/s.webp": "s",
    "assets/e.webp": "e",
    "assets/p.svg": "<svg><!-- p --></svg>",
    "stories/old/index.html": '<img src="../../assets/o.svg">',
    "assets/o.svg": "<svg><!-- o --></svg>",
    "sitemap.xml": f"<urlset><url><loc>{URL}</loc></url></urlset>",
    "feed.xml": "<feed/>",
}
LEFT = {"index.html": "<p>nothing</p>", "feed.xml": "<feed/>"}
REGISTERED = Codes(frozenset([SHEET]), kept=True)
NONE = Codes(frozenset(), kept=True)


def seen(
    site: Path, place: Target | Path, codes: Codes = REGISTERED, url: str = URL
) -> Publication:
    target = open_target(str(place)) if isinstance(place, Path) else place
    return look(site, target, codes, url, "村")


def publish(
    site: Path, place: Target | Path, codes: Codes = REGISTERED, take_over: bool = False
) -> Publication:
    target = open_target(str(place)) if isinstance(place, Path) else place
    found = look(site, target, codes, URL, "村", take_over)
    carry_out(found, lambda *_: None)
    return found


def standing(place: Path) -> dict[str, bytes]:
    """All that is there without what is kept for `--back`."""
    return {path: each for path, each in tree(place).items() if not path.startswith(FOLDER)}


def site_of(folder: Path, files: dict[str, str]) -> Path:
    for old in tree(folder) if folder.exists() else ():
        (folder / old).unlink()
    return write(folder, files)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return site_of(tmp_path / "site", SITE)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "place"


def test_what_a_printed_code_needs_stays_and_all_else_goes(site: Path, place: Path) -> None:
    publish(site, place)
    before = standing(place)
    found = publish(site_of(site, LEFT), place)
    why = {each.path: (each.why, each.by) for each in found.plan.kept}
    assert why.pop(SHEET) == ("code", "")
    assert why == {
        "assets/a.css": ("shown", SHEET),
        "assets/s.webp": ("shown", SHEET),
        "t/cha/C1/e/index.html": ("shown", SHEET),
        "products/cha/index.html": ("shown", SHEET),
        "assets/b.css": ("shown", "assets/a.css"),
        "assets/b.svg": ("shown", "assets/b.css"),
        "assets/e.webp": ("shown", "t/cha/C1/e/index.html"),
        "assets/p.svg": ("shown", "products/cha/index.html"),
    }
    gone = {"stories/old/index.html", "assets/o.svg", "t/cha/index.html", "sitemap.xml"}
    assert {*found.plan.deletes} == gone and found.plan.deletes[0].endswith(".html")
    after = standing(place)
    assert {*before} - {*after} == gone
    assert all(after[path] == before[path] for path in why)
    assert not (place / "stories").exists()


def test_a_code_stays_when_its_row_is_lost(site: Path, place: Path) -> None:
    """And with the next publication, and the one after it."""
    publish(site, place)
    site_of(site, LEFT)
    for _ in range(2):
        found = publish(site, place, NONE)
        assert (SHEET, "once") in {(each.path, each.why) for each in found.plan.kept}
        assert (place / SHEET).is_file()


def test_without_a_register_any_sheet_may_be_printed(site: Path, place: Path) -> None:
    publish(site, place, Codes(frozenset(), kept=False))
    found = publish(site_of(site, LEFT), place, Codes(frozenset(), kept=False))
    sheets = {each.path for each in found.plan.kept if each.why == "sheet"}
    assert sheets == {SHEET, "t/cha/C1/e/index.html"}


def test_with_a_register_a_sheet_that_was_never_printed_goes(site: Path, place: Path) -> None:
    publish(site, place, NONE)
    publish(site_of(site, LEFT), place, NONE)
    assert {*standing(place)} == {*LEFT, MEMORY}


def test_a_code_without_any_page_is_told(site: Path, place: Path) -> None:
    lost = Codes(frozenset([SHEET, "c/juan-01/index.html"]), kept=True)
    assert seen(site, place, lost).plan.lacking == ("c/juan-01/index.html",)


def test_files_of_others_stay(site: Path, place: Path) -> None:
    """Of the same name as ours, too: those have to be given up by whoever publishes."""
    same = {"feed.xml": SITE["feed.xml"]}
    write(place, {"theirs/index.html": "theirs", "assets/a.css": "theirs", **same})
    before = tree(place)
    with pytest.raises(PublicationRefused, match="publish-theirs") as refused:
        publish(site, place, NONE)
    assert refused.value.values == {"count": 1, "names": "  assets/a.css"}
    assert tree(place) == before
    found = publish(site, place, NONE, take_over=True)
    assert found.plan.foreign == 1
    assert [each.path for each in found.plan.uploads if each.why == "over"] == ["assets/a.css"]
    publish(site_of(site, LEFT), place, NONE)
    assert {*standing(place)} == {*LEFT, MEMORY, "theirs/index.html"}


def test_without_a_name_in_common_files_of_others_are_no_matter(site: Path, place: Path) -> None:
    write(place, {"theirs/index.html": "theirs", "CNAME": "cun.example.cn"})
    publish(site, place, NONE)
    publish(site_of(site, LEFT), place, NONE)
    assert {*standing(place)} == {*LEFT, MEMORY, "theirs/index.html", "CNAME"}


def test_a_plan_writes_nothing(site: Path, place: Path) -> None:
    assert len(seen(site, place).plan.uploads) == len(SITE)
    assert not place.exists()
    publish(site, place)
    before = {file: file.stat().st_mtime_ns for file in place.rglob("*")}
    write(site, {"index.html": "new"})
    assert [each.path for each in seen(site, place).plan.uploads] == ["index.html"]
    assert {file: file.stat().st_mtime_ns for file in place.rglob("*")} == before


def test_what_is_gone_or_cut_short_at_the_place_goes_up_again(site: Path, place: Path) -> None:
    publish(site, place)
    (place / "assets/a.css").unlink()
    (place / SHEET).write_bytes(b"<p>")
    before = tree(place)
    with pytest.raises(PublicationRefused, match="publish-theirs"):
        publish(site, place)
    assert tree(place) == before
    why = {each.path: each.why for each in publish(site, place, take_over=True).plan.uploads}
    assert why == {"assets/a.css": "lost", SHEET: "changed"}
    assert {**standing(place), MEMORY: b""} == {**tree(site), MEMORY: b""}


@pytest.mark.parametrize("files", [LEFT, {**SITE, SHEET: "new"}])
def test_what_others_changed_is_neither_replaced_nor_deleted(
    files: dict[str, str], site: Path, place: Path
) -> None:
    publish(site, place, NONE)
    (place / SHEET).write_text("theirs")
    before = tree(place)
    with pytest.raises(PublicationRefused, match="publish-theirs") as refused:
        publish(site_of(site, files), place, NONE)
    assert refused.value.values["names"] == f"  {SHEET}"
    assert tree(place) == before


@pytest.mark.parametrize("linked", ["t", "t/cha", SHEET, ".xiangji", MEMORY, "assets/a.css"])
@pytest.mark.parametrize("first", [True, False])
def test_links_are_neither_written_nor_deleted_through(
    linked: str, first: bool, site: Path, place: Path, tmp_path: Path
) -> None:
    """And none of it is read, with or without leave to take over."""
    if not first:
        publish(site, place, NONE)
    else:
        place.mkdir()
    elsewhere = tmp_path / "elsewhere"
    link = place / linked
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.exists():
        link.rename(elsewhere)
    elif link.suffix:
        elsewhere.write_text("theirs")
    else:
        write(elsewhere, {"cha/C1/index.html": "theirs"})
    link.symlink_to(elsewhere)
    before = tree(tmp_path)
    for take_over in (False, True):
        with pytest.raises(PublicationRefused, match="publish-in-the-way") as refused:
            publish(site, place, NONE, take_over)
        assert str(refused.value.values["names"]).split() == [linked]
        assert tree(tmp_path) == before and link.is_symlink()


def test_a_link_that_was_named_is_followed(site: Path, place: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    place.symlink_to(tmp_path / "real")
    publish(site, place)
    assert place.is_symlink() and (tmp_path / "real/index.html").is_file()


def test_a_folder_or_a_link_to_nothing_at_a_files_place_is_told(site: Path, place: Path) -> None:
    write(place, {"index.html/x": "theirs", "assets": "theirs"})
    (place / "feed.xml").symlink_to("nothing")
    with pytest.raises(PublicationRefused, match="publish-in-the-way") as refused:
        publish(site, place, NONE, take_over=True)
    assert str(refused.value.values["names"]).split() == ["assets", "feed.xml", "index.html"]
    assert {*tree(place)} == {"index.html/x", "assets"}


def test_a_link_that_comes_between_looking_and_writing_is_not_followed(
    site: Path, place: Path, tmp_path: Path
) -> None:
    publish(site, place, NONE)
    write(site, {SHEET: "new"})
    found = seen(site, place, NONE)
    (place / "t").rename(tmp_path / "elsewhere")
    (place / "t").symlink_to(tmp_path / "elsewhere")
    before = tree(tmp_path / "elsewhere")
    with pytest.raises(NoTarget, match="in the way"):
        carry_out(found, lambda *_: None)
    with pytest.raises(NoTarget, match="in the way"):
        open_target(str(place)).remove(SHEET)
    assert tree(tmp_path / "elsewhere") == before


GOOD = {"sha256": "0" * 64, "size": 1}
HEAD = {"xiangji": "published", "form": 1, "site_url": URL, "site_name": "村", "codes": []}


@pytest.mark.parametrize(
    "memory",
    [
        b"",
        b"\xff\xfe",
        b"{",
        b"[" * 100_000,
        b"[]",
        json.dumps({**HEAD, "files": []}).encode(),
        json.dumps({**HEAD, "files": {"../theirs.txt": GOOD}}).encode(),
        json.dumps({**HEAD, "files": {"/etc/passwd": GOOD}}).encode(),
        json.dumps({**HEAD, "files": {"C:/theirs.txt": GOOD}}).encode(),
        json.dumps({**HEAD, "files": {"..\\theirs.txt": GOOD}}).encode(),
        json.dumps({**HEAD, "files": {MEMORY: GOOD}}).encode(),
        json.dumps({**HEAD, "files": {"a": {"sha256": "x", "size": 1}}}).encode(),
        json.dumps({**HEAD, "files": {"a": {"sha256": "0" * 64, "size": True}}}).encode(),
        json.dumps({**HEAD, "files": {"a": 1}}).encode(),
        json.dumps({**HEAD, "codes": [["a"]], "files": {}}).encode(),
        json.dumps({**HEAD, "site_url": None, "files": {}}).encode(),
        json.dumps({**HEAD, "form": "1", "files": {}}).encode(),
    ],
)
def test_a_damaged_memory_is_not_believed(memory: bytes, site: Path, place: Path) -> None:
    with pytest.raises(DamagedMemory):
        read_published(memory)
    publish(site, place)
    (place.parent / "theirs.txt").write_text("theirs")
    (place / MEMORY).write_bytes(memory)
    site_of(site, LEFT)
    with pytest.raises(PublicationRefused, match="publish-theirs"):
        publish(site, place, NONE)
    found = publish(site, place, NONE, take_over=True)
    assert (found.memory, found.plan.deletes) == ("damaged", ())
    assert {each.path for each in found.plan.uploads} == {"index.html"}
    assert found.plan.settled == {"feed.xml"}
    assert {*SITE} < {*tree(place)} and (place.parent / "theirs.txt").exists()
    assert publish(site, place, NONE).memory == "read"


def test_another_site_is_left_alone(site: Path, place: Path) -> None:
    publish(site, place)
    before = tree(place)
    write(site, {"sitemap.xml": "", "index.html": "other"})
    with pytest.raises(PublicationRefused, match="publish-other"):
        seen(site, place, url="https://other.example.cn/")
    with pytest.raises(PublicationRefused, match="publish-other"):
        seen(site, place, url="")
    assert tree(place) == before


def test_a_site_may_get_its_address_later(site: Path, place: Path) -> None:
    found = look(site, open_target(str(place)), NONE, None, "村")
    carry_out(found, lambda *_: None)
    with pytest.raises(PublicationRefused, match="publish-other"):
        look(site, open_target(str(place)), NONE, URL, "别的村")
    assert publish(site, place).memory == "read"
    assert read_published((place / MEMORY).read_bytes()).site_url == URL


def test_the_memory_of_a_newer_version_is_left_alone(site: Path, place: Path) -> None:
    write(place, {MEMORY: json.dumps({**HEAD, "form": 2})})
    with pytest.raises(PublicationRefused, match="publish-newer"):
        seen(site, place)


def test_a_folder_that_is_no_site_or_has_another_address_is_refused(
    site: Path, place: Path
) -> None:
    with pytest.raises(PublicationRefused, match="publish-address"):
        seen(site, place, url="https://other.example.cn/")
    (site / "index.html").unlink()
    with pytest.raises(PublicationRefused, match="publish-no-site"):
        seen(site, place)
    assert not place.exists()


def test_a_site_that_changes_meanwhile_stops_it(site: Path, place: Path) -> None:
    found = seen(site, place)
    (site / "index.html").write_text("changed")
    with pytest.raises(PublicationRefused, match="publish-moving"):
        carry_out(found, lambda *_: None)
    assert not (place / "index.html").exists()
    assert seen(site, place).memory == "unfinished"


def test_two_at_a_time_are_noticed(site: Path, place: Path) -> None:
    """Another publication ends between this one's look and its first file, or while files go up."""
    publish(site, place)
    write(site, {"index.html": "mine"})
    found = seen(site, place)
    theirs = site_of(site.parent / "theirs", {**SITE, "index.html": "theirs"})
    publish(theirs, place)
    with pytest.raises(PublicationRefused, match="publish-busy"):
        carry_out(found, lambda *_: None)
    assert (place / "index.html").read_text() == "theirs"
    with pytest.raises(PublicationRefused, match="publish-busy"):
        carry_out(seen(site, place), lambda *_: write(place, {MEMORY: "theirs"}))
    assert (place / MEMORY).read_text() == "theirs"
    publish(site, place)
    assert (place / "index.html").read_text() == "mine"


def test_pages_that_are_new_go_before_those_that_lead_to_them(site: Path, place: Path) -> None:
    publish(site, place)
    more = {
        "about/index.html": '<a href="../news/one/">1</a>',
        "news/index.html": '<a href="one/">1</a>',
        "news/one/index.html": "one",
        "products/cha/index.html": '<a href="../../news/">1</a>',
        "index.html": '<a href="news/">1</a>',
        "t/cha/C2/index.html": '<img src="../../../assets/new.webp">',
        "assets/new.webp": "new",
        "other.pdf": "other",
    }
    write(site, more)
    assert [each.path for each in seen(site, place).plan.uploads] == [
        "assets/new.webp",
        "t/cha/C2/index.html",
        "other.pdf",
        "news/one/index.html",
        "about/index.html",
        "news/index.html",
        "products/cha/index.html",
        "index.html",
    ]


def test_other_places_by_fsspec(site: Path) -> None:
    target = open_target("memory://village/site")
    publish(site, target)
    assert target.read(MEMORY)
    publish(site_of(site, LEFT), target)
    found = {*target.listing()} - {MEMORY}
    assert {*LEFT, SHEET, "assets/b.svg"} < found and "assets/o.svg" not in found
    assert target.read("index.html") == LEFT["index.html"].encode()


class Watched(Remote):
    """A place that refuses the site's files after so many, and keeps how many its memory knew."""

    room = 1000
    alone = Lock()

    def put(self, path: str, content: bytes) -> None:
        if path.startswith(FOLDER):
            pass
        elif path == MEMORY:
            told = read_published(content).files.values()
            self.knew = [*getattr(self, "knew", []), sum(bool(each.sha256) for each in told)]
        else:
            with self.alone:
                self.room -= 1
                if self.room < 0:
                    raise NoTarget("full")
        super().put(path, content)


def test_a_place_that_tells_no_digests_knows_what_went_up(site: Path) -> None:
    """The memory is written at the beginning, in between, when it breaks off, and at the end."""
    files = {"index.html": "home", **{f"n/{n}/index.html": f"{n}" for n in range(199)}}
    site_of(site, files)
    place = Watched("memory://watched")
    place.room = 30
    with pytest.raises(NoTarget, match="full"):
        publish(site, place)
    assert place.knew == [0, 30]
    place.room = 1000
    assert len(publish(site, place).plan.uploads) == 170
    assert place.knew == [0, 30, 30, 94, 158, 200]
    assert {path: place.read(path) for path in files} == {p: c.encode() for p, c in files.items()}
    assert not seen(site, place).plan.uploads


def test_a_folder_may_be_written_as_an_address(site: Path, tmp_path: Path) -> None:
    place = tmp_path / "a b"
    publish(site, open_target(place.as_uri()))
    assert (place / "index.html").is_file()


def test_an_unknown_kind_of_place_is_told() -> None:
    with pytest.raises(NoTarget, match="nowhere"):
        open_target("nowhere://x")


def test_what_is_left_half_written_goes(site: Path, place: Path) -> None:
    left = place / ".xiangji/fresh.left"
    write(place, {".xiangji/fresh.left": "half"})
    publish(site, place)
    assert not left.exists()


def test_links_out_of_the_site_do_not_come_along(site: Path, tmp_path: Path, place: Path) -> None:
    secret = write(tmp_path, {"secret.txt": "secret"}) / "secret.txt"
    (site / "linked.txt").symlink_to(secret)
    publish(site, place)
    assert not (place / "linked.txt").exists()


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ('<a href="../C2/">', ["t/cha/C2/index.html"]),
        ("<a href=../C2/?a=1#b>", ["t/cha/C2/index.html"]),
        ("<a href='../C2'>", ["t/cha/C2/index.html"]),
        ('<a href="/cun/t/cha/C2/">', ["t/cha/C2/index.html"]),
        ('<meta content="https://x.cn/cun/p.svg">', ["p.svg"]),
        ('<img srcset="/cun/p.svg 1x, /cun/q%20r.svg 2x">', ["p.svg", "q r.svg"]),
        ('<a href="/cun/q%20r.svg">', ["q r.svg"]),
        ('<meta http-equiv="refresh" content="0;url=../C2/">', ["t/cha/C2/index.html"]),
        ('<div style="background: url(&quot;/cun/p.svg&quot;)">', ["p.svg"]),
        ("<style>p { background: url( '/cun/p.svg' ) }</style>", ["p.svg"]),
        ('<a href="https://y.cn/cun/p.svg"> <a href="/p.svg"> <a href="tel:1">', []),
        ('<a href="http://[x/">', []),
        ('<a href="./">', []),
    ],
)
def test_files_that_a_page_names(written: str, named: list[str]) -> None:
    there = {SHEET, "t/cha/C2/index.html", "p.svg", "q r.svg"}
    found = named_files(SHEET, written.encode(), "https://x.cn/cun/", there)
    assert [*found] == named


def test_safe_paths() -> None:
    assert is_safe("t/cha/C1/index.html") and is_safe("批/次.html") and is_safe(".nojekyll")
    for path in ("", "/a", "a//b", "a/../b", "./a", "a\\b", "c:/a", "a\0", ".xiangji/x", 1, None):
        assert not is_safe(path), path


def test_the_memory_reads_as_it_was_written() -> None:
    told = Published(
        URL, "村", {"a": PublishedFile("0" * 64, 1), "b": PublishedFile("", 2)}, frozenset("a")
    )
    assert read_published(told.as_bytes()) == told


def test_types_are_those_that_browsers_need() -> None:
    assert content_type("a/index.html") == "text/html; charset=utf-8"
    assert content_type("a.JPG") == "image/jpeg" and content_type("a.webp") == "image/webp"
    assert content_type("LICENSE") == "application/octet-stream"


def test_after_a_failure_no_further_work_begins() -> None:
    begun: list[str] = []

    def work(path: str) -> None:
        begun.append(path)
        raise NoTarget(path)

    with pytest.raises(NoTarget):
        in_threads(work, [str(n) for n in range(1000)], lambda *_: None, threads=2)
    assert len(begun) <= 2
