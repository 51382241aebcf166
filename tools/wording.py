"""Measures the checks of wording on sentences that they were not tuned on, and writes `site_src/dev/wording.md`.

python tools/wording.py            writes the page
python tools/wording.py --list     prints each sentence that is missed or is a false alarm

The sentences are in `tests/wording/`. Each becomes the introduction of a product, which is text that sells, and all
checks run over it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

import yaml
from msgspec import Struct

from xiangji.checks import check
from xiangji.library import Library
from xiangji.library.batches import Batches
from xiangji.model.vocabularies import ProductKind
from xiangji.records.brand import Brand
from xiangji.records.product import Product

ROOT = Path(__file__).resolve().parent.parent
SETS = ROOT / "tests" / "wording"
PAGE = ROOT / "site_src" / "dev" / "wording.md"
TODAY = date(2026, 11, 30)

ADVERTS = frozenset({"advert-ban", "advert-caution", "advert-evidence"})
CAUGHT_BY: Mapping[str, frozenset[str]] = {
    "heal": frozenset({"health-claim", "health-word"}),
    "most": ADVERTS,
    "free": ADVERTS,
    "evidence": frozenset({"claim-unproved", "advert-evidence"}),
    "identity": frozenset({"private-number"}),
    "address": frozenset({"private-home"}),
    "mobile": frozenset({"private-number"}),
    "card": frozenset({"private-number"}),
    "plate": frozenset({"private-plate"}),
}
"""The rules of which one must fire, by the kind of a sentence."""

RULES = frozenset({"health-word"}).union(*CAUGHT_BY.values())


class Figures(Struct, frozen=True):
    """What was measured on one file of sentences."""

    name: str
    honest: int
    alarms: tuple[tuple[str, str], ...]
    """Each honest sentence that is reported, with the rules."""
    asked: int
    asks: int
    kinds: Mapping[str, tuple[int, tuple[str, ...]]]
    """By kind: how many sentences there are, and those that are missed."""

    @property
    def wrong(self) -> int:
        """How many sentences of the kinds there are."""
        return sum(count for count, _ in self.kinds.values())

    @property
    def missed(self) -> int:
        """How many of them no rule caught."""
        return sum(len(missed) for _, missed in self.kinds.values())


def rules_for(sentence: str) -> frozenset[str]:
    """The rules of wording that fire for a sentence in a product's introduction."""
    product = Product(id="a", name="酱", kind=ProductKind.PROCESSED, intro=sentence)
    library = Library(Brand(name="村"), {}, {}, {}, {"a": product}, Batches(), {}, {}, {})
    return frozenset(each.rule for each in check(library, TODAY)) & RULES


def measured(file: Path) -> Figures:
    """The figures of a file of sentences."""
    sets = yaml.safe_load(file.read_text("utf-8"))
    fired = [(each, rules_for(each)) for each in sets["passes"]]
    alarms = tuple((each, ", ".join(sorted(rules))) for each, rules in fired if rules)
    kinds = {
        kind: (len(some), tuple(each for each in some if not rules_for(each) & CAUGHT_BY[kind]))
        for kind, some in sets["caught"].items()
    }
    asked = sum(bool(rules_for(each)) for each in sets["asks"])
    return Figures(file.stem, len(sets["passes"]), alarms, asked, len(sets["asks"]), kinds)


def sentences() -> Iterator[str]:
    """Every sentence of every file."""
    for file in sorted(SETS.glob("*.yml")):
        sets = yaml.safe_load(file.read_text("utf-8"))
        for some in (sets["passes"], sets["asks"], *sets["caught"].values()):
            yield from some


def all_figures() -> list[Figures]:
    """The figures of every file, in the order of their names."""
    return [measured(file) for file in sorted(SETS.glob("*.yml"))]


def listing(figures: Figures) -> Iterator[str]:
    """The lines that `--list` prints."""
    for sentence, rules in figures.alarms:
        yield f"{figures.name}: false alarm ({rules}): {sentence}"
    for kind, (_, missed) in figures.kinds.items():
        for sentence in missed:
            yield f"{figures.name}: missed ({kind}): {sentence}"


