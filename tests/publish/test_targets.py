"""A build never destroys what it did not make: which folders it writes, and what becomes of what others left there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from built import environment, here, run, tree, write
from readers.test_history import git, save
from xiangji.preview.preview import Preview
from xiangji.readers.site.build_mark import MARK, head_of, read_mark

FILES = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n",
    "products/cha/product.yml": "名称: 茶\n类型: 农产品\n",
    "products/cha/batches.csv": "批号\nC001\nC002\n",
    "site_src/index.md": "# 立碑村\n\n欢迎。\n",
    "site_src/page.md": "# 另一页\n",
    "site_src/long/page.md": "# 长文\n",
    "theme/readme.txt": "ours",
    "tracked/index.html": "<p>by hand</p>",
}
HOSTED = "docs_dir: site_src\ntheme:\n  name: xiangji\nplugins:\n  - xiangji: {reading: [long]}\n"
OTHERS = {
    "CNAME": "cun.example.cn\n",
    "MP_verify_x.txt": "x1\n",
    ".well-known/one.txt": "1\n",
    ".nojekyll": "",
    "docs/handed-out.html": "<p>not ours</p>",
}
DAY = "2026-11-22"
ASIDE = f"site.old-{DAY}"


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """A village in Git, beside a folder of somebody else; its user lives above both."""
    root = write(tmp_path / "home" / "village", FILES)
    git(root, "init", "-q")
    save(root, "2026-04-01T10:00:00+0800")
    write(tmp_path / "home" / "other", {"photo.jpg": "a photo", "index.html": "<p>mine</p>"})
    write(root, {"notes/letter.docx": "a letter"})
    write(tmp_path / "elsewhere", {"mine.txt": "mine"})
    return root


@pytest.fixture
def linked(village: Path) -> Path:
    """The same with links, and with what is no folder."""
    (village / "to-products").symlink_to("products")
    (village / "to-other").symlink_to(village.parent.parent / "elsewhere")
    (village / "round").symlink_to(".")
    (village / "loop").symlink_to("loop")
    getattr(os, "mkfifo", Path.touch)(village / "pipe")
    return village


def everything(folder: Path, but: str = "") -> dict[str, object]:
    """All that is below a folder, folders, links and times of change among it; without what lies in `but`."""
    found: dict[str, object] = {}
    for each in sorted(folder.rglob("*")):
        path = each.relative_to(folder).as_posix()
        if but and (path == but or path.startswith(f"{but}/")):
            continue
        what: object = None
        if each.is_symlink():
            what = os.readlink(each)  # noqa: PTH115
        elif each.is_file():
            what = (each.read_bytes(), each.stat().st_mtime_ns)
        found[path] = what
    return found


def home(village: Path) -> dict[str, str]:
    """An environment in which the village's parent is somebody's home; what an installation keeps is elsewhere."""
    kept = str(village.parent.parent.parent / "kept")
    places = {"XDG_CACHE_HOME": kept, "XDG_STATE_HOME": kept, "LOCALAPPDATA": kept}
    return {"HOME": str(village.parent), "USERPROFILE": str(village.parent), **places}


REFUSED = {
    ".": "target-village",
    "..": "target-village",
    "./products/..": "target-village",
    "../..": "target-village",
    "/": "target-village",
    "round": "target-village",
    "HOME": "target-village",
    "ROOT": "target-village",
    "products": "target-content",
    "products/": "target-content",
    "stories/../products": "target-content",
    "products/cha": "target-content",
    "products/new": "target-content",
    "to-products": "target-content",
    "to-products/new": "target-content",
    "round/products": "target-content",
    "stories": "target-content",
    "site_src": "target-content",
    "site_src/new": "target-content",
    "theme": "target-content",
    "theme/new": "target-content",
    "village": "target-content",
    "plugins": "target-content",
    ".git": "target-content",
    ".git/hooks": "target-content",
    ".cache": "target-content",
    ".cache/xiangji": "target-content",
    "mkdocs.yml": "target-no-folder",
    "pipe": "target-no-folder",
    "loop": "target-no-folder",
    "../other": "target-others",
    "../other/": "target-others",
    "OTHER": "target-others",
    "to-other": "target-others",
    "notes": "target-others",
    "tracked": "target-tracked",
}


def given(village: Path, word: str) -> str:
    names = {"HOME": village.parent, "OTHER": village.parent / "other", "ROOT": village}
    return str(names.get(word, word))


# --- what is refused -------------------------------------------------------------------------------


@pytest.mark.parametrize("option", ["--out", "--stage"])
@pytest.mark.parametrize("word", REFUSED)
def test_a_folder_of_the_command_line_is_wrong_use(linked: Path, option: str, word: str) -> None:
    before = everything(linked.parent.parent)
    words = ("xiangji", "build", "--host", "none", option, given(linked, word))
    done = here(*words, cwd=linked, env=home(linked))
    assert done.returncode == 2, done.stderr
    assert "用法不对：网站不能写到" in done.stderr and "换" in done.stderr
    assert everything(linked.parent.parent) == before


def named(village: Path, word: str, more: str = "") -> None:
    text = f"{FILES['mkdocs.yml']}site_dir: {given(village, word)}\n{more}"
    (village / "mkdocs.yml").write_text(text, "utf-8")


@pytest.mark.parametrize("word", REFUSED)
def test_a_folder_of_the_configuration_is_a_problem(linked: Path, word: str) -> None:
    named(linked, word)
    before = everything(linked.parent.parent)
    told = f"mkdocs.yml:3:11: 错误 [{REFUSED[word]}]"
    done = here("xiangji", "build", cwd=linked, env=home(linked))
    assert done.returncode == 1 and told in done.stderr and "没有生成网站" in done.stderr
    assert everything(linked.parent.parent) == before
    for _ in range(2):
        done = here("xiangji", "check", cwd=linked, env=home(linked))
        assert done.returncode == 1 and told in done.stderr
    assert everything(linked.parent.parent, f"{linked.parent.name}/village/.cache") == before


HOSTS = {
    "mkdocs": ("mkdocs", "build", "-f", "mkdocs.yml"),
    "properdocs": ("properdocs", "build", "-f", "mkdocs.yml"),
}
THEIRS = frozenset({".", "site_src", "site_src/new", "ROOT", ".."})
"""What the host refuses by itself, before it asks anybody."""


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(
    "word",
    [".", "..", "site_src", "products", "round/products", "OTHER", "to-other", "notes", "tracked"],
)
def test_a_host_is_stopped_before_it_cleans(linked: Path, host: str, word: str) -> None:
    named(linked, word, HOSTED)
    before = everything(linked.parent.parent)
    done = run(*HOSTS[host], cwd=linked, env=home(linked))
    assert done.returncode == 1, done.stderr
    assert everything(linked.parent.parent) == before
    if word not in THEIRS:
        assert f"mkdocs.yml:3:11: 错误 [{REFUSED[word]}]" in done.stdout + done.stderr


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_is_stopped_where_its_own_option_names_the_folder(village: Path, host: str) -> None:
    (village / "mkdocs.yml").write_text(FILES["mkdocs.yml"] + HOSTED, "utf-8")
    before = everything(village.parent.parent)
    for word in ("products", "../other"):
        done = run(*HOSTS[host], "--site-dir", word, cwd=village)
        assert done.returncode == 1 and f"[{REFUSED[word]}]" in done.stdout + done.stderr
    assert everything(village.parent.parent) == before


def test_json_says_that_nothing_was_built(village: Path) -> None:
    named(village, "products")
    done = here("xiangji", "build", "--format", "json", cwd=village)
    told = json.loads(done.stdout)
    assert (told["built"], told["files"]) == (False, 0)
    assert [each["rule"] for each in told["problems"]] == ["target-content"]


def test_english_says_what_to_do(village: Path) -> None:
    done = here("xiangji", "--lang", "en", "build", "--out", "products", cwd=village)
    assert done.returncode == 2 and "the village's own “products”" in done.stderr
    assert "Name a folder that is for the site alone" in done.stderr


def test_letters_that_the_disk_takes_for_the_same(
    village: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where `Products` is another folder it may be written; where it is the same, it may not."""
    same = (village / "PRODUCTS").exists()
    done = here("xiangji", "build", "--host", "none", "--out", "PRODUCTS", cwd=village)
    assert done.returncode == (2 if same else 0)
    # As on Windows, where neither is there yet and only the names can be compared.
    monkeypatch.setattr("os.path.normcase", lambda path: os.fspath(path).lower())
    done = here("xiangji", "build", "--host", "none", "--out", "VILLAGE/new", cwd=village)
    assert done.returncode == 2 and "village" in done.stderr


