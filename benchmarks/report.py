"""Formats the results as Markdown, for the terminal and for `benchmarks/README.md`."""

from __future__ import annotations

from dataclasses import dataclass

from ceilings import MEASURES, Measure
from measuring import Results


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure of our page, and of stock Material's page with the same content."""

    page: str
    title: str
    unit: str
    ours: float
    stock: float
    digits: int = 0

    @property
    def ratio(self) -> str:
        """The value of stock Material divided by ours; an empty text if ours is zero."""
        return f"{self.stock / self.ours:.1f}" if self.ours else "–"


def results_table(results: Results) -> str:
    """Return a table with a row for each measure and a column for each kind of page; ✗ marks a broken limit."""
    kinds = results.kinds
    lines = [f"| worst page | ceiling | {' | '.join(kinds)} |", "|---|---|" + "--:|" * len(kinds)]
    for measure in MEASURES:
        if any((kind, measure.key) in results.worst for kind in kinds):
            cells = (_cell(results, measure, kind) for kind in kinds)
            lines.append(f"| {_title(measure)} | {_ceiling(measure)} | {' | '.join(cells)} |")
    counts = (_pages(results, kind) for kind in kinds)
    lines.append(f"| pages: weighed / opened / timed | | {' | '.join(counts)} |")
    return "\n".join(lines)


def broken_list(results: Results) -> str:
    """Return every broken limit with its page and the findings there."""
    lines = []
    for kind, key, worst in results.broken():
        measure = next(each for each in MEASURES if each.key == key)
        limit = measure.limit_for(kind)
        found = f": {worst.found}" if worst.found else ""
        lines.append(
            f"- {measure.title}, {kind}: {worst.value:.{measure.digits}f} {measure.unit} where "
            f"{limit:g} is the {'floor' if measure.floor else 'ceiling'}, `{worst.address}`{found}"
        )
    return "\n".join(lines) or "No ceiling is broken."


def comparison_table(compared: list[Compared]) -> str:
    """Return our values beside those of stock Material."""
    lines = ["| page | measure | ours | stock Material | times |", "|---|---|--:|--:|--:|"]
    for each in compared:
        title = f"{each.title}, {each.unit}" if each.unit else each.title
        lines.append(
            f"| `{each.page}` | {title} | {each.ours:.{each.digits}f} | "
            f"{each.stock:.{each.digits}f} | {each.ratio} |"
        )
    return "\n".join(lines)


def _title(measure: Measure) -> str:
    return f"{measure.title}, {measure.unit}" if measure.unit else measure.title


def _ceiling(measure: Measure) -> str:
    if measure.limit is None:
        return "–"
    sign = "≥" if measure.floor else "≤"
    others = "".join(f" ({kind} {sign} {limit:g})" for kind, limit in measure.limits.items())
    return f"{sign} {measure.limit:g}{others}"


def _cell(results: Results, measure: Measure, kind: str) -> str:
    worst = results.worst.get((kind, measure.key))
    if worst is None:
        return "–"
    value = f"{worst.value:.{measure.digits}f}"
    return value if measure.keeps(kind, worst.value) else f"**{value} ✗**"


def _pages(results: Results, kind: str) -> str:
    return " / ".join(str(results.counts.get((kind, key), 0)) for key in ("html", "first", "fcp"))


def readme(facts: dict[str, str], sections: list[tuple[str, str]]) -> str:
    """Return the whole page: how it was measured, then the table of each section."""
    rows = "\n".join(f"| {name} | {value} |" for name, value in facts.items())
    parts = [_HEAD.strip(), f"| | |\n|---|---|\n{rows}"]
    parts += [f"## {title}\n\n{text}" for title, text in sections]
    return "\n\n".join(parts) + "\n"


_HEAD = """
# What a phone gets

Written by `python benchmarks/pages.py --write`; nothing here is typed by hand. Each number is that of the
worst page of its kind; ✗ marks a broken ceiling, and then the command ends with status 1.
What a build costs beside other generators, in villages of 20 batches and more, and what more of one thing costs:
[builds.md](builds.md); what labels cost: [labels.md](labels.md).

- **Sites.** The demo, and a generated village (`benchmarks/village.py`, seeded, with photos), both built with
  `xiangji build --host none`. Hand-written pages are measured in the demo as its default host lays them out;
  of the ceilings only other hosts, sideways scroll and axe hold for them.
- **Bytes.** Bodies as a host sends them: text in gzip (level 6), 1 KB = 1,000 bytes, no HTTP headers. Weighed
  from the files for every page. The first view is what Chromium asks for on a cold cache before anybody scrolls,
  at 360 × 780 px with two device pixels per CSS pixel; pictures that are loaded lazily but stand near the
  screen belong to it. Of pictures, every size and format that a page offers is weighed. Script is script
  that runs; the data for machines inside a page counts as HTML.
- **Time.** Chromium's own simulation: slow 4G is 150 ms, 1.6 Mbit/s down, 0.75 Mbit/s up, processor 4 times
  slower; weak is 400 ms, 400 kbit/s, processor 6 times slower. Median of cold visits. The slowing down of the
  processor is relative to the machine that measures, and the latency is paid once per request: names, TCP and
  TLS cost extra on a real network. Times compare pages with each other; they promise nothing for a real phone.
- **Reading.** `benchmarks/probes.js` looks at what is drawn: sizes of all text, of what a thumb aims at (links in
  running text are let be; main targets are buttons and what stands in the bottom bar), pixels that stick
  out at 320 px. For ×1.67 every computed font size is multiplied, as WeChat does with its largest setting; then no
  text may be cut by a box, stand outside the page or its button, or be drawn over another. Text without script is
  the share of characters whose text is also drawn where scripts are off.
- **axe** runs by day and by night on the timed pages, Lighthouse where its command-line program is given.
"""
