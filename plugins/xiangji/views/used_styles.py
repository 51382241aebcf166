"""Leaves in a page only the style rules that it can use, since style is a large part of what a weak signal carries.

A rule stays if one of its selectors names only elements, classes and ids of the page, or words of the page's script,
which may add them. Whatever this module cannot read stays as it is.
"""

from __future__ import annotations

import binascii
import hashlib
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from xiangji.model.parsing.late_pattern import late_pattern

_STYLE, _STYLE_END = b"<style>", b"</style>"
_NAMES = late_pattern(rb"""\b(?:class|id)=("[^"]*"|'[^']*'|[^\s"'>]+)""")
_TAGS = late_pattern(rb"<([a-zA-Z][a-zA-Z0-9]*)")
_SCRIPT_WORDS = late_pattern(rb"[A-Za-z][\w-]*")

_RULE = late_pattern(r"([^{}]+)\{([^{}]*)\}")
_MEDIA = late_pattern(r"(@media[^{}]+)\{((?:[^{}]+\{[^{}]*\})*)\}")
_OTHER = late_pattern(r"@[^{}]+\{(?:[^{}]+\{[^{}]*\})*[^{}]*\}")
_FUNCTION = late_pattern(r"::?[a-z-]+\([^()]*\)")
_ATTRIBUTE = late_pattern(r"\[[^\]]*\]")
_PSEUDO = late_pattern(r"::?[a-z-]+")
_WORD = late_pattern(r"[\w-]*[a-zA-Z][\w-]*")


class _Selector(Struct, frozen=True):
    """A selector, and the names of elements, classes and ids without which it matches nothing."""

    text: str
    needs: frozenset[str]


class _StyleRule(Struct, frozen=True):
    """A rule with its selectors. `media` is the query around it, or empty. A rule without selectors always stays."""

    media: str
    selectors: tuple[_Selector, ...]
    body: str


def with_used_rules(document: bytes, script: bytes = b"", sheets: tuple[str, ...] = ()) -> bytes:
    """Return a page without the style rules that it cannot use, its security policy made for the style that is left.

    `document` is HTML as UTF-8 with one `<style>`. `script` is the content of the page's script. `sheets` are the
    style sheets that its style is put together from. Most pages have the same, so that each is read once.
    """
    before, begun, rest = document.partition(_STYLE)
    style, ended, body = rest.partition(_STYLE_END)
    if not begun or not ended:
        return document
    full = style.decode()
    left = _left(sheets or (full,), _names(body) | _script_words(script))
    before = before.replace(style_digest(full).encode(), style_digest(left).encode())
    return b"".join((before, _STYLE, left.encode(), _STYLE_END, body))


def _names(body: bytes) -> frozenset[str]:
    """Return the elements, classes and ids of a page."""
    names = {name for each in set(_NAMES.findall(body)) for name in each.strip(b"\"'").split()}
    names |= {each.lower() for each in set(_TAGS.findall(body))}
    return frozenset(each.decode("utf-8", "replace") for each in names)


@lru_cache(64)
def _script_words(script: bytes) -> frozenset[str]:
    """Return the words of a script, which may add what is called by them to its page."""
    return frozenset(each.decode() for each in _SCRIPT_WORDS.findall(script))


@lru_cache(256)
def style_digest(style: str) -> str:
    """The digest of an inline style as a policy names it: SHA-256 in Base64."""
    return binascii.b2a_base64(hashlib.sha256(style.encode()).digest(), newline=False).decode()


@lru_cache(256)
def _left(sheets: tuple[str, ...], names: frozenset[str]) -> str:
    """Return the rules of style sheets that a page with these names can use."""
    known = names | {"html", "body", "root"}
    parts: list[str] = []
    media = ""
    for rule in chain.from_iterable(map(_rules, sheets)):
        selectors = [each.text for each in rule.selectors if each.needs <= known]
        if rule.selectors and not selectors:
            continue
        if rule.media != media:
            parts.append(("}" if media else "") + (f"{rule.media}{{" if rule.media else ""))
            media = rule.media
        parts.append(f"{','.join(selectors)}{{{rule.body}}}" if selectors else rule.body)
    return "".join(parts) + ("}" if media else "")


@lru_cache(128)
def _rules(full: str) -> tuple[_StyleRule, ...]:
    """Return the rules of a style sheet in order; the whole sheet as one rule if it is not as our sheets are."""
    rules: list[_StyleRule] = []
    at = 0
    while at < len(full):
        if full[at].isspace():
            at += 1
        elif found := _MEDIA.match(full, at):
            rules += [
                _rule(each[1], each[2], found[1].strip()) for each in _RULE.finditer(found[2])
            ]
            at = found.end()
        elif full[at] == "@" and (found := _OTHER.match(full, at)):
            rules.append(_StyleRule("", (), found[0]))
            at = found.end()
        elif found := _RULE.match(full, at):
            rules.append(_rule(found[1], found[2], ""))
            at = found.end()
        else:
            return (_StyleRule("", (), full),)
    return tuple(rules)


def _rule(prelude: str, body: str, media: str) -> _StyleRule:
    selectors = tuple(_Selector(each, _needs(each)) for each in _apart(prelude.strip()))
    return _StyleRule(media, selectors, body.strip())


def _apart(prelude: str) -> list[str]:
    """Return the selectors of a rule: commas inside brackets do not part them."""
    if "(" not in prelude and "[" not in prelude:
        return [each.strip() for each in prelude.split(",")]
    parts, depth = [""], 0
    for sign in prelude:
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and not depth:
            parts.append("")
        else:
            parts[-1] += sign
    return [each.strip() for each in parts]


def _needs(selector: str) -> frozenset[str]:
    """Return the names that a selector cannot do without. What stands in `:not(…)` and its like is no need."""
    plain, before = selector, ""
    while plain != before:
        plain, before = _FUNCTION.sub(" ", plain), plain
    plain = _PSEUDO.sub(" ", _ATTRIBUTE.sub(" ", plain))
    return frozenset(_WORD.findall(plain))
