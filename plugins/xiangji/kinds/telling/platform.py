"""The platforms on which villages publish videos and livestreams."""

from __future__ import annotations

from xiangji.model.fields import Word


class Platform(Word):
    """Where a video or a livestream can be seen. A page links there and embeds nothing of it."""

    DOUYIN = "抖音"
    CHANNELS = "微信视频号"
    KUAISHOU = "快手"
    XIAOHONGSHU = "小红书"
    TAOBAO = "淘宝"
    PINDUODUO = "拼多多"
    BILIBILI = "哔哩哔哩"
    WEIBO = "微博"
    OWN = "自己的网站"
    OTHER = "别的平台"
