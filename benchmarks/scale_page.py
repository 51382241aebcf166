"""Writes the page `site_src/dev/scale.md` from measured figures, with calculations from them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Figures = dict[str, Any]

SIZES = (("a county", 10**5), ("a province", 10**7), ("the country", 10**9))
LISTED = 50_000
"""The number of addresses in one site map file."""


def page(figures: Figures) -> str:
    """Return the whole page."""
    small, large = figures["villages"][-2:]
    each = per_batch(small, large)
    each["any_memory_mb"] = large["memory_mb"] - large["batches"] * each["memory_mb"]
    parts = [
        _HEAD.format(day=figures["day"], command=figures["command"], **figures["machine"]),
        _measured(figures["villages"]),
        _slopes(each, small["batches"], large["batches"]),
        _LINE,
        _table(each, figures["each"]),
        _BREAKS.format(**_told(each, figures["each"])),
    ]
    return "\n".join(parts)


def per_batch(small: Figures, large: Figures) -> dict[str, float]:
    """Return what one more batch costs: the difference of two villages divided by the difference of their sizes."""
    more = large["batches"] - small["batches"]
    names = [name for name, value in large.items() if isinstance(value, int | float)]
    return {name: (large[name] - small[name]) / more for name in names}


def _memory(each: dict[str, float], batches: float) -> float:
    """Return the bytes of the largest process: the share of any village, and that of each batch."""
    return (each["any_memory_mb"] + batches * each["memory_mb"]) * 1e6


def _measured(villages: list[Figures]) -> str:
    rows: list[tuple[str, Iterable[str]]] = [
        ("batches", (f"{v['batches']:,}" for v in villages)),
        ("build from nothing, processor, s", (f"{v['cpu_s']:.1f}" for v in villages)),
        ("the same by the clock, s", (f"{v['wall_s']:.1f}" for v in villages)),
        ("again, nothing changed, processor, s", (f"{v['again_cpu_s']:.1f}" for v in villages)),
        ("again, one batch changed, processor, s", (f"{v['one_cpu_s']:.1f}" for v in villages)),
        (
            "again, each change after that, processor, s",
            (f"{v['next_cpu_s']:.1f}" for v in villages),
        ),
        ("most memory of one process, MB", (f"{v['memory_mb']:,}" for v in villages)),
        ("content that people wrote", (size(v["source_bytes"]) for v in villages)),
        ("files of the site", (f"{v['files']:,}" for v in villages)),
        ("bytes of the site", (size(v["bytes"]) for v in villages)),
        ("the same on disk, in whole blocks", (size(v["disk_bytes"]) for v in villages)),
        (
            "a sheet; the same in gzip",
            (f"{size(v['sheet_bytes'])}; {size(v['sheet_gzip'])}" for v in villages),
        ),
        (
            "widest folder: entries",
            (f"`{v['widest']}/`: {v['widest_entries']:,}" for v in villages),
        ),
        ("`data/catalogue.json`", (size(v["catalogue_bytes"]) for v in villages)),
        ("site map", (size(v["sitemap_bytes"]) for v in villages)),
        ("what the cache keeps of the last build", (size(v["ledger_bytes"]) for v in villages)),
        ("what a target keeps of a publication", (size(v["published_bytes"]) for v in villages)),
    ]
    head = "| measured |" + " |" * len(villages) + "\n|---|" + "--:|" * len(villages)
    return "\n".join([head, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows)]) + "\n"


def _slopes(each: dict[str, float], small: int, large: int) -> str:
    return (
        f"One more batch costs the difference of the villages of {large:,} and {small:,}, divided by "
        f"{large - small:,}: **{each['cpu_s'] * 1000:.2f} ms of one core, {each['files']:.2f} files, "
        f"{size(each['bytes'])} ({size(each['disk_bytes'])} on disk), "
        f"{each['memory_mb'] * 1000:.1f} kB of memory** while it builds.\n"
    )


def _table(each: dict[str, float], group: int) -> str:
    def row(name: str, how: str, make: Any) -> str:
        return f"| {name} | {how} | " + " | ".join(make(n) for _, n in SIZES) + " |"

    hours = each["cpu_s"] / 3600
    head = "| | formula | " + " | ".join(
        f"{name}, N = {n:.0e}".replace("e+0", "e") for name, n in SIZES
    )
    return "\n".join(
        [
            head + " |\n|---|---|--:|--:|--:|",
            row("build, core hours", "N × seconds ÷ 3,600", lambda n: _number(n * hours)),
            row("cores for a build in one hour", "the same", lambda n: _number(max(1, n * hours))),
            row(
                "memory of the largest process",
                "as measured, and memory × each more",
                lambda n: size(_memory(each, n)),
            ),
            row("files", "N × files", lambda n: _number(n * each["files"])),
            row("storage", "N × bytes", lambda n: size(n * each["bytes"])),
            row("on a disk with small blocks", "N × bytes on disk", lambda n: size(n * each["disk_bytes"])),
            row("folders in `t/`", f"N ÷ {group} batches a product", lambda n: _number(n / group)),
            row("catalogue that a search reads", "N × its bytes", lambda n: size(n * each["catalogue_bytes"])),
            row("site map files", f"N ÷ {LISTED:,}", lambda n: _number(-(-n // LISTED))),
            row("what the cache keeps", "N × its bytes", lambda n: size(n * each["ledger_bytes"])),
            row("what a target keeps", "N × its bytes", lambda n: size(n * each["published_bytes"])),
            row("first publication, requests", "files", lambda n: _number(n * each["files"])),
            row("hours of it at 100 files a second", "files ÷ 100 ÷ 3,600",
                lambda n: _number(n * each["files"] / 360_000)),
            "",
        ]
    )  # fmt: skip


def _told(each: dict[str, float], group: int) -> dict[str, str]:
    county, province, country = (n for _, n in SIZES)
    return {
        "county_hours": _number(county * each["cpu_s"] / 3600),
        "county_memory": size(_memory(each, county)),
        "county_catalogue": size(county * each["catalogue_bytes"]),
        "catalogue_seconds": _number(county * each["catalogue_bytes"] * 8 / 400_000),
        "county_leaves": _number(-(-county // group // 30)),
        "county_kept": size(county * each["published_bytes"]),
        "province_memory": size(_memory(each, province)),
        "province_folders": _number(province / group),
        "province_kept": size(province * each["published_bytes"]),
        "province_passing": size(province * each["bytes"]),
        "passing_hours": _number(province * each["bytes"] / 125e6 / 3600),
        "country_cores": _number(country * each["cpu_s"] / 86_400),
        "country_files": _number(country * each["files"]),
        "files": f"{each['files']:.0f}",
        "bytes": f"{each['bytes']:,.0f}",
    }


def size(count: float) -> str:
    """Format bytes in powers of 1,000, with three digits."""
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if count < 999.5:
            return f"{_number(count)} {unit}"
        count /= 1000
    return f"{_number(count)} PB"


def _number(count: float) -> str:
    """Format a number with three digits, as people write it."""
    if count >= 1e6:
        power = len(f"{count:.0f}") - 1
        return f"{count / 10**power:.2f} × 10<sup>{power}</sup>"
    if count >= 100 or count == int(count):
        return f"{count:,.0f}"
    return f"{count:.1f}" if count >= 10 else f"{count:.2f}"


_HEAD = """# How far it goes

