"""`xiangji consent hours`: a signed record of the hours of one person, on that person's wish; and how it is checked."""

from __future__ import annotations

import json
import os
import secrets
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from xiangji.cli.reports.csv_table import csv_table
from xiangji.cli.words import say
from xiangji.library.people.hours import HelpedHours, hours_of, said_hours, total, wishes_proof
from xiangji.output.single_file import look_at, put_in_place
from xiangji.records.person import Person
from xiangji.regular_file import read_regular
from xiangji.signing.note import (
    BadKey,
    BadSignature,
    PrivateKey,
    key_name,
    private_key,
    public_key,
    sign,
    signed_text,
)

_SCHEMA = "xiangji.hours/1"
_SEAL = "xiangji.signed-file/1"
_LARGEST = 10_000_000
ENDING = ".note"
"""What is added to the name of a file for that of its signature."""


def export_hours(
    lang: str, settings: Any, library: Any, who: str, form: str, out: Path, key: Path, fresh: bool
) -> int:
    """Write the record and its signature. Returns the exit status."""
    _ready(lang)
    person = library.people.get(who)
    if person is None:
        raise click.UsageError(say("hours-nobody", lang, value=who))
    if not wishes_proof(person, settings.today):
        place = f"{person.origin.path}:{person.origin.location.line}"
        click.echo(say("hours-no-wish", lang, place=place, name=person.name), err=True)
        return 1
    rows = hours_of(library, who)
    if not rows:
        place = f"{person.origin.path}:{person.origin.location.line}"
        click.echo(say("hours-none", lang, place=place, name=person.name), err=True)
        return 1
    for each in (out, _signature_of(out)):
        if look_at(each) is not None:
            raise click.UsageError(say("hours-there", lang, path=each))
    signer = _signer(lang, settings, library, key, fresh)
    text = _as_json(library, person, rows, settings) if form == "json" else _as_csv(person, rows)
    content = text.encode()
    put_in_place(out, content)
    put_in_place(_signature_of(out), sign(_seal(out.name, content), signer).encode())
    count = {"count": len(rows), "hours": said_hours(total(rows))}
    click.echo(say("hours-written", lang, path=out, name=person.name, **count))
    click.echo(say("hours-public", lang, line=signer.public))
    return 0


def check_file(lang: str, file: Path, signer: str) -> int:
    """Tell whether a file is as it was signed. Returns the exit status."""
    _ready(lang)
    try:
        key = public_key(signer)
    except BadKey:
        raise click.UsageError(say("hours-bad-public", lang, value=signer)) from None
    try:
        content = read_regular(file, _LARGEST)
        note = read_regular(_signature_of(file), _LARGEST).decode("utf-8")
        good = _says(signed_text(note, key), content)
    except (BadSignature, UnicodeDecodeError):
        good = False
    except OSError as error:
        click.echo(say("hours-unread", lang, path=error.filename or file), err=True)
        return 1
    click.echo(say("verify-good" if good else "verify-bad", lang, path=file, name=key.name))
    return 0 if good else 1


def _ready(lang: str) -> None:
    """Raise click.UsageError if the package that signs is not installed."""
    if find_spec("cryptography") is None:
        raise click.UsageError(say("hours-no-extra", lang))


def _signature_of(file: Path) -> Path:
    return file.with_name(file.name + ENDING)


def _seal(name: str, content: bytes) -> str:
    """The text that is signed: the name of the file for people, and what its bytes are."""
    return f"{_SEAL}\n{key_name(name)}\n{sha256(content).hexdigest()}\n{len(content)}\n"


def _says(text: str, content: bytes) -> bool:
    """Whether a signed text is about these bytes. A file may be renamed."""
    parts = text.split("\n")
    wanted = [sha256(content).hexdigest(), str(len(content))]
    return len(parts) == 5 and parts[0] == _SEAL and parts[2:4] == wanted


def _signer(lang: str, settings: Any, library: Any, file: Path, fresh: bool) -> PrivateKey:
    """The key in its file, or a new one where it is asked for. It never lies in the village's folder."""
    if file.resolve().is_relative_to(settings.root.resolve()):
        raise click.UsageError(say("hours-key-inside", lang, path=file))
    if fresh:
        name = key_name(library.brand.name)
        made = PrivateKey(name, secrets.token_bytes(32))
        _write_key(lang, file, made)
        return made
    try:
        return private_key(read_regular(file, _LARGEST).decode("utf-8"))
    except (BadKey, UnicodeDecodeError):
        raise click.UsageError(say("hours-bad-key", lang, path=file)) from None
    except OSError:
        raise click.UsageError(say("hours-no-key", lang, path=file)) from None


def _write_key(lang: str, file: Path, key: PrivateKey) -> None:
    """Write a new key that its owner alone can read. What is there is never written over."""
    text = key.text()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.UsageError(say("hours-there", lang, path=file)) from None
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def _as_json(library: Any, person: Person, rows: tuple[HelpedHours, ...], settings: Any) -> str:
    told = {
        "schema": _SCHEMA,
        "village": library.brand.village or library.brand.name,
        "brand": library.brand.name,
        "sample": person.sample,
        "made_on": settings.today.isoformat(),
        "person": {"id": person.id, "name": person.name},
        "services": [
            {
                "id": each.service,
                "on": each.on.isoformat(),
                "title": each.title,
                "form": each.form,
                "hours": said_hours(each.hours),
            }
            for each in rows
        ],
        "total_hours": said_hours(total(rows)),
    }
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _as_csv(person: Person, rows: tuple[HelpedHours, ...]) -> str:
    """A table for spreadsheets: a row for each service, and the sum."""
    table = [["编号", "姓名", "哪天", "做了什么", "类型", "小时"]]
    for each in rows:
        hours = said_hours(each.hours)
        cells = [person.id, person.name, each.on.isoformat(), each.title, each.form, hours]
        table.append(cells)
    return csv_table([*table, ["合计", "", "", "", "", said_hours(total(rows))]])
