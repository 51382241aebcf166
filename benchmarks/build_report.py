"""Formats the results of `builds.py` as Markdown, for the terminal and for `benchmarks/builds.md`."""

from __future__ import annotations

from collections.abc import Iterator

from build_cases import CASES, TITLES, Built
from build_checks import DECODED, SAMPLE
from build_commands import COMMANDS, IMPORTED, MEASURE, Commands
from build_edits import KINDS, Edited
from build_floors import CODES, Floor, Measured, floors
from build_growth import Grown
from peers import Peer


def report(facts: dict[str, str], run: Measured, missing: list[str]) -> str:
    """Return the whole page. `missing` has a line for each generator that is not there, with the reason."""
    rows = "\n".join(f"| {name} | {value} |" for name, value in facts.items())
    head = _HEAD.strip().format(sample=SAMPLE, decoded=DECODED)
    parts = [head, f"| | |\n|---|---|\n{rows}"]
    parts += ["## What Xiangji is held to", _LIMITS.strip(), _floors(list(floors(run)))]
    for built in run.built.values():
        parts += [f"## {built.size.title}", _builds(built), _outputs(built)]
        parts += [f"- {reason}" for reason in built.failed.values()]
    if run.edited:
        parts += ["## From an edit to the page", _EDITS.strip(), _edited(list(run.edited.values()))]
        for edited in run.edited.values():
            parts += [f"- {edited.title}: {reason}" for reason in edited.failed.values()]
    if run.commands:
        title = f"## Other commands, {run.commands.size.batches:,} batches"
        parts += [title, _COMMANDS.strip(), _commands(run.commands)]
    if run.grown:
        parts += ["## More of one thing", _GROWTH.strip(), _grown(list(run.grown.values()))]
        parts += [
            f"- {each.growing.title}: {each.failed}" for each in run.grown.values() if each.failed
        ]
    if missing:
        parts += ["## Left out", "\n".join(f"- {each}" for each in missing)]
    return "\n\n".join(parts) + "\n"


def _floors(found: list[Floor]) -> str:
    lines = [
        "| ratio | at most | reached | | no host | × content adapter |",
        "|---|--:|--:|---|--:|--:|",
    ]
    for each in found:
        verdict = {True: "kept", False: "**✗ not kept**", None: "not measured"}[each.kept]
        cells = [each.title, f"{each.limit:g}", _number(each.reached), verdict]
        lines.append(f"| {' | '.join((*cells, _number(each.bare), _number(each.adapter)))} |")
    return "\n".join(lines)


