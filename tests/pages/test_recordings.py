"""Recordings on pages: what is heard can be read, and nothing of the file but its sound goes out."""

from __future__ import annotations

import struct

import pytest

from built import Built, Document, run, write

FRAME = bytes.fromhex("fff318c4") + bytes(32)
SECRET = b"SECRET-26.9-106.7"
NOTE = "NOTE SECRET: 采访的人自己记的"

FILES = {
    "mkdocs.yml": "site_name: 立碑村\nplugins:\n  - xiangji:\n",
    "products/brand.yml": "名称: 立碑村\n",
    "stories/people.yml": """\
人物:
  - 编号: heard
    姓名: 甲
    同意:
      - {用途: 姓名, 同意日期: 2026-01-01}
      - {用途: 引语, 同意日期: 2026-01-01}
      - {用途: 声音, 同意日期: 2026-01-01}
  - 编号: mute
    姓名: 乙
    同意:
      - {用途: 姓名, 同意日期: 2026-01-01}
      - {用途: 引语, 同意日期: 2026-01-01}
""",
    "stories/gong/workshop.yml": """\
题目: 舂辣椒那天
类型: 共创
日期: 2026-01-18
卡片:
  - {编号: two, 主题: 制作工艺, 证据: 口述, 讲述人: heard, 题目: 捏着响, 原话: 捏着响。,
     录音: media/two.mp3, 方言字幕: media/two.vtt, 普通话字幕: media/two.zh.vtt}
  - {编号: one, 主题: 制作工艺, 证据: 口述, 讲述人: heard, 原话: 才算。,
     录音: media/one.m4a, 普通话字幕: media/two.zh.vtt, 示例: 是}
  - {编号: words, 主题: 制作工艺, 证据: 口述, 讲述人: heard, 原话: 好了。, 录音: media/words.mp3}
  - {编号: mute, 主题: 制作工艺, 证据: 口述, 讲述人: mute, 原话: 不响。,
     录音: media/mute.mp3, 录音说明: 不该出现, 方言字幕: media/mute.vtt}
""",
    "stories/gong/story.md": "---\n题目: 抓一把\n工作坊: gong\n卡片: two、mute\n---\n头。\n\n[卡片 two]\n",
    "stories/mo/story.md": "---\n题目: 没有录音\n---\n<b>正文。</b>\n",
    "stories/gong/media/two.vtt": f"""\
WEBVTT

{NOTE}

00:01.000 --> 00:02.000
<v 甲>抓一把 &lt;捏&gt;，

01:02.500 --> 01:03.000
<v 乙>响的才算。
""",
    "stories/gong/media/two.zh.vtt": f"""\
WEBVTT

{NOTE}

00:01.000 --> 00:02.000
抓一把捏一捏，

00:05.000 --> 00:06.000
（敲桌子）
""",
    "stories/gong/media/mute.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\n没有同意公开的声音\n",
}


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def m4a() -> bytes:
    stsd = box(b"stsd", struct.pack(">II", 0, 1), box(b"mp4a", bytes(28)))
    handler = box(b"hdlr", bytes(8), b"soun", bytes(13))
    trak = box(b"trak", box(b"mdia", handler, box(b"minf", box(b"stbl", stsd))))
    place = box(b"udta", box(b"\xa9xyz", b"\0\x10\x15\xc7", SECRET))
    return box(b"ftyp", b"M4A ") + box(b"moov", trak, place) + box(b"mdat", b"one sound")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = write(tmp_path_factory.mktemp("listening") / "village", FILES)
    media = root / "stories" / "gong" / "media"
    tag = b"ID3\x04\0\0\0\0\0" + bytes([len(SECRET)]) + SECRET
    (media / "two.mp3").write_bytes(tag + FRAME * 2000 + b"TAG" + SECRET.ljust(125))
    (media / "words.mp3").write_bytes(FRAME * 10)
    (media / "mute.mp3").write_bytes(FRAME * 3)
    (media / "one.m4a").write_bytes(m4a())
    done = run("xiangji", "build", "--host", "none", "--out", "site", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(root, root / "site")


def cells(page: Document, within: str) -> list[str]:
    """The cells of all tables after the element with id `within`."""
    at = next(n for n, each in enumerate(page.elements) if each["id"] == within)
    return [each.text for each in page.elements[at:] if each.tag in ("th", "td")]


def test_nothing_of_a_file_but_its_sound_is_in_the_site(built: Built) -> None:
    media = built.root / "stories" / "gong" / "media"
    assert sum(SECRET in file.read_bytes() for file in media.iterdir()) == 2
    for file in built.site.rglob("*"):
        if file.is_file():
            assert b"SECRET" not in file.read_bytes(), file
            assert file.suffix != ".vtt", file


def test_only_voices_with_consent_are_published(built: Built) -> None:
    sounds = sorted(f.read_bytes() for f in built.site.rglob("*") if f.suffix in (".mp3", ".m4a"))
    assert len(sounds) == 3
    assert FRAME * 3 not in sounds
    assert {FRAME * 2000, FRAME * 10} < set(sounds)
    for page in built.owned.values():
        assert "没有同意公开的声音" not in page.elements[0].text
        assert "不该出现" not in page.elements[0].text
    assert "不响。" in built.owned["workshops/gong/"].elements[0].text


def test_a_story_plays_what_its_cards_recorded(built: Built) -> None:
    page = built.owned["stories/gong/"]
    (audio,) = page.all("audio")
    assert audio.attributes.keys() == {"controls", "preload", "src", "title"}
    assert audio["preload"] == "none"
    file = built.file_at(built.target("stories/gong/", audio["src"])[0])  # type: ignore[index]
    assert file is not None and file.read_bytes() == FRAME * 2000
    assert cells(page, "listen-two") == [
        *("时间", "方言", "普通话"),
        *("0:01", "甲：抓一把 <捏>，", "抓一把捏一捏，"),
        *("0:05", "未记录", "（敲桌子）"),
        *("1:02", "乙：响的才算。", "未记录"),
    ]
    links = [link for link in page.links() if "#t=" in link]
    assert links == [f"{audio['src']}#t={seconds}" for seconds in ("1", "5", "62.5")]
    text = page.all("div", id="listen-two")[0].text
    assert "甲" in text and "1 分 12 秒" in text and "约 72 KB" in text


def test_it_stands_before_the_text_and_the_quoted_card_leads_to_it(built: Built) -> None:
    page = built.owned["stories/gong/"]
    places = {each["id"] or each["class"]: number for number, each in enumerate(page.elements)}
    assert places["facts"] < places["listen"] < places["prose"] < places["card-two"]
    assert "#listen-two" in page.links()
    assert "listen-two" in page.ids


def test_a_workshop_lists_every_recording_it_may_play(built: Built) -> None:
    page = built.owned["workshops/gong/"]
    records = [each["id"] for each in page.elements if each["class"] == "record"]
    assert records == ["listen-two", "listen-one", "listen-words"]
    assert cells(page, "listen-one") == [
        *("时间", "普通话"), *("0:01", "抓一把捏一捏，"), *("0:05", "（敲桌子）"),
    ]  # fmt: skip
    words = page.all("div", id="listen-words")[0].text
    assert words.endswith("好了。")
    assert "示例" in page.all("div", id="listen-one")[0].text
    assert {"#listen-two", "#listen-one", "#listen-words"} <= set(page.links())


def test_without_a_recording_a_hidden_button_waits_for_a_voice(built: Built) -> None:
    page = built.owned["stories/mo/"]
    (section,) = page.all("section", id="listen")
    assert section["class"] == "mute", "no script, no button"
    assert page.all("button")[0].text == "念给我听"
    assert not page.all("audio")
    (script,) = [each["src"] for each in page.all("script") if each["src"]]
    assert built.file_at(built.target("stories/mo/", script)[0])  # type: ignore[index]


def test_policy_and_script_belong_together(built: Built) -> None:
    for address in ("stories/gong/", "stories/mo/", "workshops/gong/"):
        policy = built.owned[address].meta("Content-Security-Policy")
        assert "media-src 'self'" in policy and "script-src 'self'" in policy
    assert "script-src" not in built.owned["stories/"].meta("Content-Security-Policy")
