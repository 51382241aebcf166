"""What platforms take: how long titles and texts may be, and how many topics, each with its source and its day.

Platforms change this without notice, and most do not publish it. A number that nobody could show us is ours, and
smaller than what we expect the platform to take; it says so wherever it is shown.
"""

from __future__ import annotations

from msgspec import Struct


class Limit(Struct, frozen=True):
    """The largest number of something. `source` is who showed it and when; an empty one means that it is our guess."""

    number: int
    source: str = ""


class PlatformLimits(Struct, frozen=True, kw_only=True):
    """A platform and its limits, in characters. `half` says that letters and digits of ASCII count as half of one."""

    key: str
    name: str
    title: Limit
    text: Limit
    topics: Limit
    half: bool = False

    def length(self, text: str) -> int:
        """How long a text is as the platform counts."""
        if not self.half:
            return len(text)
        return (sum(1 if each.isascii() else 2 for each in text) + 1) // 2


_ARTICLE = "developers.weixin.qq.com/doc/subscription/api/draftbox/draftmanage/api_getdraft.html, 2026-12-01"

PLATFORMS = (
    PlatformLimits(
        key="douyin",
        name="抖音",
        title=Limit(30, "github.com/JennieWei/jennie-dingding-cover-packager/issues/1, 2026-09-09"),
        text=Limit(300),
        topics=Limit(5, "github.com/JennieWei/jennie-dingding-cover-packager/issues/1, 2026-09-09"),
    ),
    PlatformLimits(
        key="channels", name="视频号", title=Limit(16), text=Limit(300), topics=Limit(5)
    ),
    PlatformLimits(
        key="xiaohongshu",
        name="小红书",
        title=Limit(20, "github.com/xpzouying/xiaohongshu-mcp/issues/401, 2026-02-10"),
        text=Limit(1000, "github.com/xpzouying/xiaohongshu-mcp/pull/212, 2025-10"),
        topics=Limit(10, "github.com/dreammis/social-auto-upload/pull/219, 2026-06-04"),
        half=True,
    ),
    PlatformLimits(key="kuaishou", name="快手", title=Limit(16), text=Limit(300), topics=Limit(4)),
    PlatformLimits(
        key="bilibili",
        name="哔哩哔哩",
        title=Limit(80, "github.com/biliup/biliup/issues/122, 2022-04-18"),
        text=Limit(250, "github.com/comwrg/bilibiliupload/pull/24, 2019-03-14"),
        topics=Limit(5),
    ),
    PlatformLimits(
        key="wechat",
        name="公众号",
        title=Limit(64, "github.com/qxinGitHub/Remove-web-limits-/issues/79, 2024-03-04"),
        text=Limit(20000, _ARTICLE),
        topics=Limit(5),
    ),
)
"""The platforms in the order in which they are shown."""
