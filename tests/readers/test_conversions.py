"""What people drop into folders is told by what it is, by its name and by its bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from built import write
from xiangji.problems import Report
from xiangji.readers.media.bitmap import bitmap_size
from xiangji.readers.media.conversions import conversion_of
from xiangji.readers.media.reasons import Reason
from xiangji.readers.site.site_files import Admission, site_files
from xiangji.readers.village import gather

DROPPED = [
    ("访谈.doc", "PDF"), ("访谈.DOCX", ".md"), ("访谈.wps", "PDF"), ("访谈.pages", "PDF"), ("介绍.pptx", "PDF"),
    ("封面.psd", "SVG"), ("包装.cdr", "SVG"), ("图.tif", "JPEG"), ("图.TIFF", "JPEG"), ("图.avif", "JPEG"), ("图.bmp", "JPEG"),
    ("图.jfif", ".jpg"), ("DSC1.NEF", "JPEG"), ("赶场.mov", "链接"), ("赶场.MP4", "链接"), ("微信.silk", "MP3"), ("录音.amr", "MP3"),
    ("照片.zip", "解压"), ("照片.rar", "解压"), ("照片.lnk", "拷"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "way"), DROPPED)
def test_a_dropped_file_is_told_with_the_way_that_fits(name: str, way: str, tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "products/brand.yml": "名称: 立碑村\n",
            "products/cha/product.yml": "名称: 茶\n类型: 手工艺\n",
            f"products/cha/{name}": "x",
            f"site_src/{name}": "x",
        },
    )
    (problem,) = (each for each in gather(tmp_path).problems if each.rule == "file-format")
    assert problem.location.path == f"products/cha/{name}"
    assert way in problem.remedy("zh") and name in problem.message("zh")
    report = Report()
    assert list(site_files(tmp_path, "site_src", Admission(), report)) == []
    (beside,) = report.problems
    assert beside.rule == "site-file" and way in beside.remedy("zh")


@pytest.mark.parametrize(
    "name", ["图.webp", "图.jpg", "图.svg", "图.pdf", "图.txt", "图", "a.html"]
)
def test_what_can_be_used_needs_no_way(name: str) -> None:
    assert conversion_of(name) is None


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"II*\0" + b"x" * 40, "TIFF"), (b"MM\0*" + b"x" * 40, "TIFF"), (b"8BPS\0\1" + b"x" * 40, "Photoshop"),
        (b"GIF89a" + b"x" * 40, "GIF"), (b"BM" + b"x" * 40, "BMP"), (b"%PDF-1.7", "PDF"), (b"PK\3\4" + b"x" * 40, "文档"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 40, "WPS"), (b"\0\0\0\x20ftypavif" + b"x" * 40, "AVIF"),
        (b"\0\0\0\x14ftypqt  " + b"x" * 40, "视频"), (b"\0\0\0\x18ftypmp42" + b"x" * 40, "视频"),
        (b"hello", "文件坏了"), (b"", "文件坏了"),
    ],
)  # fmt: skip
def test_a_picture_under_a_wrong_ending_is_told_by_its_bytes(raw: bytes, what: str) -> None:
    found = bitmap_size(raw)
    assert isinstance(found, Reason) and what in found.zh
