"""`xiangji pledge LOT`: shows the certificate line by line, or every reason against it, and records it with `--issue`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from xiangji import urls
from xiangji.checks.conformity import check
from xiangji.cli.village import problems_text, unwritten
from xiangji.cli.words import message_key, say
from xiangji.conformity.certificate import TITLE, CertificateRefused, ConformityCertificate, pledge
from xiangji.conformity.issued import batches_of_pledges, ended, next_number
from xiangji.editing.table_rows import with_rows
from xiangji.library import Library
from xiangji.model.fields import UnreadableValue
from xiangji.model.value_types import QUANTITY
from xiangji.model.values import Quantity, said_date
from xiangji.output.single_file import put_content, read_content
from xiangji.problems import as_json as problems_as_json
from xiangji.problems import fatal
from xiangji.readers.tables.registers import PLEDGES
from xiangji.records.batch import Batch
from xiangji.records.conformity import IssuedCertificate
from xiangji.settings import Settings


def show_pledge(
    lang: str,
    settings: Settings,
    library: Library,
    batch: Batch,
    quantity: str | None,
    copies: int,
    form: str,
    issue: bool,
) -> int:
    """Show the certificate of a batch, and record it if `issue`. Returns the exit status."""
    found = pledge(library, batch, settings.today, amount_asked(lang, quantity))
    if isinstance(found, CertificateRefused):
        click.echo(_refusal(found, batch, lang, settings.root, form), err=form == "text")
        return 1
    number = ""
    if issue:
        number = next_number(library, settings.today)
        obstacle = _record(lang, settings, library, found.issued(number, copies))
        if obstacle:
            click.echo(obstacle, err=True)
            return 1
    before = batches_of_pledges(library).get(batch.key, [])
    if form == "json":
        click.echo(_as_json(found, number, copies, settings.site_url))
        return 0
    click.echo("\n".join(_lines(found, number, lang, settings.site_url)))
    if before:
        click.echo("\n".join(_earlier(before, batch, lang)))
    done = {"place": PLEDGES, "number": number, "copies": copies}
    click.echo(f"\n{say('pledge-done' if issue else 'pledge-ask', lang, **done)}")
    return 0


def amount_asked(lang: str, text: str | None) -> Quantity | None:
    """Return the quantity on the command line; None if none was given. Raises click.UsageError if it is invalid."""
    if text is None:
        return None
    try:
        amount: Quantity = QUANTITY.parse(text)
    except UnreadableValue:
        amount = QUANTITY.parse("0")
    if not amount.unit or not amount.value:
        raise click.UsageError(say("pledge-bad-quantity", lang, value=text))
    return amount


def _record(lang: str, settings: Settings, library: Library, row: IssuedCertificate) -> str:
    """Add a row to the register. Returns an error message, or an empty string on success."""
    unsound = [each for each in check(library, settings.today) if each.location.path == PLEDGES]
    if fatal(unsound, strict=False):
        return f"{problems_text(unsound, lang, settings.root)}\n\n{say('pledge-unsound', lang)}"
    file: Path = settings.root / PLEDGES
    try:
        before = read_content(file)
        added = with_rows(before, [row], IssuedCertificate, PLEDGES)
        if not added.obstacle:
            put_content(settings.root, file, added.content)
    except OSError as error:
        return unwritten(lang, PLEDGES, error)
    return (
        say(message_key(added.obstacle), lang, place=PLEDGES, about=added.about)
        if added.obstacle
        else ""
    )


# --- what is shown ---------------------------------------------------------------------------


def _refusal(found: CertificateRefused, batch: Batch, lang: str, root: Path, form: str) -> str:
    if form == "json":
        return problems_as_json(found.problems)
    head = say("pledge-refusal", lang, about=batch.key, count=len(found.problems))
    return f"{head}\n\n{problems_text(found.problems, lang, root, say('pledge-refused', lang))}"


def _lines(
    found: ConformityCertificate, number: str, lang: str, site_url: str | None
) -> Iterator[str]:
    yield TITLE + (say("pledge-sample", lang) if found.sample else "")
    yield ""
    yield _line("number", number or say("pledge-not-yet", lang), lang)
    yield _line("name", found.name, lang)
    yield _line("amount", found.quantity, lang)
    yield _line("place", found.place, lang)
    yield _line("promise", found.promise, lang)
    yield _line("bases", "", lang)
    for basis, ticked in found.boxes:
        yield f"    {'☑' if ticked else '☐'} {basis}"
    yield _line("subject", found.subject, lang)
    yield _line("telephone", found.telephone, lang)
    yield _line("day", said_date(found.issued_on), lang)
    yield _line("lot", found.lot, lang)
    yield _line("sheet", _full(found.sheet, site_url), lang)
    yield ""
    yield say("pledge-own", lang, subject=found.subject)


def _line(word: str, value: object, lang: str) -> str:
    colon = "：" if lang == "zh" else ": "
    return f"  {say(message_key(f'pledge-{word}'), lang)}{colon}{value}".rstrip()


def _earlier(rows: list[IssuedCertificate], batch: Batch, lang: str) -> Iterator[str]:
    yield f"\n{say('pledge-before', lang)}"
    for row in rows:
        why = ended(row, batch)[0 if lang == "zh" else 1]
        more = (f"（{why}）" if lang == "zh" else f" ({why})") if why else ""
        words = {"number": row.number, "day": row.issued_on, "quantity": row.quantity}
        yield f"  {say('pledge-before-row', lang, **words, ended=more)}"


def _as_json(found: ConformityCertificate, number: str, copies: int, site_url: str | None) -> str:
    told: dict[str, Any] = {
        "title": TITLE,
        "number": number or None,
        "issued": bool(number),
        "name": found.name,
        "quantity": str(found.quantity),
        "place": found.place,
        "form": found.form.key,
        "promise": found.promise,
        "bases": [
            {"basis": basis.key, "words": str(basis), "ticked": ticked}
            for basis, ticked in found.boxes
        ],
        "subject": found.subject,
        "telephone": found.telephone,
        "issued_on": str(found.issued_on),
        "lot": found.batch,
        "sheet": _full(found.sheet, site_url),
        "copies": copies,
        "sample": found.sample,
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def _full(address: str, site_url: str | None) -> str:
    return urls.absolute(address, site_url) if site_url else f"/{address}"