def test_what_was_told_of_a_folder_is_looked_at_again(village: Path) -> None:
    """`check` remembers its answers, and never looks into the folder of the site for them."""
    named(village, "OTHER")
    assert here("xiangji", "check", cwd=village).returncode == 1
    shutil.rmtree(village.parent / "other")
    done = here("xiangji", "check", cwd=village)
    assert done.returncode == 0, done.stderr


def test_another_folder_may_be_named_where_that_of_the_configuration_is_somebodys(
    village: Path,
) -> None:
    named(village, "OTHER")
    done = here("xiangji", "build", "--host", "none", "--out", "site", cwd=village)
    assert done.returncode == 0, done.stderr
    named(village, "products")
    assert here("xiangji", "build", "--host", "none", "--out", "site", cwd=village).returncode == 1


def test_a_preview_writes_nothing_there(village: Path) -> None:
    named(village, "products")
    before = everything(village.parent.parent)
    told: list[str] = []
    preview = Preview(
        village / "mkdocs.yml", None, lambda found: told.extend(p.rule for p in found)
    )
    preview.look()
    assert "target-content" in told and preview.answer("/").status == 404
    assert everything(village.parent.parent, f"{village.parent.name}/village/.cache") == before


def test_a_preview_looks_at_pages_wherever_they_lie(village: Path) -> None:
    """Only the folder that the site goes to is passed over, and that is not always `site`."""
    (village / "site_src").rename(village / "site")
    named(village, "public", "docs_dir: site\n")
    preview = Preview(village / "mkdocs.yml", None, lambda found: None)
    assert "欢迎" in preview.answer("/").content.decode()
    (village / "site/index.md").write_text("# 又来了\n", "utf-8")
    assert "又来了" in preview.answer("/").content.decode()


