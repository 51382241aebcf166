"""`xiangji fix`: shows, and with `--write` applies, the repairs of `readers/repairs.py`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import click
from msgspec import Struct

from xiangji.build import label_changes_in
from xiangji.cli.village import unwritten
from xiangji.cli.words import message_key, say
from xiangji.editing.undo import NotKept, write_edits
from xiangji.editing.version_lines import with_versions
from xiangji.library.references import assemble
from xiangji.problems import fatal
from xiangji.readers.git.label_changes import UndatedChange
from xiangji.readers.repairs import Repair, repair, repairable
from xiangji.readers.text_file import LARGEST
from xiangji.readers.village import gather
from xiangji.regular_file import read_regular
from xiangji.settings import Settings


class MendedFile(Struct, frozen=True):
    """A file of the village before and after its repairs."""

    file: Path
    path: str
    before: str
    after: str
    changes: tuple[Repair, ...]


def mended_files(root: Path, docs_dir: str) -> Iterator[MendedFile]:
    """Yield the files of the village that a repair would change."""
    for path in sorted(filter(repairable, gather(root, docs_dir).files)):
        file = root / path
        text = _text(file)
        if text is None:
            continue
        after, changes = repair(text, path)
        if after != text:
            yield MendedFile(file, path, text, after, changes)


def dated_files(settings: Settings, left: list[UndatedChange]) -> Iterator[MendedFile]:
    """The files of products whose label changed, with what it said before; none of a village that has mistakes, which
    come first. Changes that cannot be put in order are added to `left`."""
    gathered = gather(settings.root, settings.docs_dir)
    library, unresolved = assemble(gathered)
    if library is None or fatal((*gathered.problems, *unresolved), strict=False):
        return
    found: dict[str, list[UndatedChange]] = {}
    for change in label_changes_in(library, settings):
        found.setdefault(change.product.origin.path, []).append(change)
    for path, changes in found.items():
        text = _text(settings.root / path)
        written = with_versions(text, changes) if text is not None else None
        if text is not None and written is not None:
            yield MendedFile(settings.root / path, path, text, *written)
        else:
            left += changes


def show_changes(found: list[MendedFile], lang: str) -> None:
    """Where, what, and the line as it would be; lines that are added together are told as one."""
    for each in found:
        last = None
        for change in each.changes:
            if change.before or last is None or last.before or last.kind != change.kind:
                what = say(message_key(f"fix-{change.kind}"), lang)
                click.echo(f"{each.path}:{change.line}: {what}")
            if change.before:
                click.echo(f"  - {change.before}")
            click.echo(f"  + {change.after}")
            last = change


def show_left(left: list[UndatedChange], lang: str) -> None:
    """Tell which changes of labels a person has to date."""
    for each in left:
        told = {"path": each.product.origin.path, "day": each.on}
        click.echo(say("fix-left", lang, **told), err=True)


def show_diff(found: list[MendedFile]) -> None:
    """Print a unified diff that `git apply` accepts."""
    for each in found:
        before, after = (re.split(r"(?<=\n)", text) for text in (each.before, each.after))
        for line in difflib.unified_diff(before, after, f"a/{each.path}", f"b/{each.path}"):
            click.echo(line, nl=False)
            if not line.endswith("\n"):
                click.echo("\n\\ No newline at end of file")


def write_files(lang: str, settings: Settings, found: list[MendedFile]) -> None:
    """Write the repaired texts, each file atomically. Exits with status 1 if they cannot be written."""
    files = {each.path: each.after.encode() for each in found}
    try:
        write_edits(settings.root, "fix", files)
    except NotKept:
        click.echo(say("undo-not-kept", lang), err=True)
        raise SystemExit(1) from None
    except OSError as error:
        click.echo(unwritten(lang, found[0].path, error), err=True)
        raise SystemExit(1) from error


def _text(file: Path) -> str | None:
    """Return a file's text; None if it cannot be read as UTF-8, because then a person must look first."""
    try:
        return read_regular(file, LARGEST).decode()
    except (OSError, UnicodeDecodeError):
        return None
