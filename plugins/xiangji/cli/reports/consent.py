"""`xiangji consent report`: the consent report as text, and as a CSV table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xiangji.cli.reports.csv_table import csv_table
from xiangji.cli.words import message_key, say
from xiangji.consent import Appearance, AppearancePlace, AppearsAs, ConsentEnding, ConsentEntry
from xiangji.model.vocabularies import PAGE_MEDIA, ConsentMedium
from xiangji.records.code import PrintedCode
from xiangji.records.person import Consent

_COLUMNS = (
    "state",
    "id",
    "name",
    "address",
    "part",
    "medium",
    "use",
    "since",
    "until",
    "by",
    "printed",
)
_ENDS = ("soon", "expired", "withdrawn")


def as_text(entries: tuple[ConsentEntry, ...], lang: str, register: bool) -> str:
    """Return the report as text: people who appear, people who do not, and consents that end.

    `register` says whether the village keeps a register of printed codes.
    """
    parts = [_section("appears", [_appears(each, lang) for each in entries if each.appears], lang)]
    nowhere = [
        f"  {_who(each)}\n    {_answers(each, lang)}" for each in entries if not each.appears
    ]
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
    """Return a CSV table for WPS and Excel, one row for each appearance."""
    head = [say(message_key(f"consent-{column}"), lang) for column in _COLUMNS]
    return csv_table([head, *_rows(entries, lang)])


def _rows(entries: Iterable[ConsentEntry], lang: str) -> Iterator[tuple[str, ...]]:
    for each in entries:
        who = (each.id, each.name)
        for found in each.appears:
            ground = _terms(found.ground) if found.ground else ("", "", "", "")
            spot = (*_spot(found.spot, lang), _medium(found.spot, lang))
            yield (say("consent-state-appears", lang), *who, *spot, *ground, "")
        if not each.appears:
            yield (say("consent-state-nowhere", lang), *who, *[""] * 8)
        yield from _answer_rows(each, who, lang)
        for state in _ENDS:
            for item in getattr(each, state):
                yield from _end_rows(state, who, item, lang)


def _answer_rows(entry: ConsentEntry, who: tuple[str, str], lang: str) -> Iterator[tuple[str, ...]]:
    """One row for each question: how the answer stands, under the heading of how somebody appears."""
    for use, medium, state in entry.answers:
        words = [str(state), str(medium), str(use)]
        if lang != "zh":
            words = [state.key.replace("_", " "), medium.key, use.key]
        yield (say("consent-state-answer", lang), *who, "", *words, *[""] * 4)


def _end_rows(
    state: str, who: tuple[str, str], item: ConsentEnding, lang: str
) -> Iterator[tuple[str, ...]]:
    spots = [(*_spot(spot, lang), _medium(spot, lang)) for spot in item.spots] or [("", "", "")]
    for spot in spots:
        word = say(message_key(f"consent-state-{state}"), lang)
        yield (word, *who, *spot, *_terms(item.consent), " ".join(item.printed))


def _section(name: str, lines: list[str], lang: str) -> str:
    return "\n".join(
        [say(message_key(f"consent-head-{name}"), lang), *(lines or [f"  {say('none', lang)}"])]
    )


def _appears(entry: ConsentEntry, lang: str) -> str:
    """Return where a person appears, by what it rests on, and how every answer stands."""
    lines = [f"  {_who(entry)}", f"    {_answers(entry, lang)}"]
    grounds: dict[str, list[AppearancePlace]] = {}
    for found in entry.appears:
        grounds.setdefault(_ground_of(found, lang), []).append(found.spot)
    for ground, spots in grounds.items():
        lines.append(f"    {ground}")
        lines += [f"      {line}" for line in _spot_lines(spots, lang)]
    return "\n".join(lines)


def _ground_of(found: Appearance, lang: str) -> str:
    """Return what an appearance rests on: a consent, the law, or that only an alias stands there."""
    if found.ground:
        return _ground(found.ground, lang)
    if AppearsAs(found.spot.part) is AppearsAs.BY_LAW:
        return say("consent-by-law", lang)
    return say("consent-alias", lang, alias=found.shown_as)


def _spot_lines(spots: Iterable[AppearancePlace], lang: str) -> Iterator[str]:
    """Return one line for each page, and one for each kind of paper with all that it is printed for."""
    pages: dict[str, list[str]] = {}
    papers: dict[str, dict[str, None]] = {}
    for spot in spots:
        address, part = _spot(spot, lang)
        if spot.medium == ConsentMedium.PAGE.value:
            pages.setdefault(address, []).append(part)
        else:
            papers.setdefault(f"{_medium(spot, lang)}  {part}", {})[address] = None
    for address, parts in pages.items():
        yield f"{address}  {_listed(parts, lang)}"
    for paper, about in papers.items():
        yield f"{paper}  {_listed(about, lang)}"


def _answers(entry: ConsentEntry, lang: str) -> str:
    """Return how every answer stands, such as `姓名 同意；肖像 没有问过`."""
    parts = []
    for use, medium, state in entry.answers:
        where = "" if medium is ConsentMedium.PAGE else f"（{medium}）"
        if lang != "zh":
            where = "" if medium is ConsentMedium.PAGE else f" ({medium.key})"
        words = (use, state) if lang == "zh" else (use.key, state.key.replace("_", " "))
        parts.append(f"{words[0]}{where} {words[1]}")
    return ("；" if lang == "zh" else "; ").join(parts)


def _listed(words: Iterable[str], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(words)


def _ends(entry: ConsentEntry, item: ConsentEnding, lang: str, register: bool) -> str:
    lines = [f"  {_who(entry)}: {_ground(item.consent, lang)}"]
    lines += [f"    {line}" for line in _spot_lines(item.spots, lang)]
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
    """Return a place and how somebody appears there. A paper is told by what it is about, a run by its address."""
    part = AppearsAs(spot.part)
    about = f"/{spot.address}" if spot.medium == ConsentMedium.PAGE.value or spot.run else ""
    address = f"{about or spot.address} {spot.run}".rstrip()
    return address, part.value if lang == "zh" else part.name.lower()


def _medium(spot: AppearancePlace, lang: str) -> str:
    medium = ConsentMedium(spot.medium)
    return medium.value if lang == "zh" else medium.key


def _terms(item: Consent) -> tuple[str, str, str, str]:
    until = item.withdrawn_on or item.expires_on or ""
    return str(item.asked), str(item.given_on), str(until), str(item.by)


def _ground(item: Consent, lang: str) -> str:
    use, since, until, by = _terms(item)
    if lang != "zh":
        use, by = item.asked.key, item.by.key
    if item.where != PAGE_MEDIA:
        media = _listed((each.key if lang != "zh" else each.value for each in item.where), lang)
        use = f"{use}（{media}）" if lang == "zh" else f"{use} ({media})"
    key = "withdrawn" if item.withdrawn_on else "until" if until else "open"
    return say(message_key(f"consent-ground-{key}"), lang, use=use, since=since, until=until, by=by)
