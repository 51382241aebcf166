"""The results of `builds.py` as Markdown: read in a terminal, and kept in `benchmarks/builds.md`."""

from __future__ import annotations

from collections.abc import Iterator

from build_cases import CASES, TITLES, Built
from build_checks import DECODED, SAMPLE
from build_edits import KINDS, Edited
from build_floors import CODES, Floor, Measured, floors
from peers import Peer


def report(facts: dict[str, str], run: Measured, missing: list[str]) -> str:
    """The whole page. `missing` says in a line each which generator is not there and why."""
    rows = "\n".join(f"| {name} | {value} |" for name, value in facts.items())
    head = _HEAD.strip().format(sample=SAMPLE, decoded=DECODED)
    parts = [head, f"| | |\n|---|---|\n{rows}"]
    parts += ["## What Xiangji is held to", _floors(list(floors(run)))]
    for built in run.built.values():
        parts += [f"## {built.size.title}", _builds(built), _outputs(built)]
        parts += [f"- {reason}" for reason in built.failed.values()]
    if run.edited:
        parts += ["## From an edit to the page", _EDITS.strip(), _edited(list(run.edited.values()))]
        for edited in run.edited.values():
            parts += [f"- {edited.title}: {reason}" for reason in edited.failed.values()]
    if missing:
        parts += ["## Left out", "\n".join(f"- {each}" for each in missing)]
    return "\n\n".join(parts) + "\n"


def _floors(found: list[Floor]) -> str:
    lines = ["| ratio | at most | reached | |", "|---|--:|--:|---|"]
    for each in found:
        verdict = {True: "kept", False: "**✗ not kept**", None: "not measured"}[each.kept]
        reached = "–" if each.reached is None else f"{each.reached:.2f}"
        lines.append(f"| {each.title} | {each.limit:g} | {reached} | {verdict} |")
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
    lines = ["| village | server | a batch, s | a story, s |", "|---|---|--:|--:|"]
    for edited in several:
        for peer in edited.peers:
            values = [edited.of(peer.key, kind) for kind in KINDS]
            if all(value is not None for value in values):
                cells = " | ".join(f"{value:.2f}" for value in values)
                lines.append(f"| {edited.title} | {peer.name} | {cells} |")
    return "\n".join(lines)


_HEAD = """
# What a build costs

Written by `python benchmarks/builds.py --write`; nothing here is typed by hand. Seconds of one machine say
little, so each stands beside Hugo's with a code for each batch, in the same run (× 1.00). ✗ marks a ratio that
is larger than Xiangji is held to, and then the command ends with status 1.

- **One village**, generated with a seed (`benchmarks/village.py`), half of its products with a file for each batch,
  half with a table. Each generator gets it as its users would lay it out (`benchmarks/peer_*.py`,
  `benchmarks/layouts/`). Hugo: a content file for each batch, sections, a template that looks up the product; with
  codes, `images.QR` of each page's address. Eleventy: products and batches as data, paginated one to a page,
  stories in Markdown, Nunjucks. Material and Zensical: Markdown, a navigation that names the lists and no batch,
  the search that Material has on by default. Dates, inspections and the last day of eating stand on the page of
  a batch under each of them, and what is not recorded stands there as not recorded.
- **Xiangji** builds with `--host none`: its own pages. Hand-written pages, which a host would lay out, are
  beside the point. It also checks the village, writes each code twice (PNG and SVG), each batch a second time in large
  print, puts the style into each page, and keeps what it had built until the new site is complete; the others do not.
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
  (modules of Python, templates of Xiangji). Each further case is one build after the one before it. A batch
  gets another quantity, a story a sentence, and the footer of the template that all pages share a line; the changed
  page is looked at. For Xiangji, the theme is a copy of the folder `theme/` that is found before the installed one.
"""

_EDITS = """
Each tool's own server, from the moment the file is written to the first answer over loopback that shows the
change, asked every 10 ms. One server at a time; median of several edits, the first not counted. Xiangji's demo is the
demo of this repository with its hand-written pages; the others serve a generated village with as many batches, products
and stories.
"""
