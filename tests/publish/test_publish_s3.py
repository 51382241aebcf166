"""A built village on a real S3 server: what goes up and when, and what a killed publication leaves."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from built import Document, environment, run, tree, write
from s3_server import MEMORY, OURS, Bucket, new_bucket, serving
from spoken import spoken
from xiangji import urls
from xiangji.cli.content.starter import write_starter
from xiangji.publish.published import read_published
from xiangji.publish.site_links import named_files

SHEET = "t/first-product/2026-01A/index.html"
REGISTER = (
    "地址,品名,状态\nt/first-product/2026-01A/,示例,在用\nt/first-product/2025-12T/,示例,停用\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A village with a register of codes, built."""
    root = tmp_path_factory.mktemp("published") / "village"
    write_starter(root)
    write(root, {"products/codes.csv": REGISTER})
    build(root)
    return root


def build(root: Path, *words: str) -> None:
    done = run("xiangji", "build", "--host", "none", *words, cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def buckets() -> Iterator[dict[str, Bucket]]:
    with serving() as found:
        yield found


@pytest.fixture
def village(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "village"))


@pytest.fixture
def bucket(buckets: dict[str, Bucket], request: pytest.FixtureRequest) -> Bucket:
    return new_bucket(buckets, request.node.name.replace("_", "-")[:60].rstrip("-"))


def publish(village: Path, bucket: Bucket, status: int = 0, target: str = "") -> str:
    """What the command says."""
    target = target or f"s3://{bucket.name}"
    done = spoken("publish", target, cwd=village, env=bucket.environment)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def standing(bucket: Bucket) -> dict[str, bytes]:
    """The site as visitors get it."""
    return {path: each for path, each in bucket.files().items() if OURS not in path}


def test_a_site_goes_up_whole_and_only_changes_follow(village: Path, bucket: Bucket) -> None:
    site = tree(village / "site")
    publish(village, bucket)
    assert standing(bucket) == site
    kept = f"{OURS}before/"
    asked = [path for method, path, _ in bucket.asked if method == "PUT" and kept not in path]
    assert asked[0] == asked[-1] == MEMORY
    first = bucket.puts()
    assert sorted(first) == sorted(site)
    goes_in_order(first, site)
    assert bucket.content_type("index.html") == "text/html; charset=utf-8"
    assert bucket.content_type("data/catalogue.json") == "application/json"

    publish(village, bucket)
    assert not [each for each in bucket.asked if each[0] not in ("GET", "HEAD")]

    product = village / "products/first-product/product.yml"
    product.write_text(product.read_text("utf-8").replace("名称: ", "名称: 新", 1), "utf-8")
    build(village)
    after = tree(village / "site")
    publish(village, bucket)
    changed = {path for path in after if after[path] != site.get(path)}
    assert SHEET in changed and 0 < len(changed) < len(after)
    assert sorted(bucket.puts()) == sorted(changed)
    assert standing(bucket) == after


def goes_in_order(order: list[str], site: dict[str, bytes]) -> None:
    """A code's page comes after all that it shows, and before every page that links to it; a new page
    before the lists that lead to it; home, sitemap and feed last."""
    at = {path: number for number, path in enumerate(order)}
    coded = [path for path in order if path.startswith("t/") and path.count("/") >= 3]
    coded = [path for path in coded if path.endswith("index.html") and "poster" not in path]
    assert SHEET in coded and len(coded) >= 3
    for path in order:
        if not path.endswith(".html"):
            continue
        names = [urls.file_of(each) for each in links(path, site)]
        if path in coded:
            shown = list(named_files(path, site[path], "", site))
            late = [n for n in shown if not n.endswith(".html") and at[n] > at[path]]
            assert not [name for name in late if name not in ("feed.xml", "data/catalogue.json")]
        else:
            assert not [name for name in names if name in coded and at[name] > at[path]], path
    assert {*order[-4:]} == {"index.html", "sitemap.xml", "feed.xml", "robots.txt"}
    assert at["products/first-product/index.html"] < at["products/index.html"]
    assert at["products/index.html"] < min(at[f"search/{x}.json"] for x in ("index", "text-1"))


def links(path: str, site: dict[str, bytes]) -> list[str]:
    """Where a page leads, by a reading of its own."""
    own = path.removesuffix("index.html")
    found = []
    for link in Document(site[path].decode()).links():
        parts = own.split("/")[:-1]
        for part in link.partition("#")[0].split("/"):
            parts = parts[:-1] if part == ".." else parts + [part] * (part not in ("", "."))
        found.append("/".join(parts) + "/" * link.partition("#")[0].endswith("/"))
    return found


