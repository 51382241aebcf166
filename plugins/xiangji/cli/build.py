"""`xiangji build`: the site, written whole or not at all, and what is said of it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from xiangji.cli.profile import Stopwatch, profile_text
from xiangji.cli.progress import ProgressLine
from xiangji.cli.village import host_module, open_cache, open_settings, tell
from xiangji.cli.words import say
from xiangji.problems import Problem, Severity, as_json
from xiangji.site import Site, build


class NotWritten(Exception):
    """Nothing was written; the message says why."""


def run_build(
    lang: str,
    config: Path,
    date: str | None,
    site_url: str | None,
    since: str,
    strict: bool,
    out: Path | None,
    stage: Path | None,
    host: str,
    quiet: bool,
    form: str,
    profile: bool,
) -> int:
    """Build and write. Returns the exit status."""
    watch = Stopwatch()
    settings, found = open_settings(lang, config, date, site_url, since)
    quiet = quiet or form == "json"
    with ProgressLine(lang, quiet=quiet) as progress:
        site = build(settings, found, open_cache(settings.root), progress, watch)
        if form == "text" and (site.problems or not quiet):
            tell(site.problems, lang)
        target = stage or out or settings.root / settings.site_dir
        why = say("stopped", lang) if site.fatal(strict) else ""
        count = 0
        if not why:
            way = _Way(lang, config.resolve(), target, host, stage is not None, progress)
            try:
                with watch("write"):
                    count = _write(site, way)
            except NotWritten as error:
                why = str(error)
    if why:
        click.echo(why, err=True)
    if form == "json":
        click.echo(_summary(site, target, watch, built=not why, profile=profile))
    elif not why and not quiet:
        done = {"out": target, "count": count, "pages": _pages(site)}
        click.echo(say("staged" if stage else "built", lang, **done))
    if profile and form == "text":
        click.echo(profile_text(watch, lang), err=True)
    return 1 if why else 0


def _pages(site: Site) -> int:
    return len(site.pages) + len(site.notes) + sum(each.listed for each in site.promised)


@dataclass(frozen=True, slots=True)
class _Way:
    """How a site is written, and where."""

    lang: str
    config: Path
    target: Path
    host: str
    staged: bool
    progress: ProgressLine


def _write(site: Site, way: _Way) -> int:
    """Write the site; how many files, where that is counted."""
    from xiangji.adapters.swap import Busy

    try:
        if way.staged:
            from xiangji.adapters.stage import write_stage

            return write_stage(site, way.target, way.progress)
        return _hosted(site, way)
    except OSError as error:
        word = "busy" if isinstance(error, Busy) else "no-write"
        why = say(word, way.lang, out=way.target, why=error.strerror or error)
        raise NotWritten(why) from error


def _hosted(site: Site, way: _Way) -> int:
    """By the host where it is wanted and there, else in our own frame."""
    from xiangji.adapters.folder import write_site
    from xiangji.adapters.swap import fresh_folder

    wanted = way.host == "mkdocs" and site.settings.hosted
    module = host_module(way.lang) if wanted else None
    if module is None:
        return write_site(site, way.target, way.progress)
    try:
        with fresh_folder(way.target) as folder:
            module.build_with_host(site, way.config, folder)
    except module.HostFailed as failure:
        raise NotWritten(f"{failure}\n{say('host-failed', way.lang)}") from failure
    return 0


def _summary(site: Site, target: Path, watch: Stopwatch, built: bool, profile: bool) -> str:
    """One JSON object. `files` and `bytes` are those of the folder as it stands now."""
    files = [each for each in target.rglob("*") if each.is_file()] if built else []
    told: dict[str, Any] = {
        "built": built,
        "out": str(target),
        "pages": _pages(site) if built else 0,
        "files": len(files),
        "bytes": sum(each.stat().st_size for each in files),
        "seconds": round(watch.whole.wall, 3),
        "counts": _counts(site.problems),
        "problems": json.loads(as_json(site.problems)),
    }
    if profile:
        told["stages"] = [
            {"stage": stage, "seconds": round(spent.wall, 3), "cpu": round(spent.cpu, 3)}
            for stage, spent in watch.rows()
        ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def _counts(problems: Sequence[Problem]) -> dict[str, int]:
    return {each.value: sum(item.severity is each for item in problems) for each in Severity}
