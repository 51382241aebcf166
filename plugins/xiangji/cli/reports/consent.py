"""`xiangji consent report`: the consent report as text, and as a CSV table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from xiangji.cli.words import message_key, say
from xiangji.consent import AppearancePlace, AppearsAs, ConsentEnding, ConsentEntry
from xiangji.records.code import PrintedCode
from xiangji.records.person import Consent

_COLUMNS = ("state", "id", "name", "address", "part", "use", "since", "until", "by", "printed")
_ENDS = ("soon", "expired", "withdrawn")


def as_text(entries: tuple[ConsentEntry, ...], lang: str, register: bool) -> str:
    """Return the report as text: people who appear, people who do not, and consents that end.

    `register` says whether the village keeps a register of printed codes.
    """
    parts = [_section("appears", [_appears(each, lang) for each in entries if each.appears], lang)]
    nowhere = [f"  {_who(each)}" for each in entries if not each.appears]
    parts.append(_section("nowhere", nowhere, lang))
    for state in _ENDS:
        ends = [
            _ends(each, item, lang, register) for each in entries for item in getattr(each, state)
        ]
        parts.append(_section(state, ends, lang))
    if not register and any(each.withdrawn for each in entries):
        parts.append(say("consent-no-register", lang))
    return "\n\n".join([*parts, say("consent-private", lang)])


def as_csv(entries: tuple[ConsentEntry, ...], lang: str) -> str:
    """Return a CSV table for WPS and Excel, one row for each appearance. Its byte order mark says that it is UTF-8."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow([say(message_key(f"consent-{column}"), lang) for column in _COLUMNS])
    for row in _rows(entries, lang):
        writer.writerow([_harmless(cell) for cell in row])
    return "\ufeff" + stream.getvalue()


def _rows(entries: Iterable[ConsentEntry], lang: str) -> Iterator[tuple[str, ...]]:
    for each in entries:
        who = (each.id, each.name)
        for found in each.appears:
            ground = _terms(found.ground) if found.ground else ("", "", "", "")
            spot = _spot(found.spot, lang)
            yield (say("consent-state-appears", lang), *who, *spot, *ground, "")
        if not each.appears:
            yield (say("consent-state-nowhere", lang), *who, *[""] * 7)
        for state in _ENDS:
            for item in getattr(each, state):
                yield from _end_rows(state, who, item, lang)


def _end_rows(
    state: str, who: tuple[str, str], item: ConsentEnding, lang: str
) -> Iterator[tuple[str, ...]]:
    spots = [_spot(spot, lang) for spot in item.spots] or [("", "")]
    for spot in spots:
        word = say(message_key(f"consent-state-{state}"), lang)
        yield (word, *who, *spot, *_terms(item.consent), " ".join(item.printed))


def _section(name: str, lines: list[str], lang: str) -> str:
    return "\n".join(
        [say(message_key(f"consent-head-{name}"), lang), *(lines or [f"  {say('none', lang)}"])]
    )


def _appears(entry: ConsentEntry, lang: str) -> str:
    lines = [f"  {_who(entry)}"]
    for found in entry.appears:
        address, part = _spot(found.spot, lang)
        if found.ground:
            ground = _ground(found.ground, lang)
        else:
            ground = say("consent-alias", lang, alias=found.shown_as)
        lines.append(f"    {address}  {part}  {ground}")
    return "\n".join(lines)


def _ends(entry: ConsentEntry, item: ConsentEnding, lang: str, register: bool) -> str:
    lines = [f"  {_who(entry)}: {_ground(item.consent, lang)}"]
    for spot in item.spots:
        lines.append("    " + "  ".join(_spot(spot, lang)))
    if item.printed:
        lots = "、".join(item.printed) if lang == "zh" else ", ".join(item.printed)
        lines.append("    " + say("consent-lots", lang, lots=lots))
    for what, runs in item.runs:
        lines += ["    " + say("consent-run", lang, what=what, run=_run(run, lang)) for run in runs]
    rest = [each for each in item.printed if each not in dict(item.runs)]
    if register and rest:
        lots = ("、" if lang == "zh" else ", ").join(rest)
        lines.append("    " + say("consent-unregistered", lang, lots=lots))
    return "\n".join(lines)


def _run(run: PrintedCode, lang: str) -> str:
    unknown = say("recall-unknown", lang)
    facts = {"run": run.run, "quantity": run.quantity, "day": run.printed_on}
    said = {name: value or unknown for name, value in facts.items()}
    return say("recall-run", lang, material=run.material or unknown, **said)


def _who(entry: ConsentEntry) -> str:
    return f"{entry.name}（{entry.id}，{entry.place.path}:{entry.place.line}）"


def _spot(spot: AppearancePlace, lang: str) -> tuple[str, str]:
    part = AppearsAs(spot.part)
    return f"/{spot.address}", part.value if lang == "zh" else part.name.lower()


def _terms(item: Consent) -> tuple[str, str, str, str]:
    until = item.withdrawn_on or item.expires_on or ""
    return str(item.use), str(item.given_on), str(until), str(item.by)


def _ground(item: Consent, lang: str) -> str:
    use, since, until, by = _terms(item)
    if lang != "zh":
        use, by = item.use.key, item.by.key
    key = "withdrawn" if item.withdrawn_on else "until" if until else "open"
    return say(message_key(f"consent-ground-{key}"), lang, use=use, since=since, until=until, by=by)


def _harmless(cell: str) -> str:
    """Return the cell with an apostrophe in front if a spreadsheet would take it for a formula (CSV injection)."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") else cell
