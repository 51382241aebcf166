"""A secret planted in any private place of a village is in no byte of what is built.

Each run plants fresh random secrets: names without consent, words that may not be quoted, secret
cards, steps and events, private stories, drafts, consent records, EXIF and comments of photos, file
names. The whole site is searched, compressed files and pictures included.
"""

from __future__ import annotations

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image

from built import here, run, write
from xiangji.cli.content.starter import write_starter

PLACES = (
    "name", "withdrawn", "expired", "unquoted", "secret", "outlined", "step", "event", "draft",
    "private", "record", "exif", "comment", "file", "portrait", "alias", "signature",
)  # fmt: skip
secrets = st.lists(
    st.text("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥", min_size=12, max_size=12),
    min_size=len(PLACES),
    max_size=len(PLACES),
    unique=True,
)

PEOPLE = """
人物:
  - {{编号: nobody, 姓名: {name}, 身份: 讲述人, 肖像: media/{file}.jpg, 肖像说明: {portrait}, 示例: 是}}
  - 编号: gone
    姓名: {withdrawn}
    化名: 一位老人
    介绍: {alias}
    同意:
      - {{用途: 姓名, 同意日期: 2026-01-01, 撤回日期: 2026-02-01, 存档编号: {record}}}
    示例: 是
  - 编号: past
    姓名: {expired}
    同意:
      - {{用途: 姓名, 同意日期: 2025-01-01, 有效至: 2025-12-31}}
    示例: 是
  - 编号: named
    姓名: 讲述人（示例）
    Git 署名: {signature}
    肖像: media/open.jpg
    同意:
      - {{用途: 姓名, 同意日期: 2026-01-01}}
      - {{用途: 肖像, 同意日期: 2026-01-01, 存档编号: {record}}}
    示例: 是
"""
WORKSHOP = """
题目: 工作坊（示例）
类型: 共创
日期: 2026-03-01
卡片:
  - {{编号: k1, 主题: 制作工艺, 证据: 口述, 讲述人: named, 原话: {unquoted}, 示例: 是}}
  - {{编号: k2, 主题: 制作工艺, 证据: 口述, 公开程度: 保密, 原话: {secret}, 示例: 是}}
  - {{编号: k3, 主题: 制作工艺, 证据: 口述, 公开程度: 概述, 原话: {outlined}, 概述: 有这一步, 示例: 是}}
  - {{编号: k4, 主题: 家庭记忆, 证据: 口述, 讲述人: nobody, 原话: 早上起来先烧水。, 示例: 是}}
示例: 是
"""
STORY = """---
题目: 一篇故事（示例）
工作坊: talk
卡片: [k1, k2, k3, k4]
讲述人: [nobody, gone, past, named]
产品: first-product
怎么做:
  - {{名称: 下锅, 说明: {step}, 公开程度: 概述}}
示例: 是
---

正文。

[卡片 k1]

[卡片 k2]

[卡片 k3]
"""
HIDDEN = "---\n题目: {title}\n{flag}\n示例: 是\n---\n\n{body}\n"
BATCH = """
批号: L1
生产日期: 2026-03-01
经过:
  - {{环节: 加工, 时间: 2026-03-01, 说明: {event}, 公开程度: 概述}}
示例: 是
"""


def photo(exif: str, comment: str) -> bytes:
    """A photo with a secret in its EXIF, GPS included, and one in its comment."""
    picture = Image.effect_noise((640, 480), 60).convert("RGB")
    facts = Image.Exif()
    facts[0x010E] = exif.encode()
    facts[0x9286] = exif.encode()
    facts.get_ifd(0x8825)[29] = exif
    out = BytesIO()
    picture.save(out, "JPEG", exif=facts.tobytes(), comment=comment.encode())
    return out.getvalue()