# --- what may be written ---------------------------------------------------------------------------


def build(village: Path, *words: str | Path, host: str = "none") -> str:
    """What a build that succeeds says."""
    if host in HOSTS:
        done = run(*HOSTS[host], *words, cwd=village)
    else:
        by = "mkdocs" if host == "ours" else host
        done = here("xiangji", "build", "--host", by, *words, cwd=village)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def as_marked(folder: Path, others: frozenset[str] = frozenset()) -> bool:
    """Whether the mark of a folder tells exactly what is in it."""
    mark = read_mark(folder)
    assert mark is not None
    assert json.loads((folder / MARK).read_text("utf-8"))["files"] == mark.files
    found = {}
    for each in folder.rglob("*"):
        path = each.relative_to(folder).as_posix()
        if each.is_file() and not path.startswith(".xiangji/") and path not in others:
            stat, digest = each.stat(), hashlib.sha256(each.read_bytes()).hexdigest()[:32]
            found[path] = f"{stat.st_size} {stat.st_mtime_ns} {digest}"
    return mark.files == found


@pytest.mark.parametrize("option", ["--out", "--stage"])
def test_a_folder_that_is_absent_empty_or_ours_is_written(village: Path, option: str) -> None:
    empty = village.parent / "empty"
    write(empty, {".DS_Store": "junk", "Thumbs.db": "junk", "._x": "junk"})
    for folder in (village / "new/deep", village.parent / "new", empty):
        for _ in range(2):
            build(village, option, folder)
            assert as_marked(folder)
            assert not (folder / ".DS_Store").exists()
        assert read_mark(folder).kind == option.replace("--out", "site").strip("-")  # type: ignore[union-attr]