Written by `{command}`: it builds villages of
`benchmarks/village.py`, keeps what it measured in `benchmarks/scale.json`, and makes this page of it. Nothing here is
typed by hand but the words.

Measured for {day} with Python {python} on {cores} cores, {system}. The villages have twenty batches of a product, half
of them a file each and half in tables, and no photos: a photo costs by the product, not by the batch.
Seconds of the processor are those of all cores together and include reading and checking; the clock counts whatever
else the machine did.
"""

_LINE = """
!!! warning "From here on it is arithmetic"
    The figures above, times N. Nobody has built a site of this size. It holds for as long as a batch costs
    the same, and says where that ends.

Money is left to the reader, since prices change: with p for a thousand uploads and s for a gigabyte and month of
storage, the first publication costs `files ÷ 1,000 × p`, every month `bytes ÷ 10⁹ × s`. A day's changes cost their own
files alone.
"""

_BREAKS = """
## What breaks first, and what then takes over

**A county builds on one computer**: {county_hours} core hours, {county_memory} of memory. What breaks first is not the
build.

- *The site map*: one file may list 50,000 pages (sitemaps.org). Of more, `sitemap.xml` is an index of further files.
- *The catalogue's search* reads all products at once: {county_catalogue}, on a weak signal (400 kbit/s) before gzip
  {catalogue_seconds} seconds. Lists and printed codes do without it. What takes over: one site for each cooperative or
  township. Villages share no records, so it is a matter of folders and addresses, not of programs.
- *Finding a lot by hand*, where a code does not scan, leads through a list of products in pages of thirty:
  {county_leaves} of them. The same takes over.
- *A folder for each product* below `t/`, and one for each batch below that, is nothing that a file system with
  indexed folders or an object store minds; listing it in a window is.
- *Publishing* remembers every file: {county_kept}, read whole by each publication, and written whole
  some twenty times by a large one, so that it can go on where it was broken off.

**A province breaks the reading.** One process reads, checks and links every record, and holds them: {province_memory}.
More workers do not help, since `--cluster` spreads what comes after it. Then:

- *One site for each county*, each with its own address, register, cache and schedule. That is also who answers for
  a label. A printed code holds the whole address, so none of them breaks when another county joins or leaves; it does
  mean that a site is cut **before** its first code is printed.
- *Object storage* in place of a disk, with a prefix for each site. `t/` of one single site would hold
  {province_folders} products, and a target's memory {province_kept}.
- *A cluster* for what remains of each. Files pass through whoever builds, {province_passing} in all; at one gigabit a
  second that is {passing_hours} hours. Beyond that the workers have to write to the target themselves, once it is known
  by digest what stands there.

**The country breaks the day.** A sheet says whether its batch has expired. On another day only those are made anew of
which that became so (`Shard.day`), but every batch is asked, and {country_files} files are looked at. A new version of
the program makes all of them anew: {country_cores} cores busy for a day and a night. What takes over is a calendar: the
days on which a batch's pages change are known when it is made (its last good day, a consent's end), and a build would
take up those shards whose day has come.

What does not change with size: a sheet is one file of its own, read without script, without a server that
computes, and without any other sheet. Whatever has to be cut into pieces, no visitor's page gets slower.
"""
