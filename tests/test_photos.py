"""A photo from a phone, dropped next to the YAML, up to the finished page; and what the command says
meanwhile."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from built import Built, environment, here, run, write
from photos import GPS, blurred, phone, scene
from xiangji.cli.content.starter import write_starter
from xiangji.cli.progress import ProgressLine

PRODUCT = (
    "名称: 竹篮（示例）\n类型: 手工艺\n图片: media/IMG_1.jpg\n图片说明: 四罐（示例）\n示例: 是\n"
)
CEILINGS = {"hero": 42_000, "card": 7_500, "tile": 14_000, "strip": 7_000, "share": 120_000}


def village(root: Path, content: bytes) -> Path:
    """The starter with one product more, and its photo."""
    write_starter(root)
    write(root, {"products/zhulan/product.yml": PRODUCT})
    (root / "products/zhulan/media").mkdir()
    (root / "products/zhulan/media/IMG_1.jpg").write_bytes(content)
    return root


def test_twelve_megapixels_become_a_page_that_opens(tmp_path: Path) -> None:
    root = village(tmp_path / "v", phone(scene(4032, 3024), 6))
    done = run("xiangji", "build", "--strict", "--host", "none", "--out", "site", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    site = root / "site"
    page = Built(root, site).pages["products/zhulan/"]
    (webp,) = [each for each in page.all("source") if "-hero-" in each["srcset"]]
    (image,) = [each for each in page.all("img") if "-hero-" in each["src"]]
    assert webp["type"] == "image/webp" and image["alt"]
    for candidates, form in ((webp["srcset"], "WEBP"), (image["srcset"], "JPEG")):
        widths = []
        for address, width in re.findall(r"(\S+) (\d+)w", candidates):
            with Image.open(site / "products/zhulan" / address) as made:
                assert (made.format, made.width) == (form, int(width))
                assert abs(made.width / made.height - 4032 / 3024) < 0.01, "it stands upright"
            widths.append(int(width))
        assert widths == [750, 375]
    assert (image["width"], image["height"]) == ("750", "562")
    pictures = [each for each in (site / "assets/xiangji").iterdir() if "-" in each.name]
    roles = {each.name.split("-")[1] for each in pictures if each.suffix in (".jpg", ".webp")}
    assert "hero" in roles and "share" in roles and len(roles) >= 3
    for each in pictures:
        content = each.read_bytes()
        assert GPS.encode() not in content and b"Exif" not in content
        if each.suffix in (".jpg", ".webp"):
            assert len(content) <= CEILINGS.get(each.name.split("-")[1], 14_000), each.name
            assert Image.open(BytesIO(content)).size[0] <= 1200


EVENT = (
    "活动:\n  - 编号: chang\n    标题: 尝鲜会（示例）\n    时间: 2030-01-16 10:00\n    图片: media/IMG_2.jpg\n"
    "    图片说明: 一桌人（示例）\n    谁在里面: 没有人\n    示例: 是\n"
)


def test_the_photo_of_any_record_is_shown_whole_and_wide(tmp_path: Path) -> None:
    """The generic page once showed the small square of its list entry, enlarged."""
    root = village(tmp_path / "v", phone(scene(800, 600), 1))
    write(root, {"village/events.yml": EVENT})
    (root / "village/media").mkdir()
    (root / "village/media/IMG_2.jpg").write_bytes(phone(scene(1600, 1200), 1))
    done = run("xiangji", "build", "--strict", "--host", "none", "--out", "site", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    (image, *_) = Built(root, root / "site").pages["events/chang/"].all("img")
    assert (image["width"], image["height"]) == ("750", "562")
    assert "750w" in image["srcset"]


def test_a_bad_photo_is_told_beside_everything_else(tmp_path: Path) -> None:
    root = village(tmp_path / "v", phone(blurred(scene(800, 600), 4)))
    write(root, {"products/second/product.yml": "名称: 篮\n类型: 不知道\n"})
    done = here("xiangji", "check", cwd=root)
    said = done.stdout + done.stderr
    assert done.returncode == 1 and "value-choice" in said
    assert "products/zhulan/media/IMG_1.jpg:1:1: 提示 [photo-blurred]" in said
    assert "怎么改：先擦一擦镜头" in said
    again = here("xiangji", "check", cwd=root)
    assert again.stdout + again.stderr == said, "the same with a warm cache"


def test_a_truncated_photo_is_no_stack_trace(tmp_path: Path) -> None:
    whole = phone(scene(800, 600))
    root = village(tmp_path / "v", whole[: len(whole) // 3])
    done = run("xiangji", "build", "--host", "none", "--out", "site", cwd=root)
    assert done.returncode == 1 and "picture-unreadable" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr and not (root / "site").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminal on Windows")
def test_on_a_terminal_there_is_a_bar_once(tmp_path: Path) -> None:
    import pty

    root = village(tmp_path / "v", phone(scene(800, 600)))

    def seen() -> str:
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "xiangji", "check"]
        with subprocess.Popen(
            command, cwd=root, env=environment(), stdout=subprocess.PIPE, stderr=theirs
        ) as process:
            os.close(theirs)
            shown = b""
            while True:
                try:
                    piece = os.read(ours, 4096)
                except OSError:  # The other end is closed.
                    break
                if not piece:
                    break
                shown += piece
        os.close(ours)
        assert process.returncode == 0, shown
        return shown.decode()

    first = seen()
    assert "照片" in first and "1/1" in first and "#" in first
    again = seen()
    assert "1/1" not in again and "#" not in again, "nothing to do, nothing to show"


def test_in_a_log_there_is_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressLine("zh", every=0) as progress:
        for done in range(3):
            progress("photos", done, 2)
    assert capsys.readouterr().err == "照片 1/2\n照片 2/2\n"
    with ProgressLine("en") as progress:
        for done in range(3):
            progress("photos", done, 2)
    assert capsys.readouterr().err == "", "it was over before anyone could wonder"
