"""`xiangji build`: writes the complete site or nothing, and reports the result."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct
from msgspec.structs import replace

from xiangji.cache import Cache
from xiangji.cli.destination import left_lines, named_destination, own_destination, refusal
from xiangji.cli.profile import Stopwatch, profile_text
from xiangji.cli.progress import ProgressLine
from xiangji.cli.village import open_cache, open_settings, tell
from xiangji.cli.words import message_key, say
from xiangji.problems import Problem, Severity, as_json, fatal
from xiangji.readers.site.build_mark import MARK
from xiangji.readers.site.destination import RULES, STATES, Destination
from xiangji.settings import Settings

if TYPE_CHECKING:  # For types only: these imports are slow, and an unchanged site needs none.
    from xiangji.build import Site
    from xiangji.cli.message_keys import MessageKey
    from xiangji.incremental.fingerprint import InputFingerprint
    from xiangji.incremental.manifest import BuildManifest
    from xiangji.incremental.standby import Standby
    from xiangji.output.files import Listing
    from xiangji.output.foreign_files import ForeignFiles
    from xiangji.shards.remote import ShardExecutor


class SiteNotWritten(Exception):
    """Nothing was written. The message says why."""


class _Asked(Struct, frozen=True):
    """The arguments of a build."""

    lang: str
    settings: Settings
    found: tuple[Problem, ...]
    config: Path
    to: Destination
    host: str
    strict: bool
    cluster: str | None = None

    @property
    def target(self) -> Path:
        return self.to.given

    @property
    def staged(self) -> bool:
        return self.to.kind == "stage"

    @property
    def hosted(self) -> bool:
        return not self.staged and bool(self.settings.reading)


class _Done(Struct, frozen=True):
    """The result of a build.

    `why` says why nothing was written, `unchanged` that nothing had to be written, `unread` that the content was not
    read.
    """

    problems: tuple[Problem, ...]
    pages: int = 0
    count: int = 0
    why: str = ""
    unchanged: bool = False
    unread: bool = False
    left: ForeignFiles | None = None


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
    """Build and write the site. Returns the exit status."""
    watch = Stopwatch()
    settings, found = open_settings(lang, config, date, site_url, since)
    settings = settings if host == "mkdocs" else replace(settings, reading=())
    quiet = quiet or form == "json"
    to = _destination(lang, settings, out, stage)
    if isinstance(
        to, Problem
    ):  # The folder must not be read or written until this problem is solved.
        others = (each for each in found if each.rule not in RULES)
        done, target = _Done((*others, to), why=say("stopped", lang)), Path(settings.site_dir)
    else:
        # With `--out` or `--stage`, problems of the configured folder do not matter.
        found = tuple(
            each for each in found if (out is None and stage is None) or each.rule not in STATES
        )
        asked = _Asked(lang, settings, found, config.resolve(), to, host, strict, cluster)
        target = to.given
        with ProgressLine(lang, quiet=quiet) as progress:
            done = _again(asked, watch, progress)
    _tell(done, target, lang, watch, settings, stage is not None, quiet, form, profile)
    return 1 if done.why else 0


def _destination(
    lang: str, settings: Settings, out: Path | None, stage: Path | None
) -> Destination | Problem:
    """Return the folder to write into, without its build mark.

    The mark of a large village takes memory, and another build may write a new one meanwhile, so it is read again
    later.
    """
    named = stage or out
    if named is None:
        found = own_destination(settings)
    else:
        found = named_destination(lang, settings, named, "stage" if stage else "site")
    return found if isinstance(found, Problem) else replace(found, mark=None)


def _tell(
    done: _Done,
    target: Path,
    lang: str,
    watch: Stopwatch,
    settings: Settings,
    staged: bool,
    quiet: bool,
    form: str,
    profile: bool,
) -> None:
    """Report the result of a build."""
    if form == "text" and (done.problems or not (quiet or done.unread)):
        tell(done.problems, lang, settings.root)
    if done.why:
        click.echo(done.why, err=True)
    if form == "json":
        click.echo(_summary(done, target, watch, profile=profile))
    elif not done.why and not quiet:
        word: MessageKey = "unchanged" if done.unchanged else "staged" if staged else "built"
        click.echo(say(word, lang, out=target, count=done.count, pages=done.pages))
    if done.left:
        for line in left_lines(done.left, target, settings.docs_dir, lang, quiet):
            click.echo(line, err=True)
    if profile and form == "text":
        click.echo(profile_text(watch, lang), err=True)


def _again(asked: _Asked, watch: Stopwatch, progress: ProgressLine) -> _Done:
    """Build the site, or return the result of the last build if its inputs and its output are unchanged."""
    from xiangji.incremental.fingerprint import fingerprint
    from xiangji.incremental.manifest import open_manifest

    cache = open_cache(asked.settings.root)
    now = None
    with watch("fingerprint"):
        if not asked.hosted or asked.settings.closed:
            how = f"{asked.host} {asked.staged}"
            now = fingerprint(asked.settings, cache, asked.target, how)
        before = open_manifest(cache, asked.target) if now else None
        there = _there(asked.target) if before else {}
        same = now is not None and before is not None and before.holds(now, there)
    if same and before is not None and not fatal(before.problems, asked.strict):
        figures = before.listed, before.count
        left = _stays(there, before.files)
        return _Done(before.problems, *figures, unchanged=True, left=left)
    try:
        # The cluster is opened first, so that a wrong address is reported before the long work.
        with _team(asked) as team:
            return _make(asked, watch, progress, cache, now, before, team)
    except SiteNotWritten as error:
        return _Done((), why=str(error), unread=True)


def _there(out: Path) -> Listing:
    """Return the files of an existing site; an empty dict if there is none."""
    from xiangji.incremental.listing import listed

    try:
        return listed(out)
    except OSError:
        return {}


def _stays(there: Listing, ours: Listing) -> ForeignFiles | None:
    """Return the foreign files in a site that stays unchanged; None if there are none."""
    if len(there) == len(ours):
        return None
    from xiangji.output.foreign_files import ForeignFiles, names_of

    return ForeignFiles(kept=names_of(there.keys() - ours.keys(), ours))


def _make(
    asked: _Asked,
    watch: Stopwatch,
    progress: ProgressLine,
    cache: Cache,
    now: InputFingerprint | None,
    before: BuildManifest | None,
    team: ShardExecutor | None,
) -> _Done:
    from xiangji.build import build
    from xiangji.incremental.manifest import Signatures, folder_cache, keep_manifest
    from xiangji.incremental.standby import Standby

    if asked.hosted:
        from xiangji.hosts.reading import is_there

        if not is_there():
            return _Done((), why=say("no-host", asked.lang), unread=True)
    reuse: Standby | None = None

    memo = folder_cache(cache, asked.settings.root, now) if now else None
    site = build(asked.settings, asked.found, cache, progress, watch, memo)
    if site.fatal(asked.strict):
        return _Done(site.problems, why=say("stopped", asked.lang))
    pages = len(site.pages) + len(site.notes) + len(site.reading)
    try:
        with watch("write"), _refusals(asked), _not_made(asked) if team else nullcontext():
            site = _with_host(site, asked, cache, now)
            if now and not asked.staged:
                reuse = Standby(cache, asked.target, before, Signatures(site, now))
            count, left = _write(site, asked, progress, reuse, team)
    except SiteNotWritten as error:
        return _Done(site.problems, why=str(error))
    pages += sum(each.listed for each in site.promised)
    if now:
        with watch("manifest"):
            keep_manifest(cache, asked.target, now, site, reuse, (pages, count))
    return _Done(site.problems, pages, count, left=left)


@contextmanager
def _team(asked: _Asked) -> Iterator[ShardExecutor | None]:
    """Open the cluster, if one was asked for, and yield its executor. Raises `SiteNotWritten` if it cannot be reached."""
    if not asked.cluster:
        yield None
        return
    from xiangji.shards.cluster import open_cluster

    with _not_made(asked), open_cluster(asked.cluster) as team:
        yield team


@contextmanager
def _not_made(asked: _Asked) -> Iterator[None]:
    """Translate what keeps a cluster from making the site into `SiteNotWritten`."""
    from xiangji.shards.remote import NotMade

    try:
        yield
    except NotMade as error:
        raise SiteNotWritten(say(message_key(error.word), asked.lang, **error.values)) from error


@contextmanager
def _refusals(asked: _Asked) -> Iterator[None]:
    """Translate errors that keep a site from being written into `SiteNotWritten`, with a message for the user."""
    from xiangji.output.atomic_folder import BuildRunning
    from xiangji.output.guarded_folder import ReplacementRefused

    try:
        yield
    except ReplacementRefused as error:
        raise SiteNotWritten(refusal(error.problem, asked.lang)) from error
    except OSError as error:
        word: MessageKey = "busy" if isinstance(error, BuildRunning) else "no-write"
        why = say(word, asked.lang, out=asked.target, why=error.strerror or error)
        raise SiteNotWritten(why) from error


def _write(
    site: Site,
    asked: _Asked,
    progress: ProgressLine,
    reuse: Standby | None,
    team: ShardExecutor | None,
) -> tuple[int, ForeignFiles]:
    """Write the site, or with `--stage` the files for another generator.

    Returns the number of files, and what happened to foreign files.
    """
    if asked.staged:
        from xiangji.hosts.staging import write_stage

        return write_stage(site, asked.to, progress, team)
    from xiangji.output.site_folder import write_site

    return write_site(site, asked.to, reuse, progress, team)


def _with_host(site: Site, asked: _Asked, cache: Cache, now: InputFingerprint | None) -> Site:
    """Return the site with the host's pages in place of ours. Raises `SiteNotWritten`."""
    if not asked.hosted:
        return site
    from xiangji.hosts.reading import HostFailed, host_pages

    try:
        found = host_pages(site, asked.config, cache, now)
    except HostFailed as failure:
        raise SiteNotWritten(f"{failure}\n{say('host-failed', asked.lang)}") from failure
    return replace(site, ready=(*site.ready, *found), reading=())


def _summary(done: _Done, target: Path, watch: Stopwatch, profile: bool) -> str:
    """Return one JSON object. `files` and `bytes` are those of the folder as it is now."""
    found = () if done.why else target.rglob("*")
    files = [each for each in found if each.is_file() and each != target / MARK]
    left = done.left
    told: dict[str, Any] = {
        "built": not done.why,
        "unchanged": done.unchanged,
        "out": str(target),
        "pages": done.pages,
        "files": len(files),
        "bytes": sum(each.stat().st_size for each in files),
        "seconds": round(watch.whole.wall, 3),
        "counts": _counts(done.problems),
        "kept": list(left.kept) if left else [],
        "saved": list(left.saved) if left else [],
        "moved_to": str(left.into) if left and left.into else None,
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