def killed(village: Path, bucket: Bucket, room: int, more: tuple[str, ...] = ()) -> None:
    """A publication that is killed while its next file is on the way."""
    bucket.stop_after(room)
    command = [sys.executable, "-m", "xiangji", "publish", *more, f"s3://{bucket.name}"]
    client = subprocess.Popen(
        command,
        cwd=village,
        env=environment(bucket.environment),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert bucket.held_back.wait(60)
    # The server keeps half a body, which a real one does not: those that were let in come to an end.
    assert all(bucket.landed.acquire(timeout=60) for _ in range(room))
    client.kill()
    client.wait()
    bucket.room = None
    bucket.go_on.set()


def test_a_killed_publication_goes_on(village: Path, bucket: Bucket) -> None:
    site = tree(village / "site")
    killed(village, bucket, room=12)
    before = bucket.puts()
    assert len(before) == 12 < len(site) and "index.html" not in standing(bucket)
    assert read_published(bucket.files()[MEMORY]).files.keys() == site.keys()
    said = publish(village, bucket)
    assert "上一次没有传完" in said
    assert not {*bucket.puts()} & {*before}
    assert standing(bucket) == site


def test_what_a_killed_one_wrote_is_not_mistaken_for_the_old(village: Path, bucket: Bucket) -> None:
    """Killed while a change went up, and then the change is taken back."""
    site = tree(village / "site")
    publish(village, bucket)
    styles = village / "site" / SHEET
    styles.write_bytes(site[SHEET] + b"<!-- new -->")
    (village / "site/index.html").write_bytes(site["index.html"] + b"<!-- new -->")
    bucket.puts()
    killed(village, bucket, room=1)
    assert bucket.puts() == [SHEET]
    assert standing(bucket)[SHEET] != site[SHEET]
    write(
        village,
        {"site/index.html": site["index.html"].decode(), f"site/{SHEET}": site[SHEET].decode()},
    )
    publish(village, bucket)
    assert standing(bucket) == site


def test_a_key_that_runs_out_is_told_and_the_rest_follows(village: Path, bucket: Bucket) -> None:
    bucket.stop_after(9, refuse=True)
    assert "再运行一次同样的命令，会接着传" in publish(village, bucket, status=1)
    before = bucket.puts()
    bucket.room = None
    publish(village, bucket)
    assert not {*bucket.puts()} & {*before}
    assert standing(bucket) == tree(village / "site")


def test_a_built_site_can_go_there_at_once(village: Path, bucket: Bucket) -> None:
    """With the site in a folder of the bucket, beside another whose name begins alike."""
    bucket.put("cun2/theirs.txt", b"theirs")
    words = ("build", "--host", "none", "--format", "json", "--out", f"s3://{bucket.name}/cun")
    done = run("xiangji", *words, cwd=village, env=bucket.environment)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    site = tree(village / "site")
    assert (told["out"], told["published"]["foreign"]) == (f"s3://{bucket.name}/cun", 0)
    assert {each["path"] for each in told["published"]["upload"]} == site.keys()
    found = standing(bucket)
    assert bucket.files()[f"cun/{MEMORY}"] and found.pop("cun2/theirs.txt")
    assert found == {f"cun/{path}": each for path, each in site.items()}


def test_objects_of_others_stay_and_the_publication_before_comes_back(
    village: Path, bucket: Bucket
) -> None:
    """Killed on its way back, it goes on."""
    site = tree(village / "site")
    bucket.put("index.html", b"theirs")
    before = bucket.files()
    said = publish(village, bucket, status=1)
    assert "  index.html\n" in said and "--take-over" in said
    assert bucket.files() == before
    for path in (*site, "index.html"):
        bucket.delete(path)
    publish(village, bucket)
    for path in (SHEET, "index.html", "feed.xml"):
        (village / "site" / path).write_bytes(site[path] + b"<!-- new -->")
    (village / "site/more.txt").write_text("more")
    publish(village, bucket)
    assert standing(bucket) == tree(village / "site") != site
    bucket.puts()
    killed(village, bucket, room=1, more=("--back",))
    assert standing(bucket) != site
    done = spoken("publish", "--back", f"s3://{bucket.name}", cwd=village, env=bucket.environment)
    assert done.returncode == 0 and "换回上一次放的网站" in done.stdout
    assert standing(bucket) == site
    assert bucket.content_type("index.html") == "text/html; charset=utf-8"


def test_a_place_that_is_not_there_is_told(village: Path, bucket: Bucket) -> None:
    told = publish(village, bucket, status=1, target="s3://no-such-bucket/cun")
    assert "s3://no-such-bucket/cun" in told and "bucket does not exist" in told
    assert bucket.asked == []


def test_a_build_that_fails_publishes_nothing(village: Path, bucket: Bucket) -> None:
    write(village, {"products/brand.yml": "名称：错\n"})
    words = ("build", "--host", "none", "--out", f"s3://{bucket.name}")
    done = spoken(*words, cwd=village, env=bucket.environment)
    assert done.returncode == 1 and "没有生成网站" in done.stderr
    assert bucket.asked == []
