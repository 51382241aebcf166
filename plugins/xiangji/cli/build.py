"""`xiangji build`: the site, written whole or not at all, and what is said of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from xiangji.cache import Cache
from xiangji.cli.profile import Stopwatch, profile_text
from xiangji.cli.progress import ProgressLine
from xiangji.cli.village import host_module, open_cache, open_settings, tell
from xiangji.cli.words import say
from xiangji.frozen import dataclass
from xiangji.problems import Problem, Severity, as_json, fatal
from xiangji.settings import Settings

if TYPE_CHECKING:  # Where nothing changed, no page is needed: these take longer than all the rest.
    from xiangji.adapters.folder import Writing
    from xiangji.adapters.ledger import Ledger
    from xiangji.adapters.parcels import Team
    from xiangji.adapters.reuse import Reuse
    from xiangji.adapters.survey import Survey
    from xiangji.site import Site
    from xiangji.sources.memo import Memo


class NotWritten(Exception):
    """Nothing was written; the message says why."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a build was asked for."""

    lang: str
    settings: Settings
    found: tuple[Problem, ...]
    config: Path
    target: Path
    host: str
    staged: bool
    strict: bool
    cluster: str | None = None

    @property
    def hosted(self) -> bool:
        return not self.staged and self.host == "mkdocs" and self.settings.hosted


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of it. `why` says why nothing was written, `unchanged` that nothing had to be, `unread`
    that nobody looked at the content."""

    problems: tuple[Problem, ...]
    pages: int = 0
    count: int = 0
    why: str = ""
    unchanged: bool = False
    unread: bool = False


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
    cluster: str | None = None,
) -> int:
    """Build and write. Returns the exit status."""
    watch = Stopwatch()
    settings, found = open_settings(lang, config, date, site_url, since)
    quiet = quiet or form == "json"
    target = stage or out or settings.root / settings.site_dir
    staged = stage is not None
    place = config.resolve()
    asked = _Asked(lang, settings, tuple(found), place, target, host, staged, strict, cluster)
    with ProgressLine(lang, quiet=quiet) as progress:
        done = _again(asked, watch, progress)
    if form == "text" and (done.problems or not (quiet or done.unread)):
        tell(done.problems, lang)
    if done.why:
        click.echo(done.why, err=True)
    if form == "json":
        click.echo(_summary(done, target, watch, profile=profile))
    elif not done.why and not quiet:
        word = "unchanged" if done.unchanged else "staged" if staged else "built"
        click.echo(say(word, lang, out=target, count=done.count, pages=done.pages))
    if profile and form == "text":
        click.echo(profile_text(watch, lang), err=True)
    return 1 if done.why else 0


def _again(asked: _Asked, watch: Stopwatch, progress: ProgressLine) -> _Done:
    """The site as it would come out, from what is there already as far as that is as it was."""
    from xiangji.adapters.ledger import memo_of, open_ledger
    from xiangji.adapters.survey import survey

    cache = open_cache(asked.settings.root)
    now = None
    with watch("survey"):
        if not asked.hosted or asked.settings.closed:
            how = f"{asked.host} {asked.staged}"
            now = survey(asked.settings, cache, asked.target, how)
        before = open_ledger(cache, asked.target) if now else None
        same = now is not None and before is not None and before.holds(now, asked.target)
    if same and before is not None and not fatal(before.problems, asked.strict):
        return _Done(before.problems, before.listed, before.count, unchanged=True)
    from xiangji.adapters.readers import reading_ahead

    try:
        # First of all: what is wrong with a cluster is told before anybody has waited.
        with _team(asked) as team:
            memo = memo_of(now) if now else None
            # Before the pages' modules are loaded, which takes as long as a third of the reading; not where
            # there are threads, as a cluster's client has.
            with reading_ahead(asked.settings.root, now, None if team else memo):
                return _make(asked, watch, progress, cache, now, before, team, memo)
    except NotWritten as error:
        return _Done((), why=str(error), unread=True)


def _make(
    asked: _Asked,
    watch: Stopwatch,
    progress: ProgressLine,
    cache: Cache,
    now: Survey | None,
    before: Ledger | None,
    team: Team | None,
    memo: Memo | None,
) -> _Done:
    from xiangji.adapters.folder import Writing
    from xiangji.adapters.ledger import keep_ledger, made_of
    from xiangji.adapters.reuse import Reuse
    from xiangji.site import build

    # What a host's plugins did to a file, they would do to it again.
    plain = not (asked.hosted or asked.staged)
    reuse: Reuse | None = None

    def taken(site: Site) -> Reuse | None:
        nonlocal reuse
        if reuse is None and now and plain:
            reuse = Reuse(cache, asked.target, before, made_of(site, now))
        return reuse

    def begin(site: Site) -> None:
        writing.begin(site, taken(site))

    ahead = begin if plain and team is None and before is None else None
    with Writing(asked.target) as writing:
        site = build(asked.settings, asked.found, cache, progress, watch, memo, ahead)
        if site.fatal(asked.strict):
            return _Done(site.problems, why=say("stopped", asked.lang))
        try:
            with watch("write"), _refusals(asked):
                count = _write(site, asked, progress, writing, taken(site), team)
        except NotWritten as error:
            return _Done(site.problems, why=str(error))
    pages = len(site.pages) + len(site.notes) + sum(each.listed for each in site.promised)
    if now:
        with watch("ledger"):
            keep_ledger(cache, asked.target, now, site, reuse, (pages, count))
    return _Done(site.problems, pages, count)


@contextmanager
def _team(asked: _Asked) -> Iterator[Team | None]:
    """The workers of the cluster that was asked for."""
    if not asked.cluster:
        yield None
        return
    from xiangji.adapters.cluster import open_cluster
    from xiangji.adapters.parcels import NotMade

    try:
        with open_cluster(asked.cluster) as team:
            yield team
    except NotMade as error:
        raise NotWritten(say(error.word, asked.lang, **error.values)) from error


@contextmanager
def _refusals(asked: _Asked) -> Iterator[None]:
    """What keeps a site from being written, in words."""
    from xiangji.adapters.parcels import NotMade
    from xiangji.adapters.swap import Busy

    try:
        yield
    except NotMade as error:
        raise NotWritten(say(error.word, asked.lang, **error.values)) from error
    except OSError as error:
        word = "busy" if isinstance(error, Busy) else "no-write"
        why = say(word, asked.lang, out=asked.target, why=error.strerror or error)
        raise NotWritten(why) from error


def _write(
    site: Site,
    asked: _Asked,
    progress: ProgressLine,
    writing: Writing,
    reuse: Reuse | None,
    team: Team | None,
) -> int:
    """Write the site, by the host where it is wanted and there, else in our own frame. Returns how many
    files, where that is counted."""
    if asked.staged:
        from xiangji.adapters.stage import write_stage

        return write_stage(site, asked.target, progress, team)
    from xiangji.adapters.swap import fresh_folder

    module = host_module(asked.lang) if asked.hosted else None
    if module is None:
        return writing.end(site, progress, reuse, team)
    try:
        with fresh_folder(asked.target) as folder:
            module.build_with_host(site, asked.config, folder, team)
    except module.HostFailed as failure:
        raise NotWritten(f"{failure}\n{say('host-failed', asked.lang)}") from failure
    return 0


def _summary(done: _Done, target: Path, watch: Stopwatch, profile: bool) -> str:
    """One JSON object. `files` and `bytes` are those of the folder as it stands now."""
    files = [] if done.why else [each for each in target.rglob("*") if each.is_file()]
    told: dict[str, Any] = {
        "built": not done.why,
        "unchanged": done.unchanged,
        "out": str(target),
        "pages": done.pages,
        "files": len(files),
        "bytes": sum(each.stat().st_size for each in files),
        "seconds": round(watch.whole.wall, 3),
        "counts": _counts(done.problems),
        "problems": json.loads(as_json(done.problems)),
    }
    if profile:
        told["stages"] = [
            {"stage": stage, "seconds": round(spent.wall, 3), "cpu": round(spent.cpu, 3)}
            for stage, spent in watch.rows()
        ]
    return json.dumps(told, ensure_ascii=False, indent=2)


def _counts(problems: Sequence[Problem]) -> dict[str, int]:
    return {each.value: sum(item.severity is each for item in problems) for each in Severity}