@pytest.mark.parametrize("host", ["none", "ours", *HOSTS])
def test_an_absolute_folder_of_the_configuration_may_be_new_or_ours(
    village: Path, host: str
) -> None:
    target = village.parent.parent / "www"
    (village / "mkdocs.yml").write_text(
        f"{FILES['mkdocs.yml']}site_dir: {target}\n{HOSTED}", "utf-8"
    )
    for _ in range(2):
        build(village, host=host)
        assert as_marked(target)


@pytest.mark.parametrize("kind", ["absent", "empty", "ours"])
def test_a_link_is_followed_where_its_target_may_be_written(village: Path, kind: str) -> None:
    disk = village.parent.parent / "disk"
    (village / "site").symlink_to(disk)
    if kind == "empty":
        disk.mkdir()
    if kind == "ours":
        build(village, "--out", disk)
        edit(village)
    build(village)
    assert (village / "site").is_symlink() and as_marked(disk)
    assert (disk / "index.html").stat().st_mode & 0o444 == 0o444


def test_a_site_and_what_is_staged_do_not_replace_each_other(village: Path) -> None:
    build(village)
    before = everything(village)
    done = here("xiangji", "build", "--host", "none", "--stage", "site", cwd=village)
    assert done.returncode == 2 and "--stage" in done.stderr
    assert everything(village) == before


def edit(village: Path, word: str = "绿茶") -> None:
    (village / "products/cha/product.yml").write_text(f"名称: {word}\n类型: 农产品\n", "utf-8")


@pytest.mark.parametrize("host", ["none", "ours"])
def test_a_mark_tells_the_truth_whatever_is_taken_over(village: Path, host: str) -> None:
    """From the site before the last one, and from the last one by links."""
    if host == "ours":
        (village / "mkdocs.yml").write_text(FILES["mkdocs.yml"] + HOSTED, "utf-8")
    for word in ("红茶", "绿茶", "白茶", "白茶", "黑茶"):
        edit(village, word)
        build(village, host=host)
        assert as_marked(village / "site"), word
    shutil.rmtree(village / ".cache")
    build(village, host=host)
    assert as_marked(village / "site")


def test_the_mark_is_not_published(village: Path) -> None:
    build(village)
    target = village.parent / "www"
    done = here("xiangji", "publish", str(target), cwd=village)
    assert done.returncode == 0, done.stderr
    assert (target / "index.html").is_file() and not (target / MARK).exists()


# --- marks that nobody believes --------------------------------------------------------------------

ROW = '"index.html": "3 1 ' + "0" * 32 + '"'
MARKS = {
    "empty": "",
    "no JSON": "{",
    "a list": "[]",
    "deep": "[" * 100_000,
    "newer": head_of("site").replace('"form": 1', '"form": 2') + "\n}}\n",
    "another kind": head_of("site").replace("site", "other") + "\n}}\n",
    "cut off": head_of("site") + f"\n{ROW},\n",
    "a path upwards": head_of("site") + f"\n{ROW.replace('index.html', 'a/../../x')}\n}}}}\n",
    "a path from the root": head_of("site") + f"\n{ROW.replace('index.html', '/etc/x')}\n}}}}\n",
    "a drive": head_of("site") + f"\n{ROW.replace('index.html', 'C:x')}\n}}}}\n",
    "a backslash": head_of("site")
    + f"\n{ROW.replace('index.html', '..x')}\n}}}}\n".replace("..x", ".." + chr(92) + "x"),
    "itself": head_of("site") + f"\n{ROW.replace('index.html', MARK)}\n}}}}\n",
    "no digest": head_of("site") + '\n"index.html": "3 1 x"\n}}\n',
    "twice": head_of("site") + f"\n{ROW},\n{ROW}\n}}}}\n",
    "a comma too many": head_of("site") + f"\n{ROW},\n}}}}\n",
    "bytes": "\x00\x01\x02",
}


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_of_another_form_is_none(village: Path, mark: str) -> None:
    write(village.parent / "other", {MARK: MARKS[mark]})
    before = everything(village.parent.parent)
    done = here("xiangji", "build", "--host", "none", "--out", "../other", cwd=village)
    assert done.returncode == 2 and everything(village.parent.parent) == before
    write(village / "site", {MARK: MARKS[mark], "index.html": "<p>"})
    build(village)
    assert tree(village / ASIDE) == {"index.html": b"<p>"} and as_marked(village / "site")