def village(root: Path, planted: dict[str, str]) -> Path:
    """A village with a secret in every private place."""
    write_starter(root)
    write(
        root,
        {
            "stories/people.yml": PEOPLE.format(**planted),
            "stories/talk/workshop.yml": WORKSHOP.format(**planted),
            "stories/talk/story.md": STORY.format(**planted),
            "stories/draft/story.md": HIDDEN.format(
                title=planted["draft"], flag="草稿: 是", body=planted["draft"]
            ),
            "stories/private/story.md": HIDDEN.format(
                title=planted["private"], flag="公开范围: 不公开", body=planted["private"]
            ),
            "products/first-product/batches/L1.yml": BATCH.format(**planted),
        },
    )
    (root / "stories/first-story/workshop.yml").unlink()
    (root / "stories/first-story/story.md").unlink()
    media = root / "stories" / "media"
    media.mkdir()
    for name in (planted["file"], "open"):
        (media / f"{name}.jpg").write_bytes(photo(planted["exif"], planted["comment"]))
    return root


def everything(site: Path) -> dict[str, bytes]:
    """Every byte of a site by file, the name of the file and unpacked contents included."""
    found = {}
    for file in sorted(site.rglob("*")):
        if file.is_file():
            raw = file.read_bytes()
            unpacked = gzip.decompress(raw) if file.suffix == ".gz" else b""
            found[str(file.relative_to(site))] = str(file.name).encode() + raw + unpacked
    return found


def spellings(secret: str) -> list[bytes]:
    """A secret as files may write it."""
    escaped = "".join(f"\\u{ord(each):04x}" for each in secret)
    return [
        secret.encode(),
        secret.encode("utf-16-le"),
        secret.encode("utf-16-be"),
        secret.encode("gb18030"),
        escaped.encode(),
        escaped.upper().replace("\\U", "\\u").encode(),
        "".join(f"%{byte:02X}" for byte in secret.encode()).encode(),
        "".join(f"&#{ord(each)};" for each in secret).encode(),
    ]


def leaks(site: Path, planted: dict[str, str]) -> list[str]:
    found = []
    for name, content in everything(site).items():
        for place, secret in planted.items():
            # Search engines put zero-width blanks between words.
            plain = content.replace("\u200b".encode(), b"").replace(b"\\u200b", b"")
            found += [f"{place} in {name}" for each in spellings(secret) if each in plain]
    return found


def build(root: Path, host: str) -> Path:
    how = here if host == "none" else run
    done = how("xiangji", "build", "--host", host, "--out", "site", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return root / "site"


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.generate],  # A found leak is told at once: shrinking would build for minutes.
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(secrets)
def test_no_secret_is_in_any_byte(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    planted = dict(zip(PLACES, texts, strict=True))
    site = build(village(tmp_path_factory.mktemp("leak") / "v", planted), "none")
    assert leaks(site, planted) == []


PLANTED = {place: f"机密甲乙丙丁戊己{number:02}号" for number, place in enumerate(PLACES)}


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a host makes of a village with secrets."""
    root = village(tmp_path_factory.mktemp("hosted") / "v", PLANTED)
    blocks = "\n\n".join(f"[{each}]" for each in ("产品", "故事", "人物", "工作坊", "批次", "来源"))
    write(root, {"site_src/long/index.md": f"# 长文\n\n{blocks}\n"})
    config = root / "mkdocs.yml"
    reading = "  - search\n  - xiangji: {reading: [long]}\ntheme: {name: xiangji}\n"
    config.write_text(config.read_text("utf-8").replace("  - xiangji\n", reading), "utf-8")
    return build(root, "mkdocs")


def test_nor_in_what_a_host_makes_of_it(hosted: Path) -> None:
    assert (hosted / "search" / "search_index.json").is_file()
    assert leaks(hosted, PLANTED) == []


def test_a_leak_would_be_found(hosted: Path) -> None:
    """The search itself can fail: what is public is found by it, in text and in search."""
    shown = {"title": "一篇故事（示例）", "step": "这一步由家里人掌握"}
    found = leaks(hosted, shown)
    assert any("search_index.json" in each for each in found)
    assert any("search/index.json" in each for each in found)
    assert any("search/text-1.json" in each for each in found)
    assert any("stories/talk/index.html" in each for each in found)