def _builds(built: Built) -> str:
    lines = [
        "| build | | wall s | CPU s | peak MiB | × wall | × CPU | × memory |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for case in CASES:
        lines += [line for peer in built.peers for line in _build(built, peer, case)]
    return "\n".join(lines)


def _build(built: Built, peer: Peer, case: str) -> Iterator[str]:
    spent, other = built.of(peer.key, case), built.of(CODES, case)
    if not spent:
        return
    cells = [TITLES[case], peer.name, f"{spent.wall:.2f}", f"{spent.cpu:.2f}"]
    cells.append(f"{spent.memory / 2**20:.0f}")
    if other:
        cells += [f"{spent.wall / other.wall:.2f}", f"{spent.cpu / other.cpu:.2f}"]
        cells.append(f"{spent.memory / other.memory:.2f}")
    else:
        cells += ["–"] * 3
    yield f"| {' | '.join(cells)} |"


def _outputs(built: Built) -> str:
    lines = [
        "| what was built | files | × | MB | × | HTML of a batch, KB | codes | large print |",
        "|---|--:|--:|--:|--:|--:|---|---|",
    ]
    other = built.output.get(CODES)
    for peer in built.peers:
        if peer.key not in built.output or peer.key in built.failed:
            continue
        count, size = built.output[peer.key]
        times = [f"{count / other[0]:.2f}", f"{size / other[1]:.2f}"] if other else ["–", "–"]
        cells = [peer.name, f"{count:,}", times[0], f"{size / 1e6:.1f}", times[1]]
        cells.append(f"{built.sheet[peer.key] / 1e3:.1f}")
        cells += ["one a batch" if peer.codes else "–", "one a batch" if peer.elder else "–"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _edited(several: list[Edited]) -> str:
    lines = [
        "| batches | server | a batch, s | CPU s | a story, s | CPU s | CPU s until 10 s later |",
        "|--:|---|--:|--:|--:|--:|--:|",
    ]
    for edited in several:
        for peer in edited.peers:
            values: list[float | None] = []
            for kind in KINDS:
                shown = edited.of(peer.key, kind)
                values += (shown and shown.wall, shown and shown.cpu)
            if values[0] is not None:
                cells = " | ".join(map(_number, (*values, edited.after.get(peer.key))))
                lines.append(f"| {edited.title} | {peer.name} | {cells} |")
    return "\n".join(lines)


def _commands(found: Commands) -> str:
    lines = ["| command | wall s | CPU s |", "|---|--:|--:|"]
    for name, title in {**COMMANDS, MEASURE: f'`python -c "{IMPORTED}"`'}.items():
        lines.append(f"| {title} | {_number(found.wall(name))} | {_number(found.cpu(name))} |")
    return "\n".join(lines)


def _grown(several: list[Grown]) -> str:
    lines = [
        "| | few | CPU s | peak MiB | many | CPU s | peak MiB | CPU of each, × | without what none take, × |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for grown in several:
        cells = [grown.growing.title]
        for count in grown.counts:
            spent = grown.of(count)
            if spent:
                cells += [f"{count:,}", f"{spent.cpu:.2f}", f"{spent.memory / 2**20:.0f}"]
        if len(cells) == 7:
            cells += [_number(grown.ratio), _number(grown.steep)]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _number(value: float | None) -> str:
    """Format a number with two decimal places, a small one with three."""
    if value is None:
        return "–"
    return f"{value:.3f}" if value < 0.1 else f"{value:.2f}"


_HEAD = """
# What a build costs

Written by `python benchmarks/builds.py --growth --write`; nothing here is typed by hand. Seconds of one machine say
little, so each stands beside Hugo's with a code for each batch, in the same run (× 1.00). ✗ marks a ratio that
is larger than Xiangji is held to, and then the command ends with status 1.

- **One village**, generated with a seed (`benchmarks/village.py`), half of its products with a file for each batch,
  half with a table. Each generator gets it as its users would lay it out (`benchmarks/peer_*.py`,
  `benchmarks/layouts/`). Hugo: a content file for each batch, sections, a template that looks up the product; with
  codes, `images.QR` of each page's address; with a content adapter, one JSON of all batches in place of the files, and
  codes. Eleventy: products and batches as data, paginated one to a page, stories in Markdown, Nunjucks. Material
  and Zensical: Markdown, a navigation that names the lists and no batch, the search that Material has on by default.
  Dates, inspections and the last day of eating stand on the page of a batch under each of them, and what is not
  recorded stands there as not recorded.
- **Xiangji** is `xiangji build` and nothing else, in a village as `xiangji new` makes it: MkDocs lays out the
  hand-written page. “No host” is the same with `--host none`: Xiangji's own pages, which is what the others make, too.
  Both also check the village, write each code twice (PNG and SVG), each batch a second time in large print,
  put the style into each page, and keep what they had built until the new site is complete; the others do not.
- **Other villages** of 1,000 batches (`benchmarks/village_variants.py`): one in which every value is quoted, in files
  and tables (of what Xiangji reads; the others get the same files as before), and one in which nothing is said twice:
  each batch, product and story has words, hours and quantities of its own.
- **Checked**: for each generator, the pages of batches, products and stories are those of the village, no more and
  no fewer; {sample} batch pages, drawn with a seed, say the lot, the dates, the product, the maker, each step and
  each inspection; there is a code for each batch where there are codes, and {decoded} of them, read by another
  program, lead to the page.
- **Measured**: a process of its own for each build, from its start to its end; CPU is that of all its processes;
  memory is the larger of the peak of its largest process, as the kernel counts it, and the largest sum (PSS) over all
  of them, looked at ten times a second. All generators take turns, case by case, builds from nothing first; the
  values are medians. Before each build, everything is on the disk, and nothing that was built is removed before the
  end: on some file systems (ext4 without a journal), files that were removed make each new one slower for a minute
  or more, for whoever comes next.
- **Cases**: cold is without caches and output; what an installation compiles of itself once for all villages stays
  (modules of Python, templates of Xiangji). The first build after an install finds none of that, not even of Python's
  own library; where it may not write bytecode either, each new process compiles for itself. Each further case is one
  build after the one before it. A batch gets another quantity, a story a sentence, and the footer of the template that
  all pages share a line; the changed page is looked at. For Xiangji, the theme is a copy of the folder `theme/` that
  is found before the installed one.
"""

_LIMITS = """
Hugo is Hugo with a code for each batch, a content file for each. Nobody is held to the last two columns: what
Xiangji reaches without a host, and what it reaches beside Hugo with a content adapter.
"""

_EDITS = """
Each tool's own server, from the moment the file is written to the first answer over loopback that shows the
change, asked every 10 ms. One server at a time; median of several edits, the first not counted. CPU is that of the
server and all it started, in the same time, being asked included. The last column goes on until 10 s behind the page,
once, for an edit of a batch: what a server does when nobody waits any more counts there, and so does watching.
"""

_COMMANDS = """
In turns, a batch edited before each round. `xiangji serve` ends as soon as it has shown the page of a batch.
"""

_GROWTH = """
`xiangji build` from nothing in villages of 20 batches that have much of one thing, and a tenth of that. CPU of each is
that of the whole build divided by how many there are. The last column, to which Xiangji is held, leaves out what a
village takes that has next to none: shared by many, it would hide how much more each of them takes.
"""