@pytest.mark.parametrize("way", ["file", "folder"])
def test_a_mark_behind_a_link_is_none(village: Path, way: str) -> None:
    build(village)
    shutil.copytree(village / "site" / ".xiangji", village.parent / "kept")
    other = village.parent / "other"
    if way == "folder":
        (other / ".xiangji").symlink_to(village.parent / "kept")
    else:
        (other / ".xiangji").mkdir()
        (other / MARK).symlink_to(village.parent / "kept" / "built.json")
    before = everything(village.parent.parent)
    done = here("xiangji", "build", "--host", "none", "--out", "../other", cwd=village)
    assert done.returncode == 2 and everything(village.parent.parent) == before


def test_a_mark_that_is_huge_or_never_ends_is_none(village: Path) -> None:
    other = village.parent / "other"
    (other / ".xiangji").mkdir()
    with (other / MARK).open("wb") as out:
        out.write(head_of("site").encode() + b"\n")
        out.truncate(300_000_000)
    words = ("xiangji", "build", "--host", "none", "--out", "../other")
    assert here(*words, cwd=village).returncode == 2
    (other / MARK).unlink()
    os.mkfifo(other / MARK)
    assert here(*words, cwd=village).returncode == 2


# --- files of others -------------------------------------------------------------------------------

EVERY = ["none", "ours", *HOSTS]
"""Who builds: we alone, we with MkDocs, or a host with our plugin."""


@pytest.fixture(params=EVERY)
def host(request: pytest.FixtureRequest, village: Path) -> str:
    """Who builds; the village is one that a host can build."""
    if request.param != "none":
        (village / "mkdocs.yml").write_text(FILES["mkdocs.yml"] + HOSTED, "utf-8")
    return str(request.param)


def test_files_of_others_are_kept_and_told(village: Path, host: str) -> None:
    build(village, host=host)
    site = village / "site"
    write(site, {**OTHERS, ".DS_Store": "junk", "t/Thumbs.db": "junk"})
    (site / "beyond").symlink_to(village.parent / "other")
    for word in ("绿茶", "白茶", "黑茶"):
        edit(village, word)
        said = build(village, host=host)
        assert said.count("都留着") == 1
        for name in (".nojekyll", ".well-known/", "CNAME", "MP_verify_x.txt"):
            assert name in said
        now = {path: text.decode() for path, text in tree(site).items() if path in OTHERS}
        assert now == OTHERS
        assert (site / "beyond").is_symlink(), "a link is kept as it is"
        assert word in (site / "products/cha/index.html").read_text("utf-8")
        assert not (site / ".DS_Store").exists() and not (site / "t/Thumbs.db").exists()
        assert as_marked(site, frozenset({*OTHERS, "beyond"}))
    assert tree(village.parent / "other") == {"photo.jpg": b"a photo", "index.html": b"<p>mine</p>"}
    assert not list(village.glob("site.old*")) and not list(village.glob(".site*"))


def test_files_of_others_are_told_where_nothing_changed(village: Path) -> None:
    build(village)
    write(village / "site", OTHERS)
    before = everything(village / "site")
    said = build(village)
    assert "没有变化" in said and "CNAME" in said and "docs/" in said
    assert everything(village / "site") == before
    assert "CNAME" not in build(village, "--quiet")


