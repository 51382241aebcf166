"""`xiangji publish` as a person runs it, into a folder: what it says, what it refuses."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from built import DAY, run, tree, with_path, write
from spoken import spoken
from xiangji.cli.village import open_library
from xiangji.publish.plan import printed_codes

FILES = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n",
    "products/cha/product.yml": "名称: 茶\n类型: 农产品\n",
    "products/cha/batches.csv": "批号\nC1\nC2\n",
    "products/codes.csv": "地址,状态\nt/cha/C1/,在用\n",
    "site_src/index.md": "# 立碑村\n",
}
NAMED = ("-c", "user.name=x", "-c", "user.email=x@example.cn")
SHEET = "t/cha/C1/index.html"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("built") / "village", FILES)
    build(root)
    return root


@pytest.fixture
def village(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "village"))


def build(root: Path) -> None:
    done = run("xiangji", "build", "--host", "none", "--quiet", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr


def publish(village: Path, *words: str | Path, status: int = 0, lang: str = "zh") -> str:
    done = spoken("publish", *words, cwd=village, lang=lang)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_site_is_planned_and_published(village: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    said = publish(village, "--plan", place)
    assert "要传" in said and f"  {SHEET}  新的\n" in said and "去掉 --plan 再来一次" in said
    assert said.index(SHEET) < said.index("  t/cha/index.html") < said.index("  index.html")
    assert not place.exists()
    count = len(tree(village / "site"))
    assert f"传了 {count} 个文件" in publish(village, place)
    assert "已经是最新的" in publish(village, place)
    assert "up to date" in publish(village, place, lang="en")


def test_what_stays_is_told_with_a_remedy(village: Path, tmp_path: Path) -> None:
    """The sheet is missing from the folder that is published, though its code is out."""
    place = tmp_path / "place"
    publish(village, place)
    for lot in ("C1", "C2"):
        (village / f"site/t/cha/{lot}/index.html").unlink()
    said = publish(village, "--plan", place)
    assert f"  {SHEET}  印出去的码要用\n" in said and "“转向”或者“停用”" in said
    assert "  t/cha/C2/index.html\n" in said
    publish(village, place)
    assert (place / SHEET).exists() and not (place / "t/cha/C2/index.html").exists()


def test_programs_get_the_same(village: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    planned = json.loads(publish(village, "--plan", "--format", "json", place))
    done = json.loads(publish(village, "--format", "json", place))
    assert planned.pop("planned_only") and not done.pop("planned_only")
    assert planned == done and done["memory"] == "none" and done["site_url"] in FILES["mkdocs.yml"]
    site = tree(village / "site")
    assert {each["path"]: each["bytes"] for each in done["upload"]} == {
        path: len(each) for path, each in site.items()
    }


def test_a_code_that_has_no_page_is_told(village: Path, tmp_path: Path) -> None:
    (village / f"site/{SHEET}").unlink()
    said = publish(village, tmp_path / "place")
    assert f"  {SHEET}\n" in said and "扫了打不开" in said


@pytest.mark.parametrize("name", [".", "site", "site/x", "..", "products/x"])
def test_no_place_inside_the_village_is_overwritten(village: Path, name: str) -> None:
    before = tree(village)
    assert "换一个地方" in publish(village, name, status=1)
    assert tree(village) == before


def test_without_a_site_it_says_how_to_build_one(village: Path, tmp_path: Path) -> None:
    said = publish(village, "--from", tmp_path / "none", tmp_path / "place", status=1)
    assert "先运行 xiangji build" in said
    assert "还要写上“地方”。" in publish(village, status=2)


def test_another_village_is_refused(village: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    publish(village, place)
    before = tree(place)
    write(village, {"mkdocs.yml": "site_name: 别村\nsite_url: https://bie.example.cn/\n"})
    build(village)
    said = publish(village, place, status=1)
    assert "https://cun.example.cn/" in said and ".xiangji/published.json" in said
    assert tree(place) == before


def test_a_site_built_for_another_address_is_refused(village: Path, tmp_path: Path) -> None:
    words = ("--site-url", "http://192.168.1.2:8000/", tmp_path / "place")
    assert "重新运行 xiangji build" in publish(village, *words, status=1)
    assert not (tmp_path / "place").exists()


def test_without_the_register_nothing_is_published(village: Path, tmp_path: Path) -> None:
    write(village, {"products/codes.csv": "印次,状态\n第 1 印,在用\n"})
    said = publish(village, tmp_path / "place", status=1)
    assert "register-no-address" in said and "什么也没有传" in said
    assert not (tmp_path / "place").exists()


def test_a_place_that_cannot_be_written_is_told(village: Path, tmp_path: Path) -> None:
    """A file stands where a folder must be."""
    place = write(tmp_path, {"place/t": "a file"}) / "place"
    before = tree(place)
    said = publish(village, place, status=1)
    assert "  t\n" in said and "挪开" in said
    assert tree(place) == before
    (place / "t").unlink()
    publish(village, place)


def test_without_the_extra_it_says_what_to_install(village: Path, tmp_path: Path) -> None:
    """A folder needs none of it."""
    blocked = write(tmp_path / "blocked", {"fsspec/__init__.py": "raise ImportError('no')\n"})
    env = {"PYTHONPATH": with_path(blocked)}
    done = run("xiangji", "publish", "s3://cun", cwd=village, env=env)
    assert done.returncode == 1 and 'pip install "xiangji[publish]"' in done.stderr
    done = run("xiangji", "publish", tmp_path / "place", cwd=village, env=env)
    assert done.returncode == 0 and (tmp_path / "place/index.html").exists()


def test_codes_are_those_of_the_register_and_of_git(village: Path) -> None:
    """And where they lead. A row that was saved and is gone is a code that is out."""

    def codes() -> tuple[set[str], bool]:
        found = printed_codes(open_library("zh", village / "mkdocs.yml", DAY, None)[1])
        return set(found.files), found.kept

    row = "t/cha/C0/,转向,cha/C2\n"
    write(village, {"products/codes.csv": f"地址,状态,转到\n{row}"})
    both = {"t/cha/C0/index.html", "t/cha/C2/index.html"}
    assert codes() == (both, True)
    for words in (("init", "-q"), ("add", "."), (*NAMED, "commit", "-qm", "printed")):
        subprocess.run(["git", *words], cwd=village, check=True)
    (village / "products/codes.csv").unlink()
    assert codes() == ({"t/cha/C0/index.html"}, True)
    shutil.rmtree(village / ".git")
    assert codes() == (set(), False)


@pytest.mark.parametrize("name", ["stories", "site_src/x", ".git/x", "linked", "theme"])
def test_no_content_is_published_over(village: Path, name: str) -> None:
    for folder in ("stories", "site_src", ".git", "theme"):
        (village / folder).mkdir(exist_ok=True)
    (village / "linked").symlink_to("products")
    before = tree(village)
    assert "换一个地方" in publish(village, name, status=1)
    assert tree(village) == before


def test_a_folder_in_the_village_that_is_no_content_will_do(village: Path) -> None:
    publish(village, "away")
    assert (village / "away/index.html").is_file()


def test_files_of_others_are_named_and_taken_over_when_asked(village: Path, tmp_path: Path) -> None:
    place = write(tmp_path / "place", {"index.html": "theirs"})
    for more in ((), ("--plan",)):
        said = publish(village, *more, place, status=1)
        assert "  index.html\n" in said and "--take-over" in said
        assert tree(place) == {"index.html": b"theirs"}
    assert "留了一份" in publish(village, "--plan", "--take-over", place)
    assert tree(place) == {"index.html": b"theirs"}
    publish(village, "--take-over", place)
    assert "换回上一次放的网站" in publish(village, "--plan", "--back", place)
    said = publish(village, "--back", place)
    assert (place / "index.html").read_text() == "theirs"
    assert f"  {SHEET}  印出去的码要用\n" in said and (place / SHEET).is_file()


def test_there_is_one_before_or_it_says_so(village: Path, tmp_path: Path) -> None:
    assert "没有上一次" in publish(village, "--back", tmp_path / "place", status=1)
    assert not (tmp_path / "place").exists()
    assert "--from" in publish(village, "--back", "--from", "site", tmp_path / "p", status=2)
