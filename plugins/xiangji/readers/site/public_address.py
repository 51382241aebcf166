"""Whether strangers can open a site's address: a printed code holds it for ten years.

Names and numbers that only one computer or one house knows, pages on somebody else's platform, and addresses that
name a file instead of a folder. What is not listed here is believed.
"""

from __future__ import annotations

import ipaddress
from typing import NamedTuple
from urllib.parse import urlsplit

from xiangji.model.parsing.late_pattern import compiled, late_pattern


class Closed(NamedTuple):
    """Why nobody outside can open an address, in two languages; and a better one, where it can be told."""

    zh: str
    en: str
    better: str = ""


_HOUSE = frozenset("local lan home internal intranet corp private localdomain arpa".split())
_NOBODY = frozenset("test invalid example onion".split())
"""Top-level names that no registry gives out (RFC 2606, 6761, 8375)."""

_PLATFORMS = (
    "mp.weixin.qq.com weixin.qq.com docs.qq.com kdocs.cn pan.baidu.com pan.quark.cn feishu.cn yuque.com "
    "weidian.com taobao.com tmall.com jd.com pinduoduo.com yangkeduo.com douyin.com kuaishou.com xiaohongshu.com "
    "weibo.com zhihu.com bilibili.com github.com gitee.com"
).split()
"""Where a village has pages of its own and no folder for a site."""

_PASSING = (
    "nip.io sslip.io xip.io localtest.me lvh.me ngrok.io ngrok.app ngrok-free.app trycloudflare.com loca.lt serveo.net "
    "localhost.run lhr.life cpolar.cn cpolar.top cpolar.io natapp.cc natappfree.cc devtunnels.ms gitpod.io github.dev"
).split()
"""Names that lead to one computer for as long as a program runs there (内网穿透)."""

_FOR_EXAMPLES = late_pattern(r"(?:www\.)?example\.(?:cn|com|net|org)")


def closed(address: str) -> Closed | None:
    """Why strangers cannot open what lies below an address; None if they probably can."""
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    return _of_number(host) or _of_name(host) or _of_port(address) or _of_path(address)


def is_example(address: str) -> bool:
    """Whether an address is the one that a new village begins with."""
    return _FOR_EXAMPLES.fullmatch(urlsplit(address).hostname or "") is not None


def _of_number(host: str) -> Closed | None:
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        # 127.1 and 0x7f000001 are numbers too, and browsers take them for such.
        if compiled(r"\d+|0x[0-9a-f]*").fullmatch(host.rpartition(".")[2]):
            return Closed(f"{host} 不是域名", f"{host} is no domain name")
        return None
    if number.is_loopback or number.is_unspecified:
        return Closed(f"{host} 就是这台电脑自己", f"{host} is this computer itself")
    if not number.is_global:
        return Closed(f"{host} 只在自己家的网络里通", f"{host} is reached in one network only")
    return None


def _of_name(host: str) -> Closed | None:
    last = host.rpartition(".")[2]
    if last == "localhost":
        return Closed(f"{host} 就是这台电脑自己", f"{host} is this computer itself")
    if "." not in host or last in _HOUSE:
        return Closed(f"{host} 只在自己家的网络里通", f"{host} is known in one network only")
    if last in _NOBODY or not all(
        compiled(r"(?!-)[a-z0-9-]{1,63}(?<!-)").fullmatch(part) for part in host.split(".")
    ):
        return Closed(f"没有 {host} 这样的域名", f"there can be no domain {host}")
    if any(
        host == each or (host.endswith(f".{each}") and "pages" not in host) for each in _PLATFORMS
    ):
        return Closed(
            f"{host} 是别人的平台，那里放不了自己的网站",
            f"{host} is somebody else's platform and has no room for a site of yours",
        )
    if any(host == each or host.endswith(f".{each}") for each in _PASSING):
        return Closed(
            f"{host} 是临时的网址，那台电脑一关就没有了",
            f"{host} is gone as soon as one computer is switched off",
        )
    return None


def _of_port(address: str) -> Closed | None:
    try:
        port = urlsplit(address).port
    except ValueError:
        port = 0
    if port == 0:
        return Closed(
            "没有这样的端口，端口最大是 65535", "there is no such port: 65535 is the last"
        )
    return None


def _of_path(address: str) -> Closed | None:
    begin, path = compiled(r"(https?://[^/]*)(.*)").fullmatch(address).groups()  # type: ignore[union-attr]
    better = compiled(r"(?:index|default|home)\.(?:html?|php|aspx?)/?$|[^/]+\.html?/?$").sub(
        "", path
    )
    better = compiled(r"/{2,}").sub("/", better)
    if "//" in path:
        why = "网址里有两个连着的斜杠", "two slashes stand side by side in it"
    elif better != path:
        why = "网址写到了一个文件，不是文件夹", "it names a file and no folder"
    elif compiled(r"(?:^|/)\.{1,2}(?:/|$)").search(path):
        return Closed("网址里有 . 或者 ..", "it holds . or ..")
    else:
        return None
    return Closed(*why, f"{begin}{better}")
