"""Asks web servers for pages, and says what became of each: there, gone, moved, or not to be told.

One request at a time goes to a server, and of a page no more is read than is needed. What a server refuses to
programs (403, 429) may be there for people, so it is never called gone.
"""

from __future__ import annotations

import http.client
import re
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from enum import Enum
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from msgspec import Struct

from xiangji.model.parsing.late_pattern import late_pattern

SECONDS = 10
"""How long one answer may take."""

_AT_ONCE = 8
_READ = 1 << 18
_PERMANENT = (301, 308)
_GONE = (404, 410)

_SAID_GONE: Mapping[str, tuple[str, ...]] = {
    "mp.weixin.qq.com": ("该内容已被发布者删除", "此内容因违规无法查看"),
}
"""What a platform writes on the page of an article that is gone, which it sends as if it were there (status 200)."""

_SCRIPT = late_pattern(r"<script\b.*?(?:</script>|\Z)", re.DOTALL | re.IGNORECASE)
"""Scripts of a page that is there hold the same words for other pages."""


class PageState(Enum):
    """What became of a page."""

    THERE = "there"
    GONE = "gone"
    MOVED = "moved"
    UNKNOWN = "unknown"


class PageAnswer(Struct, frozen=True):
    """The answer to a question for a page. `why` and `why_en` say how it was seen; `to` is where a moved page is."""

    state: PageState
    why: str = ""
    why_en: str = ""
    to: str = ""
    reached: bool = False
    """Whether a server answered at all."""


def ask_all(
    addresses: Iterable[str], told: Callable[[int, int], None], seconds: float = SECONDS
) -> dict[str, PageAnswer]:
    """Ask for every page. `told` is called with the numbers of pages asked for and of all pages."""
    servers: dict[str, list[str]] = {}
    for each in addresses:
        servers.setdefault(urlsplit(each).netloc.lower(), []).append(each)
    total = sum(map(len, servers.values()))
    answers: dict[str, PageAnswer] = {}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        waiting = [pool.submit(_one_server, pages, seconds) for pages in servers.values()]
        for done in as_completed(waiting):
            answers |= done.result()
            told(len(answers), total)
    return answers


def _one_server(pages: list[str], seconds: float) -> dict[str, PageAnswer]:
    return {each: ask(each, seconds) for each in pages}


def ask(address: str, seconds: float = SECONDS) -> PageAnswer:
    """Ask for one page. Whatever goes wrong is an answer too, and raises nothing."""
    redirects = _Redirects()
    try:
        # Only web addresses are collected, and the opener knows no other.
        request = Request(_in_ascii(address), headers={"User-Agent": "xiangji (link check)"})  # noqa: S310
        with _opener(redirects).open(request, timeout=seconds) as answer:
            return _of_page(address, answer, redirects)
    except HTTPError as error:
        with error:
            return _of_status(error.code)
    except URLError as error:
        return _of_failure(error.reason)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return _of_failure(error)


class _Redirects(HTTPRedirectHandler):
    """Follows redirects to other web pages, and notes whether all of them are permanent."""

    def __init__(self) -> None:
        self.permanent = True

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).scheme not in ("http", "https"):
            return None
        self.permanent &= code in _PERMANENT
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(redirects: _Redirects) -> OpenerDirector:
    """An opener for the web alone: no files, no FTP."""
    opener = OpenerDirector()
    handlers = (HTTPHandler(), HTTPSHandler(), HTTPDefaultErrorHandler(), HTTPErrorProcessor())
    for each in (ProxyHandler(), redirects, *handlers):
        opener.add_handler(each)
    return opener


def _in_ascii(address: str) -> str:
    """An address as it is sent: other signs than ASCII as percent signs, a Chinese host name in its ASCII form."""
    parts = urlsplit(address)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode()
    kept = "/%:@!$&'()*+,;=~-._"
    path, query = quote(parts.path, kept), quote(parts.query, kept + "?")
    return urlunsplit((parts.scheme, host, path, query, ""))


def _of_page(address: str, answer: http.client.HTTPResponse, redirects: _Redirects) -> PageAnswer:
    """The answer of a page that was sent."""
    to = answer.geturl()
    for host, words in _SAID_GONE.items():
        if urlsplit(to).hostname == host:
            text = _SCRIPT.sub(" ", answer.read(_READ).decode("utf-8", "replace"))
            if said := next((each for each in words if each in text), ""):
                why = f"那一页写着“{said}”", f"the page says {said!r}"
                return PageAnswer(PageState.GONE, *why, reached=True)
    if redirects.permanent and _place(to) != _place(urljoin(_in_ascii(address), "")):
        return PageAnswer(PageState.MOVED, to=to, reached=True)
    return PageAnswer(PageState.THERE, reached=True)


def _place(address: str) -> tuple[str, str, str]:
    """What decides which page an address names. Whether it is encrypted, www. and a last slash do not."""
    parts = urlsplit(address)
    return parts.netloc.lower().removeprefix("www."), parts.path.rstrip("/"), parts.query


def _of_status(status: int) -> PageAnswer:
    state = PageState.GONE if status in _GONE else PageState.UNKNOWN
    return PageAnswer(state, f"网站答 {status}", f"the server answers {status}", reached=True)


def _of_failure(reason: object) -> PageAnswer:
    """The answer where no page was sent."""
    if isinstance(reason, socket.gaierror):
        known = reason.errno != socket.EAI_NONAME
        why = "找不到这个网站的名字", "nobody knows the server's name"
        state = PageState.UNKNOWN if known else PageState.GONE
        return PageAnswer(state, *why)
    if isinstance(reason, ssl.SSLError):
        return PageAnswer(
            PageState.UNKNOWN, "网站的证书有问题", "the server's certificate is not in order"
        )
    if isinstance(reason, TimeoutError):
        return PageAnswer(PageState.UNKNOWN, "等了很久没有答", "no answer came in time")
    return PageAnswer(PageState.UNKNOWN, "连不上", "no connection")
