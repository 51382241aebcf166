"""`xiangji publish`: copies the built site to a target, and reports what happens.

It publishes what `xiangji build` wrote and builds nothing itself. Somebody may have checked that folder, and it may
have been built for another day or with a host that this command does not know.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from msgspec import Struct

from xiangji.cli.progress import ProgressLine
from xiangji.cli.village import open_library
from xiangji.cli.words import message_key, say
from xiangji.publish.plan import Codes, printed_codes
from xiangji.publish.publication import Publication, PublicationRefused, carry_out, look, look_back
from xiangji.publish.target import Folder, NoDriver, NoTarget, open_target
from xiangji.readers.site.destination import barred, within

if TYPE_CHECKING:
    from xiangji.cli.message_keys import MessageKey


class NotPublished(Exception):
    """Nothing more is published. The message says why."""


def run_publish(
    lang: str,
    target: str,
    plan: bool,
    back: bool,
    take_over: bool,
    folder: Path | None,
    form: str,
    config: Path,
    site_url: str | None,
) -> int:
    """Publish a built site, or with `plan` report what would happen. Returns the exit status."""
    if back and folder:
        raise click.UsageError(say("publish-back-from", lang))
    settings, codes = _village(lang, config, site_url)
    site = folder or settings.root / settings.site_dir
    try:
        brought = PublishArguments(target, plan, back, take_over)
        told = _bring(lang, settings, codes, site, brought, quiet=form == "json")
    except NotPublished as why:
        click.echo(str(why), err=True)
        return 1
    if form == "json":
        click.echo(json.dumps(told_json(told, target, plan), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(plan_lines(told, lang) if plan else done_lines(told, target, lang)))
    return 0


def build_away(lang: str, **given: Any) -> int:
    """`xiangji build --out s3://…`: build into a folder below `.cache/`, then publish it. Returns the exit status."""
    from xiangji.cli.build import run_build

    target, form = str(given["out"]), given["form"]
    said = io.StringIO()
    # The folder is kept, so that the next build makes only what changed.
    name = hashlib.sha256(target.encode()).hexdigest()[:16]
    site = given["config"].resolve().parent / ".cache" / "xiangji" / "away" / name
    with contextlib.redirect_stdout(
        said
    ):  # The message would name a folder that the user does not know.
        status = run_build(lang, **{**given, "out": site})
    built = json.loads(said.getvalue()) if form == "json" else {}
    publication = None
    if status == 0:
        settings, codes = _village(lang, given["config"], given["site_url"])
        quiet = form == "json" or given["quiet"]
        try:
            publication = _bring(lang, settings, codes, site, PublishArguments(target), quiet)
        except NotPublished as why:
            click.echo(str(why), err=True)
            status = 1
    if form == "json":
        told = told_json(publication, target, plan=False) if publication else None
        away = {**built, "out": target, "published": told}
        click.echo(json.dumps(away, ensure_ascii=False, indent=2))
    elif publication and not given["quiet"]:
        click.echo("\n".join(done_lines(publication, target, lang)))
    return status


def _village(lang: str, config: Path, site_url: str | None) -> tuple[Any, Codes]:
    """Return the settings and the printed codes. Exits if the library cannot be read, because the codes are needed."""
    try:
        settings, library = open_library(lang, config, None, site_url)
    except SystemExit:
        click.echo(say("publish-register", lang), err=True)
        raise
    return settings, printed_codes(library)


class PublishArguments(Struct, frozen=True):
    """The arguments of a publication."""

    target: str
    plan: bool = False
    back: bool = False
    take_over: bool = False


def _bring(
    lang: str, settings: Any, codes: Codes, site: Path, wanted: PublishArguments, quiet: bool
) -> Publication:
    """Compare site and target, and publish unless only a plan is wanted. Raises `NotPublished`."""
    target = wanted.target
    names = settings.site_url, settings.site_name
    with _explained(lang, target, "publish-unreached"):
        place = open_target(target)
        if isinstance(place, Folder) and _overlaps(place.root, site, settings):
            raise PublicationRefused("publish-same", target=target, out=site)
        if wanted.back:
            publication = look_back(place, codes, *names, wanted.take_over)
        else:
            publication = look(site, place, codes, *names, wanted.take_over)
    if not wanted.plan:
        with (
            ProgressLine(lang, quiet=quiet) as progress,
            _explained(lang, target, "publish-failed"),
        ):
            carry_out(publication, progress)
    return publication


@contextlib.contextmanager
def _explained(lang: str, target: str, failed: MessageKey) -> Iterator[None]:
    try:
        yield
    except PublicationRefused as why:
        raise NotPublished(say(message_key(why.word), lang, **why.values)) from why
    except NoDriver as why:
        raise NotPublished(say("publish-driver", lang, target=target, why=why)) from why
    except NoTarget as why:
        raise NotPublished(say(failed, lang, target=target, why=why)) from why


def _overlaps(place: Path, site: Path, settings: Any) -> bool:
    """Whether publishing would write into the site itself, over the village or into its content.

    These are the same folders that no build may write into.
    """
    real, built = place.resolve(), site.resolve()
    return within(real, built) or within(built, real) or barred(settings, real) is not None


def plan_lines(found: Publication, lang: str) -> Iterator[str]:
    """Yield the lines of a plan: what is uploaded, removed and kept, each with the reason."""
    plan = found.plan
    if found.back:
        yield say("publish-back-said", lang)
    if found.memory != "read":
        yield say(message_key(f"publish-{found.memory}"), lang)
    if plan.uploads:
        yield say("publish-head-upload", lang, count=len(plan.uploads), size=_size(found))
        for each in plan.uploads:
            yield f"  {each.path}  {say(message_key(f'publish-why-{each.why}'), lang)}"
    if plan.deletes:
        yield say("publish-head-delete", lang, count=len(plan.deletes))
        yield from (f"  {path}" for path in plan.deletes)
    yield from _stays(found, lang)
    yield say("publish-unchanged", lang, count=plan.unchanged + len(plan.settled))
    if plan.foreign:
        yield say("publish-foreign", lang, count=plan.foreign)
    yield say("publish-planned", lang)


def done_lines(found: Publication, target: str, lang: str) -> Iterator[str]:
    """Yield the lines of a result: what was done in short, what was kept and what is missing in full."""
    plan = found.plan
    if found.back:
        yield say("publish-back-said", lang)
    if found.memory != "read":
        yield say(message_key(f"publish-{found.memory}"), lang)
    yield from _stays(found, lang)
    if not plan.uploads and not plan.deletes:
        yield say("publish-nothing", lang, target=target)
        return
    counts = {"count": len(plan.uploads), "size": _size(found), "deleted": len(plan.deletes)}
    unchanged = plan.unchanged + len(plan.settled)
    yield say("publish-done", lang, target=target, unchanged=unchanged, **counts)


def _stays(found: Publication, lang: str) -> Iterator[str]:
    plan = found.plan
    if plan.kept:
        yield say("publish-head-kept", lang, count=len(plan.kept))
        for each in plan.kept:
            yield f"  {each.path}  {say(message_key(f'publish-kept-{each.why}'), lang, by=each.by)}"
        yield say("publish-kept-remedy", lang)
    if plan.lacking:
        yield say("publish-head-lacking", lang, count=len(plan.lacking))
        yield from (f"  {path}" for path in plan.lacking)
        yield say("publish-lacking-remedy", lang)


def told_json(found: Publication, target: str, plan: bool) -> dict[str, Any]:
    """Return the same as an object for JSON. Sizes are in bytes; `upload` is in the order of uploading."""
    each = found.plan
    return {
        "target": target,
        "site_url": found.old.site_url,
        "planned_only": plan,
        "back": found.back,
        "memory": found.memory,
        "upload": [{"path": u.path, "why": u.why, "bytes": u.size} for u in each.uploads],
        "delete": list(each.deletes),
        "kept": [{"path": k.path, "why": k.why, "by": k.by} for k in each.kept],
        "unchanged": each.unchanged + len(each.settled),
        "codes_without_page": list(each.lacking),
        "foreign": each.foreign,
    }


def _size(found: Publication) -> str:
    count = sum(each.size for each in found.plan.uploads)
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{count / 1000:.1f} KB"
