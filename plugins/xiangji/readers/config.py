"""Reads `mkdocs.yml` into `Settings`.

It uses our own YAML parser, so that mistakes have a location and a remedy, and so that a village can be built without
a host installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from xiangji.model.fields import fold_digits
from xiangji.model.location import Location
from xiangji.model.nearest import suggestion
from xiangji.model.node import Mapping, Node, Scalar, Sequence
from xiangji.model.parsing.late_pattern import compiled
from xiangji.problems import Problem, Report, fatal
from xiangji.readers.site.destination import destination
from xiangji.readers.site.host_programs import tell_programs
from xiangji.readers.site.notes import texts_in
from xiangji.readers.site.public_address import closed
from xiangji.readers.text_file import read_text
from xiangji.readers.yaml.yaml_file import parse_yaml, report_not_facts
from xiangji.regular_file import can_be_named
from xiangji.settings import NavItem, Settings


def read_settings(
    config: Path, today: date, site_url: str | None = None
) -> tuple[Settings, tuple[Problem, ...]]:
    """Read the settings from the file `config`, and the problems in it. The folder of the file is the village.

    A missing file means default settings. `site_url` replaces the value in the file, because a host may know another.
    """
    report = Report()
    root = config.parent
    node: Node | None = None
    text = read_text(config, config.name, report) if config.is_file() else None
    if text is not None:
        node = parse_yaml(text, config.name, report, tags=True)
    if node is not None and not isinstance(node, Mapping):
        report_not_facts(node, config.name, report)
    readable = not fatal(report.problems, strict=False)
    tagged = text is not None and "!ENV" in text
    top = node if isinstance(node, Mapping) else Mapping((), Location(config.name))
    families, disabled = _families(top)
    tell_programs(top, report)
    url = top.get("site_url")
    place = url.location if url else Location(config.name)
    address = site_url or _text(top, "site_url")
    if not site_url or site_url.rstrip("/") == _text(top, "site_url").rstrip("/"):
        _tell_closed(address, place, report)
    if _text(top, "use_directory_urls").lower() in ("false", "no", "off"):
        report.add("setting-addresses", _place(top, "use_directory_urls"))
    settings = Settings(
        root=root,
        today=today,
        config_file=config.name,
        site_name=_text(top, "site_name"),
        # A file that cannot be read may contain an address, so a missing one is not reported.
        site_url=_site_url(address, place, report) if address or readable else None,
        docs_dir=_folder(top, "docs_dir", "site_src", root, report),
        site_dir=_folder(top, "site_dir", "site", root, report),
        nav=_nav(top.get("nav")),
        families=families,
        disabled=disabled,
        reading=_reading(top, root, report),
        closed=not tagged and _is_closed(top),
        site_dir_at=_place(top, "site_dir"),
        named=frozenset(name for name, _ in names_in(top, "extra_css", "extra_javascript")),
        trusted=_trusted(top, report),
        texts=tuple(each for each in texts_in(top) if _is_said(each.text)),
    )
    settings = replace(settings, manuals=settings.reading)
    report.problems += _site_dir(settings)
    return settings, tuple(report.problems)


_OURS = frozenset({"xiangji", "search", "material/search"})
"""Plugins that are known to read no files outside the village."""


def _is_closed(top: Mapping) -> bool:
    """The value of `Settings.closed`."""
    plugins = top.get("plugins")
    names: set[str] = set()
    for item in plugins.items if isinstance(plugins, Sequence) else (plugins,):
        if isinstance(item, Scalar):
            names.add(item.text)
        elif isinstance(item, Mapping):
            names.update(key.text for key, _ in item.entries)
    return names <= _OURS and not any(top.get(key) for key in ("hooks", "INHERIT"))


def _site_dir(settings: Settings) -> tuple[Problem, ...]:
    """The problem if the site may not be written to the configured folder; empty if it may."""
    shown, place = settings.site_dir, settings.root / settings.site_dir
    found = destination(settings, place, "site", settings.site_dir_at, shown, thorough=False)
    return (found,) if isinstance(found, Problem) else ()


def _is_said(text: str) -> bool:
    """Whether a text of the configuration may say something to readers: it has a Chinese character or a long number."""
    return bool(compiled(r"[一-龥]|\d{4}").search(text))


def _place(node: Mapping, key: str) -> Location:
    value = node.get(key)
    return value.location if value else node.location


def _text(node: Mapping, key: str) -> str:
    value = node.get(key)
    return value.text.strip() if isinstance(value, Scalar) else ""


def _folder(top: Mapping, key: str, usual: str, root: Path, report: Report) -> str:
    """The name of a folder. If no folder can have the written name, it is reported and `usual` is returned."""
    name = _text(top, key) or usual
    if can_be_named(root / name):
        return name
    report.add("setting-folder", _place(top, key), value=name[:60], name=key)
    return usual


def _site_url(value: str, place: Location, report: Report) -> str | None:
    if not value:
        report.add("site-url-missing", place)
        return None
    if not _is_address(value):
        better = _ascii_address(value)
        if better is not None:
            report.add("site-url-domain", place, value=value, better=better)
            return None
        report.add("site-url-bad", place, value=value)
        return None
    return value if value.endswith("/") else value + "/"


def _tell_closed(address: str, place: Location, report: Report) -> None:
    """Report a `site_url` that cannot be opened from outside. The caller skips an address given for one build only."""
    found = closed(address) if _is_address(address) else None
    if found:
        better, better_en = (
            (f"写成：{found.better}。或者", f"Write: {found.better}; or: ")
            if found.better
            else ("", "")
        )
        said = {"why": found.zh, "why_en": found.en, "better": better, "better_en": better_en}
        report.add("site-url-closed", place, value=address, **said)


def _is_address(value: str) -> bool:
    return bool(compiled(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/-]*)?").fullmatch(value))


def _ascii_address(value: str) -> str | None:
    """An address with its Chinese domain in IDNA form (xn--…). None if the result is still no valid address."""
    match = re.fullmatch(r"(https?://)([^\s/:@?#]+)(.*)", value)
    if match is None:
        return None
    try:
        better = f"{match[1]}{match[2].encode('idna').decode()}{match[3] or '/'}"
    except UnicodeError:
        return None
    return better if _is_address(better) else None


_TRUSTED = ("trusted", "信任")
"""Keys under `plugins: - xiangji:` that list files which are published without being checked."""


def _trusted(top: Mapping, report: Report) -> frozenset[str]:
    """The value of `Settings.trusted`. Each entry is reported, with its consequence."""
    options = _options(top) or Mapping((), top.location)
    found = list(names_in(options, *_TRUSTED))
    for name, place in found:
        report.add("site-trusted", place, value=name)
    return frozenset(name for name, _ in found)


_READING = ("reading", "阅读")
"""Keys under `plugins: - xiangji:` that list folders whose pages the host makes."""


def _reading(top: Mapping, root: Path, report: Report) -> tuple[str, ...]:
    """The value of `Settings.reading`. A folder that does not exist is reported."""
    options = _options(top) or Mapping((), top.location)
    docs = _text(top, "docs_dir") or "site_src"
    found = {}
    for name, place in names_in(options, *_READING):
        folder = name.strip("/")
        parts = folder.split("/")
        there = can_be_named(root / docs / folder) and (root / docs / folder).is_dir()
        if there and not any(part in ("", ".", "..") for part in parts):
            found[folder] = place
        else:
            near, near_en = suggestion(folder, _folders(root / docs))
            said = {"near": near, "near_en": near_en, "docs": docs}
            report.add("reading-missing", place, value=name[:60], **said)
    return tuple(found)


def _folders(docs: Path) -> list[str]:
    """The names of the folders directly below a folder."""
    try:
        return [each.name for each in docs.iterdir() if each.is_dir()]
    except OSError:
        return []


def names_in(top: Mapping, *keys: str) -> Iterator[tuple[str, Location]]:
    """Yield the paths listed under each of `keys`, with locations. An item is a text or a mapping with `path`."""
    for key in keys:
        value = top.get(key)
        items = value.items if isinstance(value, Sequence) else (value,)
        for item in items:
            one = item.get("path") if isinstance(item, Mapping) else item
            if isinstance(one, Scalar) and one.text:
                yield one.text.removeprefix("./"), one.location


def _options(top: Mapping) -> Mapping | None:
    """The options under `plugins: - xiangji:`, or None."""
    plugins = top.get("plugins")
    options: Node | None = None
    if isinstance(plugins, Sequence):
        for item in plugins.items:
            if isinstance(item, Mapping):
                options = item.get("xiangji") or options
    elif isinstance(plugins, Mapping):
        options = plugins.get("xiangji")
    return options if isinstance(options, Mapping) else None


def _families(top: Mapping) -> tuple[dict[str, Mapping], frozenset[str]]:
    """The options of each page family under `plugins: - xiangji:`, and the names switched off with `name: false`."""
    options = _options(top)
    if options is None:
        return {}, frozenset()
    families: dict[str, Mapping] = {}
    disabled = set()
    for key, value in options.entries:
        if key.text in _TRUSTED + _READING:
            continue
        if isinstance(value, Mapping):
            families[key.text] = value
            continue
        families[key.text] = Mapping((), key.location)
        if isinstance(value, Scalar) and fold_digits(value.text).lower() in ("false", "no", "否"):
            disabled.add(key.text)
    return families, frozenset(disabled)


def _nav(node: Node | None) -> tuple[NavItem, ...]:
    if not isinstance(node, Sequence):
        return ()
    return tuple(item for each in node.items for item in _nav_items(each))


def _nav_items(node: Node) -> list[NavItem]:
    if isinstance(node, Scalar):
        return [NavItem("", node.text, place=node.location)]
    if not isinstance(node, Mapping):
        return []
    return [
        NavItem(key.text, value.text, place=value.location)
        if isinstance(value, Scalar)
        else NavItem(key.text, "", _nav(value))
        for key, value in node.entries
    ]