def test_more_names_than_anybody_reads_are_counted(village: Path) -> None:
    build(village)
    write(village / "site", {f"f{number}.txt": "" for number in range(9)})
    said = build(village)
    assert "f4.txt，一共 9 个" in said and "f5.txt" not in said
    told = json.loads(
        here("xiangji", "build", "--host", "none", "--format", "json", cwd=village).stdout
    )
    assert len(told["kept"]) == 9 and told["unchanged"]


def test_what_somebody_changed_or_put_in_the_way_is_saved(village: Path, host: str) -> None:
    build(village, host=host)
    site = village / "site"
    write(
        site,
        {"products/cha/index.html": "<p>mended by hand</p>", "t/tang/T1/index.html": "<p>mine</p>"},
    )
    write(site, {"t/tang/T2": "a file where a folder goes"})
    write(village, {"products/tang/product.yml": "名称: 糖\n类型: 农产品\n"})
    write(village, {"products/tang/batches.csv": "批号\nT1\nT2\n"})
    edit(village)
    said = build(village, host=host)
    assert tree(village / ASIDE) == {
        "products/cha/index.html": b"<p>mended by hand</p>",
        "t/tang/T1/index.html": b"<p>mine</p>",
        "t/tang/T2": b"a file where a folder goes",
    }
    assert (
        said.count("存到了") == 1
        and f"{village / ASIDE}" in said
        and "t/tang/T1/index.html" in said
    )
    assert "糖" in (site / "t/tang/T2/index.html").read_text("utf-8")
    assert "绿茶" in (site / "products/cha/index.html").read_text("utf-8")
    assert as_marked(site)
    write(site, {"index.html": "<p>again</p>"})
    build(village, host=host)
    assert tree(village / f"{ASIDE}-2") == {"index.html": b"<p>again</p>"}


def test_what_is_the_same_is_not_saved(village: Path) -> None:
    """A file touched without being changed, and one that is as the new site has it."""
    build(village)
    site = village / "site"
    os.utime(site / "index.html", (1, 1))
    write(site, {"more.txt": "more"})
    write(village / "site_src", {"more.txt": "more"})
    edit(village)
    assert "都留着" not in build(village)
    assert not list(village.glob("site.old*")) and as_marked(site)


def test_a_page_of_ours_that_became_a_link_is_saved_as_a_link(village: Path) -> None:
    build(village)
    page = village / "site/products/cha/index.html"
    page.unlink()
    page.symlink_to(village.parent / "other" / "index.html")
    edit(village)
    build(village)
    assert (village / ASIDE / "products/cha/index.html").is_symlink()
    assert (village.parent / "other/index.html").read_text() == "<p>mine</p>"
    assert as_marked(village / "site")


def test_a_file_is_read_only_where_its_size_or_time_differ(village: Path) -> None:
    """One that keeps both is taken to be ours, and to be as it was: what a large village is spared of reading."""
    write(village, {"products/tang/product.yml": "名称: 糖\n类型: 农产品\n"})
    write(village, {"products/tang/batches.csv": "批号\nT1\n"})
    build(village)
    old = read_mark(village / "site")
    for path in ("products/cha/index.html", "t/tang/T1/index.html"):
        page = village / "site" / path
        seen = page.stat()
        page.write_bytes(b"x" * seen.st_size)
        os.utime(page, ns=(seen.st_atime_ns, seen.st_mtime_ns))
    edit(village)
    build(village)
    assert not list(village.glob("site.old*"))
    new = read_mark(village / "site")
    assert old and new and new.files[path] == old.files[path], (
        "the sheet of the other product stays"
    )
    assert new.files["products/cha/index.html"] != old.files["products/cha/index.html"]


def test_files_of_others_do_not_cost_the_spare(village: Path) -> None:
    for word in ("绿茶", "白茶"):
        build(village)
        write(village / "site", OTHERS)
        edit(village, word)
    for word in ("黑茶", "花茶"):
        (spare,) = village.glob(".cache/xiangji/*/places/*")
        number = spare.stat().st_ino
        edit(village, word)
        build(village)
        assert (village / "site").stat().st_ino == number
        assert {*OTHERS} <= {*tree(village / "site")}


