"""Asking for outside pages: of what is published alone, of each page once, and no failure becomes an exception."""

from __future__ import annotations

import socket
from datetime import date
from pathlib import Path

import pytest

from answering import answering
from built import run
from xiangji.library.references import assemble
from xiangji.linkcheck.addresses import outside_addresses
from xiangji.linkcheck.answers import PageState, ask, ask_all
from xiangji.readers.village import gather
from xiangji.settings import Settings

TODAY = date(2026, 5, 1)
BRAND = "名称: 立碑村\n"


def village(root: Path, files: dict[str, str]) -> Path:
    for name, text in {"products/brand.yml": BRAND, **files}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def addresses(root: Path) -> list[str]:
    library, _ = assemble(gather(root))
    assert library
    return [each.address for each in outside_addresses(library, TODAY, Settings(root, TODAY))]


def test_what_stays_at_home_is_not_asked_about(tmp_path: Path) -> None:
    events = """
- 编号: kai-fang
  标题: 开放日
  时间: 2026-06-01
  介绍: 见 https://text.cn/a（去年的）。
- 编号: nei-bu
  标题: 内部的会
  时间: 2026-06-01
  公开范围: 不公开
  介绍: 见 https://secret.cn/a
"""
    policies = """
- 编号: bu-tie
  名称: 补贴
  谁发的: 县里
  网址: https://open.cn/
- 编号: mi-mi
  名称: 没公开的
  谁发的: 县里
  公开范围: 不公开
  网址: https://secret.cn/b
"""
    files = {"village/events.yml": events, "village/policies.yml": policies}
    assert addresses(village(tmp_path, files)) == ["https://text.cn/a", "https://open.cn/"]


def test_examples_and_code_are_no_links(tmp_path: Path) -> None:
    page = "# 页\n[一](https://example.cn/)\n`https://code.cn/`\n```\nhttps://fence.cn/\n```\n<https://real.cn/x>\n"
    assert addresses(village(tmp_path, {"site_src/a.md": page})) == ["https://real.cn/x"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[x](https://a.cn/w_(z)?q=1&b=2#f)", ["https://a.cn/w_(z)?q=1&b=2#f"]),
        ("**https://a.cn/bold**", ["https://a.cn/bold"]),
        ("https://a.cn/x,https://b.cn/y", ["https://a.cn/x", "https://b.cn/y"]),
        ("见https://a.cn/b（旧）。", ["https://a.cn/b"]),
        ("“https://a.cn/乡/一”", ["https://a.cn/乡/一"]),
        ("~~~\nhttps://c.cn/\n~~~", []),
    ],
)
def test_an_address_ends_where_it_ends(text: str, found: list[str], tmp_path: Path) -> None:
    assert addresses(village(tmp_path, {"site_src/a.md": f"# 页\n{text}\n"})) == found


def test_each_page_is_asked_for_once_and_a_server_gets_one_question_at_a_time() -> None:
    with answering({"/a": "一", "/b": "二"}) as server:
        told: list[tuple[int, int]] = []
        answers = ask_all([f"{server.base}/a", f"{server.base}/b"], lambda *n: told.append(n))
        assert {each.state for each in answers.values()} == {PageState.THERE}
        assert server.asked == ["/a", "/b"]
        assert told[-1] == (2, 2)


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (410, PageState.GONE),
        (500, PageState.UNKNOWN),
        (429, PageState.UNKNOWN),
        ({"to": "/x/", "status": 308}, PageState.THERE),
        ({"to": "http://SERVER/other", "status": 308}, PageState.MOVED),
        ({"to": "http://SERVER/x", "status": 301}, PageState.UNKNOWN),
        ({"to": "file:///etc/passwd", "status": 302}, PageState.UNKNOWN),
        ({"wait": 1}, PageState.UNKNOWN),
    ],
    ids=str,
)
def test_an_answer(answer: object, state: PageState) -> None:
    with answering({"/x": answer, "/x/": "有", "/other": "有"}) as server:
        assert ask(f"{server.base}/x", seconds=0.3).state is state


def test_no_server_and_no_http_are_answers_too() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{other.getsockname()[1]}/"
    assert ask(closed, 1).state is PageState.UNKNOWN
    for odd in ("http://[", "http://\udce4.cn/", "http://a b/", "http://" + "a" * 300 + ".cn/"):
        assert ask(odd, 1).state is not PageState.THERE


def test_an_article_that_says_it_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    from xiangji.linkcheck import answers

    words = "该内容已被发布者删除"
    monkeypatch.setattr(answers, "_SAID_GONE", {"127.0.0.1": (words,)})
    pages = {"/gone": f"<p>{words}</p>", "/there": f"<script>m='{words}'</script><p>正文</p>"}
    with answering(pages) as server:
        gone = ask(f"{server.base}/gone")
        assert (gone.state, words in gone.why) == (PageState.GONE, True)
        assert ask(f"{server.base}/there").state is PageState.THERE


def test_the_command_says_that_it_asked(tmp_path: Path) -> None:
    with answering({"/there": "有"}) as server:
        page = f"# 页\n[在]({server.base}/there) [不在]({server.base}/gone)\n"
        root = village(tmp_path, {"site_src/a.md": page, "mkdocs.yml": "site_name: 立碑村\n"})
        quiet = run("xiangji", "check", cwd=root)
        assert (quiet.returncode, server.asked) == (0, [])
        asked = run("xiangji", "check", "--links", cwd=root)
        assert asked.returncode == 0
        assert "[link-gone]" in asked.stdout + asked.stderr
        assert "2" in asked.stderr and sorted(server.asked) == ["/gone", "/there"]
        assert run("xiangji", "check", "--links", "--strict", cwd=root).returncode == 1


def test_without_a_network_no_page_is_called_gone(tmp_path: Path) -> None:
    page = "# 页\n[一](http://127.0.0.1:9/a)\n"
    root = village(tmp_path, {"site_src/a.md": page, "mkdocs.yml": "site_name: 立碑村\n"})
    done = run("xiangji", "check", "--links", cwd=root)
    assert done.returncode == 0
    assert "link-" not in done.stdout
    assert "网络" in done.stderr
