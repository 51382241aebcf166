"""Adds to a village how it tells of itself: short videos and livestreams in tables, with their series.

The founding papers tell of some 940 videos; 2,000 with 900 livestreams are what a village has that goes on for years.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

STREAMS = 900
"""The number of livestreams beside 2,000 videos."""
SERIES = 8
"""The number of series that videos and livestreams belong to, in a village of any size."""

_PLATFORMS = ("抖音", "微信视频号", "快手")
_FIRST = date(2022, 1, 5)
_DAYS = 1_700
"""The number of days over which they are spread."""


def write_telling(folder: Path, videos: int, products: int) -> None:
    """Write videos into a village that is written already, with as many livestreams as belong to them."""
    village = folder / "village"
    village.mkdir()
    series = "".join(
        f"  - {{编号: x{number}, 名称: 第 {number} 个系列, 示例: 是}}\n" for number in range(SERIES)
    )
    (village / "shows.yml").write_text(f"系列:\n{series}", "utf-8")
    rows = ["编号,标题,哪天,系列,平台,网址,产品,示例"]
    rows += [_video(number, videos, products) for number in range(videos)]
    (village / "videos.csv").write_text("\n".join(rows) + "\n", "utf-8")
    streams = max(1, STREAMS * videos // 2_000)
    rows = ["编号,标题,时间,系列,平台,产品,示例"]
    rows += [_stream(number, streams, products) for number in range(streams)]
    (village / "livestreams.csv").write_text("\n".join(rows) + "\n", "utf-8")


def _video(number: int, videos: int, products: int) -> str:
    day = _FIRST + timedelta(days=number * _DAYS // videos)
    platform = _PLATFORMS[number % len(_PLATFORMS)]
    where = f"https://example.cn/v/{number}"
    return f"v{number:04},第 {number} 条视频,{day},x{number % SERIES},{platform},{where},p{number % products:04},是"


def _stream(number: int, streams: int, products: int) -> str:
    day = _FIRST + timedelta(days=number * _DAYS // streams)
    platform = _PLATFORMS[number % len(_PLATFORMS)]
    return f"s{number:04},第 {number} 场直播,{day} 19:30,x{number % SERIES},{platform},p{number % products:04},是"
