"""`xiangji build --zip`: the site, and beside it a ZIP of it that opens from a folder without a server."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
from itertools import chain
from pathlib import Path
from typing import Any

import click

from xiangji.cli.build import run_build
from xiangji.cli.village import open_settings
from xiangji.cli.words import message_key, say

README = "打开说明.txt"


def build_offline(lang: str, **given: Any) -> int:
    """Build the site, then write the ZIP beside it. Returns the exit status."""
    if given["stage"] or isinstance(given["out"], str):
        raise click.UsageError(say("zip-needs-folder", lang))
    form = given["form"]
    said = io.StringIO()
    with contextlib.redirect_stdout(said) if form == "json" else contextlib.nullcontext():
        status = run_build(lang, **given)
    if form == "json" and status:
        click.echo(said.getvalue(), nl=False)
    if status:
        return status
    settings, _ = open_settings(lang, given["config"], given["date"], given["site_url"])
    site = given["out"] or settings.root / settings.site_dir
    target = site.with_name(f"{site.name}.zip")
    why = _pack(lang, settings, _source(lang, settings, site, given), target)
    if why:
        click.echo(why, err=True)
    if form == "json":
        told = json.loads(said.getvalue()) | {"zip": None if why else str(target)}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not why and not given["quiet"]:
        click.echo(say("zipped", lang, out=target, size=f"{target.stat().st_size / 1e6:.1f}"))
    return 1 if why else 0


def _source(lang: str, settings: Any, site: Path, given: dict[str, Any]) -> Path:
    """Return the folder with the site that goes into the ZIP.

    A host's search needs a server, so where a host makes pages they are made once more by us, in the cache.
    """
    if given["host"] == "none" or not settings.reading:
        return site
    name = hashlib.sha256(str(site.resolve()).encode()).hexdigest()[:16]
    away: Path = settings.root / ".cache" / "xiangji" / "away" / name
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        run_build(lang, **{**given, "out": away, "host": "none", "quiet": True})
    return away


def _pack(lang: str, settings: Any, folder: Path, target: Path) -> str:
    """Write the ZIP. Returns why it was not written; an empty text if it was."""
    from xiangji.output.offline_zip import ForeignZip, offline_files, write_zip
    from xiangji.output.single_file import FileNotWritten
    from xiangji.readers.site.build_mark import read_mark

    mark = read_mark(folder)
    if mark is None:
        return say("no-write", lang, out=target, why=folder)
    try:
        files = offline_files(folder, mark.files)
        write_zip(target, chain([(README, _readme(settings))], files))
    except ForeignZip:
        return say("zip-theirs", lang, out=target)
    except FileNotWritten as error:
        return say(message_key(error.word), lang, place=error.place)
    except OSError as error:
        return say("no-write", lang, out=target, why=error.strerror or error)
    return ""


def _readme(settings: Any) -> bytes:
    """Return the text that says how to open the site, in both languages, for old editors of Windows as well."""
    name, url = settings.site_name, settings.site_url
    text = "\n".join(
        say("zip-readme", lang, name=name, url=url or say("zip-no-url", lang))
        for lang in ("zh", "en")
    )
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()
