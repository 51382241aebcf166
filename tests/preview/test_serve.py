"""The preview: a changed sentence shows, a broken file is told and does not end it."""

from __future__ import annotations

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from built import Built, environment, tree
from rebuilt import BATCHES, made
from xiangji.preview.access import IDLE, MOST_THREADS, MOST_WATCHING, BoundedServer, HostNames
from xiangji.preview.host_pages import HostPages
from xiangji.preview.preview import CHANGES, Preview
from xiangji.preview.server import PreviewServer

PATIENCE = 60


@dataclass
class Running:
    """A running `xiangji serve` and what it has said so far."""

    root: Path
    address: str
    log: Path
    process: subprocess.Popen[bytes]

    def page(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return str(answer.read().decode("utf-8"))

    def said(self) -> str:
        return self.log.read_text("utf-8", errors="replace")

    def until(self, what: Callable[[], bool]) -> None:
        """Wait for something to become true; say what was printed when it does not."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.said()
            try:
                if what():
                    return
            except OSError:
                pass  # Not listening yet.
            time.sleep(0.2)
        raise AssertionError(self.said())


@pytest.fixture
def preview(starter: Built, tmp_path: Path) -> Iterator[Running]:
    root = shutil.copytree(starter.root, tmp_path / "village")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    log = tmp_path / "said.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "xiangji", "serve", "--address", host],
            cwd=root,
            env=environment({"PYTHONUNBUFFERED": "1"}),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        yield Running(root, f"http://{host}/", log, process)
        process.terminate()
        process.wait(timeout=20)


def test_a_preview_follows_the_files_and_survives_a_slip(preview: Running) -> None:
    story = preview.root / "stories" / "first-story" / "story.md"
    text = story.read_text("utf-8")
    preview.until(lambda: "这是一个示例故事" in preview.page("stories/first-story/"))

    story.write_text(text.replace("这是一个示例故事", "灶上的火还旺着"), "utf-8")
    preview.until(lambda: "灶上的火还旺着" in preview.page("stories/first-story/"))

    product = preview.root / "products" / "first-product" / "product.yml"
    fine = product.read_text("utf-8")
    product.write_text(fine.replace("贮存: ", "贮存："), "utf-8")
    line = fine.split("\n").index(next(x for x in fine.split("\n") if x.startswith("贮存")))
    place = re.compile(rf"products/first-product/product\.yml:{line + 1}:3: 错误 \[yaml-colon\]")
    preview.until(lambda: bool(place.search(preview.said())))
    preview.until(lambda: bool(place.search(preview.page("stories/first-story/"))))
    told = preview.page("stories/first-story/")
    assert "贮存<mark>：" in told, "the faulty line is quoted"
    assert told.index("用了中文冒号") < told.index("<summary") < told.index("full-width colon")
    assert "灶上的火还旺着" in told, "the last good site goes on"
    assert "Traceback" not in preview.said()

    product.write_text(fine.replace("常温避光", "阴凉处"), "utf-8")
    preview.until(lambda: "阴凉处" in preview.page("products/first-product/"))
    assert not place.search(preview.page("stories/first-story/"))


def test_a_preview_follows_further_kinds(preview: Running) -> None:
    """A folder that was not there when the preview began, too."""
    preview.until(lambda: "这是一个示例故事" in preview.page("stories/first-story/"))
    event = preview.root / "village" / "events.yml"
    event.parent.mkdir(exist_ok=True)
    event.write_text(
        "- {编号: niantou, 标题: 尝鲜会（示例）, 时间: 2027-01-16, 示例: 是}\n", "utf-8"
    )
    preview.until(lambda: "尝鲜会" in preview.page("events/niantou/"))
    event.write_text(event.read_text("utf-8").replace("尝鲜会", "杀年猪"), "utf-8")
    preview.until(lambda: "杀年猪" in preview.page("events/niantou/"))
    assert "Traceback" not in preview.said()


@pytest.fixture
def served(starter: Built, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """The starter's preview in this process: its folder and its address."""
    root = shutil.copytree(starter.root, tmp_path / "village")
    (root / "site_src" / "voice.pdf").write_bytes(bytes(range(256)))
    server = PreviewServer("127.0.0.1", 0, Preview(root / "mkdocs.yml", None, lambda told: None))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield root, f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


def ask(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    try:
        with urllib.request.urlopen(
            urllib.request.Request(url, headers=headers), timeout=10
        ) as got:
            return got.status, dict(got.headers), got.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def test_a_preview_has_every_file_of_the_site(served: tuple[Path, str], starter: Built) -> None:
    """Byte by byte, but for what a preview adds; what is no page of ours is a file beside them."""
    _, url = served
    seen = 0
    for path, told in tree(starter.site).items():
        if path.startswith(
            ("assets/javascripts", "assets/stylesheets", "search/search_", "assets/images/favicon")
        ):
            continue  # The host's own.
        status, _, content = ask(url + path)
        assert status == 200, path
        if not path.endswith(".html"):
            seen += 1
            assert content == told, path
    assert seen > 8


def test_addresses_are_answered_as_hosts_do(served: tuple[Path, str]) -> None:
    _, url = served
    assert ask(url + "stories/first-story")[2] == ask(url + "stories/first-story/")[2]
    status, _, page = ask(url + "nothing/here/")
    assert status == 404 and "没有这一页" in page.decode()
    for inside in (
        "../mkdocs.yml",
        "%2e%2e/mkdocs.yml",
        "..%5cmkdocs.yml",
        ".hidden",
        "index.md",
        "//etc/hostname",
    ):
        assert ask(url + inside)[0] == 404, inside
    status, headers, part = ask(url + "voice.pdf", Range="bytes=16-19")
    assert (status, part) == (206, bytes(range(16, 20)))
    assert headers["Content-Range"] == "bytes 16-19/256"
    assert ask(url + "voice.pdf", Range="bytes=-2")[2] == bytes([254, 255])
    assert ask(url + "voice.pdf", Range="bytes=9-2")[0] == 200
    assert ask(url + "?x=1")[0] == 200


def test_an_open_page_is_told_of_a_change(served: tuple[Path, str]) -> None:
    root, url = served
    page = ask(url + "stories/first-story/")[2].decode()
    assert CHANGES in page
    with urllib.request.urlopen(url + CHANGES, timeout=20) as told:
        first = said(told)
        (root / "stories" / "first-story" / "note.txt").write_text("new", "utf-8")
        assert said(told) != first


def said(stream: Any) -> str:
    while not (line := stream.readline().decode().strip()).startswith("data:"):
        pass
    return str(line)


def test_a_village_that_never_worked_shows_why(served: tuple[Path, str]) -> None:
    root, _ = served
    brand = root / "products" / "brand.yml"
    fine = brand.read_text("utf-8")
    brand.write_text("名称：村\n", "utf-8")
    fresh = Preview(root / "mkdocs.yml", None, lambda told: None)
    answer = fresh.answer("/")
    assert answer.status == 404 and "yaml-colon" in answer.content.decode()
    brand.write_text(fine, "utf-8")
    assert fresh.answer("/stories/").status == 200


def test_codes_lead_where_they_are_printed_to_or_to_the_preview(served: tuple[Path, str]) -> None:
    root, _ = served
    lot = next((root / "products" / "first-product").glob("batches*"))
    for address in (None, "http://192.0.2.7:8000/"):
        preview = Preview(root / "mkdocs.yml", address, lambda told: None)
        preview.look()
        assert preview.site is not None, lot
        shards = [shard for shard in preview.site.shards if not shard.near]
        page = next(each.uri for shard in shards for each in shard.files if each.listed)
        code = preview.answer("/" + page.replace("index.html", "code.png")).content
        with Image.open(io.BytesIO(code)) as picture:
            (read,) = zxingcpp.read_barcodes(picture.convert("L"))
        assert read.text.startswith(address or "https://example.cn/")


def test_a_list_of_batches_is_of_all_of_them(tmp_path: Path) -> None:
    """A sheet is made alone when it is asked for; a list is not."""
    root = made(tmp_path / "village")
    preview = Preview(root / "mkdocs.yml", None, lambda told: None)
    for page in ("/t/p0000/", "/t/p0001/"):
        shown = preview.answer(page).content.decode()
        lots = {f"L{number:05}" for number in range(BATCHES // 4)}
        assert set(re.findall(r"L\d{5}", shown)) == lots


def test_hand_written_pages_come_from_the_host_when_it_is_ready(
    starter: Built, tmp_path: Path
) -> None:
    root = shutil.copytree(starter.root, tmp_path / "village")
    config = root / "mkdocs.yml"
    reading = "  - xiangji: {reading: [long]}\ntheme: {name: xiangji}\n"
    config.write_text(config.read_text("utf-8").replace("  - xiangji\n", reading), "utf-8")
    note = root / "site_src" / "long" / "index.md"
    note.parent.mkdir()
    note.write_text("# 长文\n", "utf-8")
    preview = Preview(config, None, lambda told: None)
    pages = HostPages(config, preview)
    own = preview.answer("/long/").content.decode()
    assert "md-header" not in own
    pages.start()
    try:
        patience = time.monotonic() + PATIENCE
        while "md-header" not in preview.answer("/long/").content.decode():
            assert time.monotonic() < patience
            time.sleep(0.2)
        assert preview.answer("/assets/xiangji/brand.css").status == 200
        assert "md-header" not in preview.answer("/").content.decode()
        note.write_text(note.read_text("utf-8") + "\n新的一段话\n", "utf-8")
        page = preview.answer("/long/").content.decode()
        assert "新的一段话" in page and "md-header" not in page, "never what the host made before"
    finally:
        pages.stop()


def raw(address: str, text: bytes, timeout: float = 15) -> bytes:
    """What comes back for bytes sent as they are, until the other side ends the connection."""
    host, _, port = address.removeprefix("http://").rstrip("/").rpartition(":")
    with socket.create_connection((host, int(port)), timeout) as line:
        line.sendall(text)
        pieces = []
        while piece := line.recv(65_536):
            pieces.append(piece)
    return b"".join(pieces)


def status(address: str, *lines: str, first: str = "GET / HTTP/1.1", host: bool = True) -> int:
    """The status for a request written out."""
    named = [f"Host: {address.removeprefix('http://').rstrip('/')}"] * host
    text = "\r\n".join([first, *named, *lines, "Connection: close", "", ""])
    return int(raw(address, text.encode("latin-1")).split(b" ", 2)[1])


KNOWN = [
    "localhost",
    "localhost:9",
    "LOCALHOST.",
    "a.localhost:80",
    "127.0.0.1",
    "127.9.9.9:1",
    "[::1]:8",
]
FOREIGN = ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "192.168.1.9", "localhost@evil",
           "", "[::1", "0.0.0.0", "127.0.0.1:80:80", "[2001:db8::1]"]  # fmt: skip


def test_only_a_preview_s_own_names_are_answered(served: tuple[Path, str]) -> None:
    _, address = served
    told = {name: status(address, f"Host: {name}", host=False) for name in KNOWN + FOREIGN}
    assert told == dict.fromkeys(KNOWN, 200) | dict.fromkeys(FOREIGN, 421)
    assert status(address, host=False) == 400
    assert status(address, "Host: evil.example") == 400
    changes = f"GET /{CHANGES} HTTP/1.1"
    assert status(address, "Host: evil.example", first=changes, host=False) == 421
    assert HostNames("192.168.1.9").known("192.168.1.9:8000")
    assert HostNames("0.0.0.0").known("192.168.1.9") and not HostNames("0.0.0.0").known(
        "evil.example"
    )


def test_whatever_is_asked_gets_an_answer(served: tuple[Path, str]) -> None:
    _, address = served
    voice = "GET /voice.pdf HTTP/1.1"
    assert status(address, first=f"GET /{'a' * 300} HTTP/1.1") == 404
    assert status(address, first=f"GET /{'a' * 60_000} HTTP/1.1") == 414
    assert status(address, first=f"GET /{'a' * 300_000} HTTP/1.1") == 414
    assert status(address, f"X: {'a' * 100_000}") == 431
    assert status(address, *["X: a"] * 500) == 431
    for path in (
        "/%00",
        "/%ff%fe",
        "/a/../../../etc/passwd",
        "/..%2f..%2fmkdocs.yml",
        "/\\x",
        "*",
        "x",
    ):
        assert status(address, first=f"GET {path} HTTP/1.1") == 404, path
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "XIANGJI"):
        assert status(address, first=f"{method} / HTTP/1.1") == 405, method
    wanted = {"300-": 416, "9" * 5_000 + "-": 416, "0-" + "9" * 5_000: 206, "-" + "9" * 5_000: 206,
              "-0": 416, "5-2": 200, "x": 200, "0-1,3-4": 200, "٣-": 200, "256-": 416, "255-": 206}  # fmt: skip
    for asked, code in wanted.items():
        sent = f"Range: bytes={asked}".encode().decode("latin-1")
        assert status(address, sent, first=voice) == code, asked[:20]
    assert status(address, f"Range: bytes={'0-1,' * 15_000}0-1", first=voice) == 200


def test_a_file_that_never_ends_is_none(served: tuple[Path, str]) -> None:
    root, address = served
    (root / "site_src" / "zero.bin").symlink_to("/dev/zero")
    os.mkfifo(root / "site_src" / "pipe.bin")
    with (root / "site_src" / "sparse.bin").open("wb") as file:
        file.truncate(10_000_000_000)
    for name in ("zero", "pipe", "sparse"):
        assert status(address, first=f"GET /{name}.bin HTTP/1.1") == 404


def test_two_hundred_at_once_are_served_or_told_to_wait(served: tuple[Path, str]) -> None:
    _, address = served
    with ThreadPoolExecutor(200) as crowd:
        told = list(crowd.map(lambda _: status(address), range(200)))
        assert threading.active_count() < 200 + 2 * MOST_THREADS
    assert set(told) <= {200, 503}
    assert told.count(200) > 20
    assert status(address) == 200


def test_who_sends_nothing_keeps_nobody_waiting(served: tuple[Path, str]) -> None:
    _, address = served
    host, _, port = address.removeprefix("http://").rstrip("/").rpartition(":")
    silent = [socket.create_connection((host, int(port))) for _ in range(MOST_THREADS + 20)]
    for each in silent[::2]:
        each.sendall(b"GET / HTTP/1.1\r\nHo")
    time.sleep(2 * IDLE)
    begun = time.monotonic()
    answers = [status(address) for _ in range(5)]
    assert 200 in answers and time.monotonic() - begun < 8
    for each in silent:
        each.close()


def test_when_all_are_busy_one_is_told_to_come_again(served: tuple[Path, str]) -> None:
    _, address = served
    host, _, port = address.removeprefix("http://").rstrip("/").rpartition(":")
    told = f"GET /{CHANGES} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    watching = [socket.create_connection((host, int(port))) for _ in range(MOST_WATCHING)]
    for each in watching:
        each.sendall(told)
        assert each.recv(12) == b"HTTP/1.1 200"
    answer = raw(address, told.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
    assert answer.startswith(b"HTTP/1.1 503") and b"Retry-After" in answer
    assert status(address) == 200
    for each in watching:
        each.close()


def test_without_a_free_thread_one_is_told_at_once() -> None:
    let_go = threading.Event()

    class Slow(BaseHTTPRequestHandler):
        def handle(self) -> None:
            let_go.wait(20)

    server = BoundedServer("127.0.0.1", 0, Slow)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    busy = [socket.create_connection(server.server_address[:2]) for _ in range(MOST_THREADS)]
    answer = raw(address, b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 503") and b"\r\nRetry-After: 1\r\n" in answer
    let_go.set()
    for each in busy:
        each.close()
    server.shutdown()
    server.server_close()