# --- a site of nobody knows whom -------------------------------------------------------------------


@pytest.mark.parametrize("files", [{"index.html": "<p>old</p>", "a/b.pdf": "x"}, {"a.txt": "x"}])
def test_a_site_without_a_mark_is_put_aside(
    village: Path, host: str, files: dict[str, str]
) -> None:
    for name in (ASIDE, f"{ASIDE}-2"):
        shutil.rmtree(village / "site", ignore_errors=True)
        write(village / "site", files)
        said = build(village, host=host)
        assert {path: text.decode() for path, text in tree(village / name).items()} == files
        assert said.count(f"改名叫 {village / name}") == 1
        assert as_marked(village / "site")
    assert "改名叫" not in build(village, host=host)


@pytest.mark.parametrize("host", HOSTS)
def test_what_a_host_alone_built_is_put_aside(village: Path, host: str) -> None:
    """MkDocs' own site, before the village named our plugin."""
    (village / "mkdocs.yml").write_text(
        f"{FILES['mkdocs.yml']}docs_dir: site_src\ntheme: material\n", "utf-8"
    )
    build(village, host=host)
    old = tree(village / "site")
    (village / "mkdocs.yml").write_text(FILES["mkdocs.yml"] + HOSTED, "utf-8")
    build(village, host=host)
    assert tree(village / ASIDE) == old and as_marked(village / "site")


def test_a_folder_of_the_command_line_is_put_aside_too(village: Path) -> None:
    write(village / "public", {"index.html": "<p>old</p>"})
    said = build(village, "--out", "public")
    assert tree(village / f"public.old-{DAY}") == {"index.html": b"<p>old</p>"}
    assert "改名叫" in said


def test_what_was_staged_without_a_mark_is_refused(village: Path) -> None:
    write(village / "plain", {"mkdocs.yml": "site_name: x\n", "index.html": "<p>"})
    before = everything(village)
    done = here("xiangji", "build", "--host", "none", "--stage", "plain", cwd=village)
    assert done.returncode == 2 and everything(village) == before


def test_a_repository_of_its_own_is_refused(village: Path) -> None:
    write(village / "site", {"index.html": "<p>old</p>"})
    git(village / "site", "init", "-q")
    before = everything(village)
    done = here("xiangji", "build", "--host", "none", cwd=village)
    assert done.returncode == 1 and "[target-others]" in done.stderr
    assert everything(village) == before


def test_a_repository_that_somebody_put_into_our_site_is_kept(village: Path) -> None:
    """Whoever publishes by Git has one there."""
    build(village)
    git(village / "site", "init", "-q")
    save(village / "site", "2026-04-01T10:00:00+0800")
    for word in ("绿茶", "白茶"):
        edit(village, word)
        assert ".git/" in build(village)
    log = subprocess.run(["git", "fsck"], cwd=village / "site", check=False, capture_output=True)
    assert log.returncode == 0


def test_files_that_are_only_about_to_be_saved_are_gits(village: Path) -> None:
    write(village / "site", {"index.html": "<p>old</p>"})
    git(village, "add", "-f", "site")
    done = here("xiangji", "build", "--host", "none", cwd=village)
    assert done.returncode == 1 and "[target-tracked]" in done.stderr


# --- whatever stops it -----------------------------------------------------------------------------