HEAD = """# What the checks of wording catch

`xiangji check` looks for words that advertising and food law restrict, for statements without evidence, and for numbers
of persons ([how to write evidence](../handbook/claims.md)). This page says how often it is wrong, both ways. It is
written by `python tools/wording.py`; `--list` prints the sentences, and a test holds the page against the program.

The sentences are in `tests/wording/`. All were written for the purpose, by one author, the honest ones in the style of
real villages' pages; somebody else will write other ones, and the figures for those will be worse. Each sentence stands
alone in the introduction of a product, where the rules are strictest.

- **False alarm**: an honest sentence for which a rule fires, be it an error or a warning.
- **Missed**: a sentence that must be caught, and none of the rules of its kind fires.
- **Asked**: a word of the rules stands in the sentence and a reader sees that it is no claim (辣椒不能治病). A program
  cannot see it, so it asks and the author declares it; these sentences count neither way.

## How to read the figures

A file is fresh once. `sentences-1` and `sentences-2` were written before anybody looked at the rules. The rules were
mended on the first, by kinds and not by sentences, and the second was run; then they were mended on the second, and the
third was written, and so on. So the last two rows are what a new sentence has to expect:

| sentences | written | false alarms, first run | missed, first run |
|---|---|---:|---:|
| sentences-1 | before anything was mended | 18 of 169 | 49 of 149 |
| sentences-2 | before anything was mended; run with the old rules | 11 of 70 | 22 of 58 |
| sentences-2 | the same, run after the first mending | 4 of 70 | 5 of 58 |
| sentences-3 | against the rules: honest ones that look bad, claims in unusual words | 28 of 106 | 59 of 116 |
| sentences-4 | after the mending on 3 | 4 of 94 | 24 of 64 |
| sentences-5 | after the mending on 4 | 1 of 85 | 15 of 60 |
| sentences-6 | after the mending on 5 | 3 of 60 | 9 of 47 |
| **sentences-7** | after all mending; nothing was mended for it | **1 of 48** | **10 of 47** |

Claims of health in words that nobody thought of are missed most, because language has no end of them. Of the 20 of
`sentences-7`, 12 are errors (`health-claim`, an error wherever it stands), 2 are only asked about (`health-word`, as is
any name of a disease on a page that sells), and 6 are missed. Up to `sentences-5` only errors were counted as caught.
Numbers of persons have a form, so few are missed.
"""


MEANS = {
    "heal": "food that heals or works on the body",
    "most": "absolute words",
    "free": "nothing added, organic, green",
    "evidence": "what needs evidence",
    "identity": "identity numbers",
    "address": "a home in full",
    "mobile": "mobile numbers",
    "card": "bank cards",
    "plate": "number plates",
}


def page(every: Sequence[Figures]) -> str:
    """The page of figures."""
    return HEAD + "\n".join((_totals(every), _by_kind(every), _sentences(every)))


def _totals(every: Sequence[Figures]) -> str:
    rows = "".join(
        f"| {each.name} | {len(each.alarms)} of {each.honest} | {each.missed} of {each.wrong}"
        f" | {each.asked} of {each.asks} |\n"
        for each in every
    )
    head = "| sentences | false alarms | missed | asked |\n|---|---:|---:|---:|\n"
    return f"\n## With the rules as they are now\n\n{head}{rows}"


def _by_kind(every: Sequence[Figures]) -> str:
    names = " | ".join(f"missed in {each.name}" for each in every)
    rows = "".join(
        f"| {said} | {' | '.join(_share(each.kinds.get(kind)) for each in every)} |\n"
        for kind, said in MEANS.items()
    )
    return f"| kind | {names} |\n|---|{'---:|' * len(every)}\n{rows}"


def _share(found: tuple[int, tuple[str, ...]] | None) -> str:
    return f"{len(found[1])} of {found[0]}" if found else "–"


def _sentences(every: Sequence[Figures]) -> str:
    lines = [f"- {_masked(line)}\n" for each in every for line in listing(each)]
    return f"## Every sentence on which the program is wrong\n\n{''.join(lines)}"


def _masked(line: str) -> str:
    """A line without the digits of what looks like a number of a person, because the page is checked as well."""
    return re.sub(r"\d", "×", line) if _PRIVATE.search(line) else line


_PRIVATE = re.compile(r"private-|\((?:identity|address|mobile|card|plate)\)")


if __name__ == "__main__":
    measured_sets = all_figures()
    if "--list" in sys.argv:
        print("\n".join(line for each in measured_sets for line in listing(each)))
    else:
        PAGE.write_text(page(measured_sets), "utf-8", newline="\n")
