"""`publish --back`: what stood there comes back, whatever was killed when, and no printed code breaks."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Lock

import pytest

from built import tree, write
from publish.test_publish import (
    LEFT,
    NONE,
    REGISTERED,
    SHEET,
    SITE,
    URL,
    publish,
    site_of,
    standing,
)
from xiangji.publish.backup import FOLDER, LIST, digest_of, read_before
from xiangji.publish.plan import Codes
from xiangji.publish.publication import Publication, PublicationRefused, carry_out, look, look_back
from xiangji.publish.published import MEMORY, DamagedMemory, read_published
from xiangji.publish.target import Folder, Target, open_target

NEW = {
    "index.html": "new",
    "feed.xml": "<feed/>",
    SHEET: "new sheet",
    "news/index.html": "new",
    "assets/a.css": "new",
    "sitemap.xml": SITE["sitemap.xml"],
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return site_of(tmp_path / "site", SITE)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "place"


def back(place: Path | Target, codes: Codes = NONE, take_over: bool = False) -> Publication:
    target = open_target(str(place)) if isinstance(place, Path) else place
    found = look_back(target, codes, URL, "村", take_over)
    carry_out(found, lambda *_: None)
    return found


def shown(place: Path) -> dict[str, bytes]:
    """What visitors get."""
    return {path: each for path, each in tree(place).items() if not path.startswith(".xiangji/")}


def test_the_publication_before_comes_back_and_this_one_again(site: Path, place: Path) -> None:
    publish(site, place, NONE)
    old = standing(place)
    publish(site_of(site, NEW), place, NONE)
    new = standing(place)
    assert shown(place) == {path: each.encode() for path, each in NEW.items()}
    for wanted in (old, new, old):
        found = back(place)
        assert standing(place) == wanted and found.back
    publish(site, place, NONE)
    assert standing(place) == new


def test_a_plan_of_it_writes_nothing(site: Path, place: Path) -> None:
    publish(site, place, NONE)
    publish(site_of(site, NEW), place, NONE)
    before = tree(place)
    plan = look_back(open_target(str(place)), NONE, URL, "村").plan
    assert {each.path for each in plan.uploads} == {*SITE} - {"feed.xml", "sitemap.xml"}
    assert plan.deletes == ("news/index.html",)
    assert tree(place) == before


def test_only_one_publication_is_kept(site: Path, place: Path) -> None:
    for text in ("1", "2", "3", "4"):
        publish(site_of(site, {**LEFT, "index.html": text}), place, NONE)
    assert {*(place / FOLDER).iterdir()} == {place / LIST, place / FOLDER / digest_of(b"3")}
    publish(site, place, NONE)
    back(place)
    assert (place / "index.html").read_text() == "3"


def test_what_a_printed_code_needs_is_not_removed(site: Path, place: Path) -> None:
    """The code was printed after the publication that comes back."""
    publish(site_of(site, LEFT), place, NONE)
    publish(site_of(site, {**LEFT, SHEET: '<img src="../../../a.svg">', "a.svg": "a"}), place)
    kept = {each.path: each.why for each in back(place, REGISTERED).plan.kept}
    assert kept == {SHEET: "code", "a.svg": "shown"}
    assert {*shown(place)} == {*LEFT, SHEET, "a.svg"}
    assert {*read_published((place / MEMORY).read_bytes()).files} == {*LEFT, SHEET, "a.svg"}


def test_files_of_others_that_were_taken_over_come_back(site: Path, place: Path) -> None:
    """As theirs: the next publication asks again. And forward, they are ours again."""
    write(place, {"index.html": "theirs", "assets/a.css": "theirs", "own.txt": "own"})
    theirs = shown(place)
    publish(site, place, NONE, take_over=True)
    mine = standing(place)
    back(place)
    assert shown(place) == theirs
    with pytest.raises(PublicationRefused, match="publish-theirs"):
        publish(site, place, NONE)
    back(place)
    assert standing(place) == mine
    (place / "index.html").write_text("edited")
    publish(site_of(site, NEW), place, NONE, take_over=True)
    back(place)
    assert (place / "index.html").read_text() == "edited"
    with pytest.raises(PublicationRefused, match="publish-theirs"):
        publish(site, place, NONE)


def test_what_others_changed_since_is_not_replaced_unasked(site: Path, place: Path) -> None:
    publish(site, place, NONE)
    publish(site_of(site, NEW), place, NONE)
    (place / "index.html").write_text("theirs")
    before = tree(place)
    with pytest.raises(PublicationRefused, match="publish-theirs"):
        back(place)
    assert tree(place) == before
    back(place, take_over=True)
    assert shown(place) == {path: each.encode() for path, each in SITE.items()}


def test_without_one_before_it_is_refused(site: Path, place: Path) -> None:
    """Nothing published, published once, or since by a version that keeps nothing."""
    place.mkdir()
    with pytest.raises(PublicationRefused, match="publish-back-none"):
        back(place)
    publish(site, place, NONE)
    before = tree(place)
    with pytest.raises(PublicationRefused, match="publish-back-none"):
        back(place)
    assert tree(place) == before
    publish(site_of(site, NEW), place, NONE)
    (place / MEMORY).write_bytes((place / MEMORY).read_bytes() + b"\n")
    before = tree(place)
    with pytest.raises(PublicationRefused, match="publish-back-none"):
        back(place)
    assert tree(place) == before


@pytest.mark.parametrize("content", [None, b"other"])
def test_what_was_kept_and_is_lost_is_told(content: bytes | None, site: Path, place: Path) -> None:
    publish(site, place, NONE)
    publish(site_of(site, {**SITE, "index.html": "new"}), place, NONE)
    (kept,) = {*(place / FOLDER).iterdir()} - {place / LIST}
    kept.unlink() if content is None else kept.write_bytes(content)
    shows = shown(place)
    with pytest.raises(PublicationRefused, match="publish-back-lost"):
        back(place)
    assert shown(place) == shows


GOOD = {"sha256": "0" * 64, "size": 1}
HEAD = {"xiangji": "published", "form": 1, "site_url": URL, "site_name": "村", "codes": []}
WHOLE = {
    "xiangji": "before",
    "form": 1,
    "after": "",
    "back": False,
    "kept": {"a": GOOD},
    "theirs": {},
    "was": {**HEAD, "files": {"a": GOOD}},
}


@pytest.mark.parametrize(
    "change",
    [
        {"form": 2},
        {"xiangji": "published"},
        {"after": 1},
        {"back": 1},
        {"kept": []},
        {"kept": {"../a": GOOD}},
        {"kept": {".xiangji/x": GOOD}},
        {"kept": {"a": {"sha256": "", "size": 1}}},
        {"kept": {"a": {"sha256": "../../x", "size": 1}}},
        {"theirs": {"C:/a": GOOD}},
        {"was": {}},
        {"was": {**HEAD, "files": {"/etc/passwd": GOOD}}},
    ],
)
def test_a_list_that_somebody_else_wrote_is_not_believed(
    change: dict[str, object], site: Path, place: Path
) -> None:
    assert read_before(json.dumps(WHOLE).encode()).kept
    raw = json.dumps({**WHOLE, **change}).encode()
    with pytest.raises(DamagedMemory):
        read_before(raw)
    publish(site, place, NONE)
    publish(site_of(site, NEW), place, NONE)
    (place / LIST).write_bytes(raw)
    before = tree(place)
    with pytest.raises(PublicationRefused, match="publish-back-none"):
        back(place)
    assert tree(place) == before


class Dead(BaseException):
    """The process was killed."""


class Mortal(Folder):
    """A folder that this process reaches for so many changes; then it is dead."""

    def __init__(self, root: Path, life: int) -> None:
        super().__init__(root)
        self.life = life
        self._alone = Lock()

    def _live(self) -> None:
        with self._alone:
            self.life -= 1
            if self.life < 0:
                raise Dead

    def put(self, path: str, content: bytes) -> None:
        self._live()
        super().put(path, content)

    def remove(self, path: str) -> None:
        self._live()
        super().remove(path)


def killed(target: Mortal, work: Publication) -> bool:
    try:
        carry_out(work, lambda *_: None)
    except Dead:
        return True
    return False


@pytest.mark.parametrize("then", ["publish", "back", "publish back", "back back"])
def test_a_publication_killed_at_any_moment(then: str, site: Path, tmp_path: Path) -> None:
    """It goes on, or is undone; and after it went on, the one before it comes back."""
    old, new = site_of(tmp_path / "old", SITE), site_of(tmp_path / "new", NEW)
    older = site_of(tmp_path / "older", LEFT)
    alive, life = True, 0
    while alive:
        place = tmp_path / f"{life}"
        publish(older, place, NONE)
        publish(old, place, NONE)
        target = Mortal(place, life)
        alive = killed(target, look(new, target, NONE, URL, "村"))
        stands = read_published((place / MEMORY).read_bytes()).files
        for word in then.split():
            publish(new, place, NONE) if word == "publish" else back(place)
        if any(not each.sha256 for each in stands.values()):
            came = {"back": SITE, "back back": LEFT}  # Undone, and then the one before.
        elif "news/index.html" in stands:
            came = {"back": SITE, "back back": NEW}
        else:  # Nothing had changed.
            came = {"back": LEFT, "back back": SITE}
        wanted = {**came, "publish": NEW, "publish back": SITE}[then]
        assert shown(place) == {p: each.encode() for p, each in wanted.items()}, life
        life += 1
    assert life > 20


@pytest.mark.parametrize("then", ["back", "publish", "publish back"])
def test_a_back_killed_at_any_moment(then: str, tmp_path: Path) -> None:
    """It goes on; or another publication goes up, and what stood before comes back from that."""
    old, new = site_of(tmp_path / "old", SITE), site_of(tmp_path / "new", NEW)
    next_one = site_of(tmp_path / "next", {**NEW, "index.html": "next"})
    alive, life = True, 0
    while alive:
        place = tmp_path / f"{life}"
        publish(old, place, NONE)
        publish(new, place, NONE)
        target = Mortal(place, life)
        alive = killed(target, look_back(target, NONE, URL, "村"))
        done = read_published((place / MEMORY).read_bytes())
        stands = (
            SITE
            if digest_of(SITE["index.html"].encode()) == done.files["index.html"].sha256
            else NEW
        )
        complete = all(each.sha256 for each in done.files.values()) and stands is SITE
        if then == "back":
            back(place)
            wanted = NEW if complete else SITE
        else:
            publish(next_one, place, NONE)
            wanted = {**NEW, "index.html": "next"}
            if then == "publish back":
                back(place)
                wanted = SITE if complete else NEW
        assert shown(place) == {p: each.encode() for p, each in wanted.items()}, life
        life += 1
    assert life > 20


def test_it_goes_elsewhere_by_fsspec(site: Path) -> None:
    target = open_target("memory://back/site")
    publish(site, target, NONE)
    publish(site_of(site, NEW), target, NONE)
    back(target)
    found = {path for path in target.listing() if not path.startswith(".xiangji/")}
    assert found == {*SITE} and target.read("index.html") == SITE["index.html"].encode()
    back(target)
    assert target.read("index.html") == b"new"