@pytest.mark.parametrize("host", HOSTS)
def test_a_host_that_fails_or_is_killed_leaves_the_site_as_it_was(village: Path, host: str) -> None:
    hook = "def on_page_markdown(markdown, **_):\n    if 'STOP' in markdown: raise ValueError\n    return markdown\n"
    write(
        village, {"mkdocs.yml": f"{FILES['mkdocs.yml']}{HOSTED}hooks: [hook.py]\n", "hook.py": hook}
    )
    build(village, host=host)
    write(village / "site", OTHERS)
    before = everything(village / "site")
    write(village, {"site_src/long/page.md": "# STOP\n"})
    assert run(*HOSTS[host], cwd=village).returncode != 0
    assert everything(village / "site") == before and not list(village.glob(".site*"))
    write(village, {"site_src/long/page.md": "# 好\n"})
    child = subprocess.Popen(
        [sys.executable, "-m", *HOSTS[host]],
        cwd=village,
        env=environment(None),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while child.poll() is None and not any(village.glob(".site.new.*/*")):
        time.sleep(0.001)
    child.kill()
    child.wait()
    assert everything(village / "site") == before
    build(village, host=host)
    assert "好" in (village / "site/long/page/index.html").read_text("utf-8")
    assert (village / "site/CNAME").is_file() and not list(village.glob(".site*"))


def test_what_a_plugin_adds_is_of_the_build(village: Path) -> None:
    """It may do so after most others, and is not asked whose that is."""
    hook = (
        "from pathlib import Path\n"
        "from mkdocs.plugins import event_priority\n"
        "@event_priority(-50)\n"
        "def on_post_build(config):\n"
        "    assert (Path(config.site_dir) / 't/cha/C001/index.html').is_file()\n"
        "    (Path(config.site_dir) / 'extra.txt').write_text('x')\n"
    )
    config = f"{FILES['mkdocs.yml']}{HOSTED}hooks: [hook.py]\n"
    write(village, {"mkdocs.yml": config, "hook.py": hook})
    for _ in range(2):
        assert "都留着" not in build(village, host="mkdocs")
        assert as_marked(village / "site")


def test_another_hook_finds_the_folder_where_it_was(village: Path) -> None:
    """What others write when the site is there lands in it, and is theirs."""
    hook = (
        "from pathlib import Path\n"
        "from mkdocs.plugins import event_priority\n"
        "def on_config(config):\n    global given\n    given = config.site_dir\n"
        "@event_priority(-200)\n"
        "def on_post_build(config):\n"
        "    assert config.site_dir == given\n"
        "    (Path(given) / 'last.txt').write_text('x')\n"
    )
    write(
        village, {"mkdocs.yml": f"{FILES['mkdocs.yml']}{HOSTED}hooks: [hook.py]\n", "hook.py": hook}
    )
    for _ in range(2):
        build(village, host="mkdocs")
        assert (village / "site/last.txt").read_text() == "x"
    assert not list(village.glob("site.old*"))


def test_a_link_in_the_cache_is_not_followed(village: Path) -> None:
    """The place of the spare, and the folder that it lies in."""
    build(village)
    mine = write(village.parent / "mine", {"a/photo.jpg": "a photo", "b.txt": "b"})
    (places,) = {*village.glob(".cache/xiangji/*")} - {village / ".cache/xiangji/glance"}
    (places / "places").symlink_to(mine)
    edit(village)
    build(village)
    assert tree(mine) == {"a/photo.jpg": b"a photo", "b.txt": b"b"}
    (places / "places").unlink()
    edit(village, "白茶")
    build(village)
    (spare,) = (places / "places").iterdir()
    shutil.rmtree(spare)
    spare.symlink_to(mine)
    edit(village, "黑茶")
    build(village)
    assert tree(mine) == {"a/photo.jpg": b"a photo", "b.txt": b"b"}
    assert as_marked(village / "site")


def test_our_own_folders_in_the_cache_are_written_unless_a_link_leads_there(village: Path) -> None:
    own = village / ".cache/xiangji/preview"
    write(own, {"index.html": "of a version without a mark"})
    build(village, "--out", own)
    assert as_marked(own)
    shutil.rmtree(own)
    own.symlink_to(village.parent.parent / "elsewhere")
    before = everything(village.parent.parent)
    done = here("xiangji", "build", "--host", "none", "--out", own, cwd=village)
    assert done.returncode == 2 and everything(village.parent.parent) == before
