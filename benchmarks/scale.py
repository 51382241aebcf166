"""Measures what a batch costs in villages of several sizes, for `site_src/dev/scale.md`.

python benchmarks/scale.py --write
python benchmarks/scale.py --sizes 1000 10000 100000 --write

Each village is built from nothing (no cache) with `xiangji build --host none`, in a process of its own on all cores.
Then it is built again with nothing changed, and three times with one batch changed. `--write` saves the figures in
`benchmarks/scale.json` and writes the page from them; without it they are printed. `--page` writes only the page.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from scale_page import page
from village import write_village
from xiangji.publish.published import Published, PublishedFile

ROOT = Path(__file__).resolve().parent.parent
FIGURES = ROOT / "benchmarks" / "scale.json"
PAGE = ROOT / "site_src" / "dev" / "scale.md"
DAY = "2026-11-22"
EACH = 20
"""The number of batches of a product."""


def measured(batches: int) -> dict[str, Any]:
    """Return the figures of one village: seconds, bytes, counts."""
    with tempfile.TemporaryDirectory(prefix="xiangji-scale-") as folder:
        root = Path(folder)
        write_village(root, batches // EACH, batches, makers=15, stories=10)
        source = sum(each.stat().st_size for each in _files(root))
        whole = _build(root)
        nothing = _build(root)
        changed = root / "products" / "p0001" / "batches" / "L00000.yml"
        text, edits = changed.read_text("utf-8"), []
        for place in ("省城超市", "镇上超市", "村口超市"):
            changed.write_text(text.replace("县城超市", place), "utf-8")
            edits.append(_build(root)["cpu_s"])
        told = {"batches": batches, "source_bytes": source, **whole}
        told |= {"again_cpu_s": nothing["cpu_s"], "one_cpu_s": edits[0], "next_cpu_s": edits[-1]}
        return told | _site(root / "site") | {"ledger_bytes": _ledger(root / ".cache")}


def _build(root: Path) -> dict[str, Any]:
    """Return elapsed and CPU seconds, and the peak memory of the largest process."""
    words = ["build", "--host", "none", "--date", DAY, "--quiet", "--config", f"{root}/mkdocs.yml"]
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", "xiangji", *words])
    _, status, used = os.wait4(process.pid, 0)
    assert status == 0
    return {
        "wall_s": round(time.perf_counter() - begun, 2),
        "cpu_s": round(used.ru_utime + used.ru_stime, 2),
        "memory_mb": round(used.ru_maxrss / 1024),
    }


def _site(site: Path) -> dict[str, Any]:
    files = list(_files(site))
    stats = [each.stat() for each in files]
    html = [each for each in files if each.suffix == ".html" and each.parts[-4:-3] == ("t",)]
    folders: dict[Path, int] = {}
    for each in site.rglob("*"):
        folders[each.parent] = folders.get(each.parent, 0) + 1
    widest = max(folders, key=lambda each: folders[each])
    return {
        "files": len(files),
        "bytes": sum(each.st_size for each in stats),
        "disk_bytes": sum(each.st_blocks * 512 for each in stats)
        + sum(each.stat().st_blocks * 512 for each in (*folders, site)),
        "sheet_bytes": round(sum(each.stat().st_size for each in html) / len(html)),
        "sheet_gzip": len(gzip.compress(min(html).read_bytes(), 6, mtime=0)),
        "widest": widest.relative_to(site).as_posix(),
        "widest_entries": folders[widest],
        "catalogue_bytes": (site / "data" / "catalogue.json").stat().st_size,
        "sitemap_bytes": sum(each.stat().st_size for each in site.glob("sitemap*.xml")),
        "published_bytes": _memory(site, files),
    }


def _memory(site: Path, files: list[Path]) -> int:
    """Return the bytes of the record that a target keeps of a publication: path, digest and size of every file."""
    entries = {
        each.relative_to(site).as_posix(): PublishedFile("0" * 64, each.stat().st_size)
        for each in files
    }
    return len(Published("https://bench.example.cn/", "", entries).as_bytes())


def _ledger(cache: Path) -> int:
    """Return the bytes of the largest cache entry: the manifest or the index of the sources. Both are read as a whole."""
    entries = (each for each in _files(cache) if "places" not in each.parts)
    return max((each.stat().st_size for each in entries), default=0)


def _files(folder: Path) -> Any:
    return (each for each in folder.rglob("*") if each.is_file())


def machine() -> dict[str, Any]:
    return {
        "cores": len(os.sched_getaffinity(0)),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--page", action="store_true")
    given = parser.parse_args()
    if given.page:
        figures = json.loads(FIGURES.read_text("utf-8"))
    else:
        words = " ".join(["python benchmarks/scale.py --sizes", *map(str, given.sizes), "--write"])
        figures = {"day": DAY, "command": words, "machine": machine(), "each": EACH}
        figures["villages"] = [measured(size) for size in given.sizes]
    told = json.dumps(figures, ensure_ascii=False, indent=2) + "\n"
    if not (given.write or given.page):
        print(told, end="")
        return
    FIGURES.write_text(told, "utf-8")
    PAGE.write_text(page(figures), "utf-8")


if __name__ == "__main__":
    main()
