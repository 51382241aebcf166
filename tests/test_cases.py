"""Golden cases: the files of a small village, and exactly what is said about them.

A case under `cases/` names its files, those that were saved in Git `before` them, the revision they
are compared with (`since`), the day it is read on, a package that is not installed (`without`), what
is ordered on `paper` (`paper/orders.py` has the words), and every problem: place, rule, the Chinese
message and the remedy. With an order, the village is checked and not built; the problems of the paper
come after those of the village. `compared` says that labels are held against Git, as a check does. With `pledge`, a lot (`product/lot`), the problems are instead the
reasons why that lot gets no certificate. It is named after the rule it shows. A new bug begins as a new case.
"""

from __future__ import annotations

import base64
import re
import sys
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from answering import WHERE, answering
from paper.orders import paper_problems
from readers.test_history import git, save
from written_xlsx import cells, xlsx
from xiangji.build import build, open_press
from xiangji.conformity.certificate import CertificateRefused, pledge
from xiangji.kinds import installed
from xiangji.library.references import assemble
from xiangji.linkcheck.addresses import outside_addresses
from xiangji.linkcheck.findings import problems_of
from xiangji.model.value_types import NUMBER_HERE
from xiangji.problems import Problem, as_github, as_json, as_text
from xiangji.readers.config import read_settings
from xiangji.readers.village import gather
from xiangji.rules import RULES as OURS
from xiangji.settings import Settings

RULES = {**OURS, **installed.kind_rules()}
CASES = sorted((Path(__file__).parent / "cases").glob("*.yml"))
TODAY = date(2026, 5, 1)


@dataclass(frozen=True)
class Case:
    about: str
    files: dict[str, Any]
    today: date
    problems: list[dict[str, str]]
    without: list[str]
    before: dict[str, Any]
    since: str
    paper: dict[str, Any]
    pledge: str
    compared: bool
    answers: dict[str, Any]


KEYS = {"about", "files", "today", "problems", "without", "before", "since", "paper", "pledge",
        "compared", "answers"}  # fmt: skip


@cache
def read_case(file: Path) -> Case:
    content = yaml.safe_load(file.read_text("utf-8"))
    unknown = content.keys() - KEYS
    assert not unknown, f"{file.name}: {unknown}"
    today = content.get("today", TODAY)
    without = content.get("without", [])
    before = content.get("before", {})
    problems, since = content["problems"] or [], content.get("since", "")
    paper, asked = content.get("paper", {}), content.get("pledge", "")
    more = (problems, without, before, since, paper, asked, content.get("compared", False))
    more = (*more, content.get("answers", {}))
    return Case(content["about"], content["files"], today, *more)


def write(root: Path, files: dict[str, Any]) -> None:
    """Write a case's files. Besides text: `hex` and `base64` bytes, bytes with zeros to `fill` up,
    so many `times` (frames of MP3), a symbolic `link`, and a text to `repeat` so many `times`, with
    what stands `before` it. A workbook is `xlsx`: its rows, and what `written_xlsx` takes."""
    for name, content in files.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        match content:
            case str():
                file.write_bytes(content.encode())
            case {"hex": digits, "times": times, "fill": zeros}:
                file.write_bytes((bytes.fromhex(digits) + bytes(zeros)) * times)
            case {"hex": digits}:
                file.write_bytes(bytes.fromhex(digits))
            case {"base64": text}:
                file.write_bytes(base64.b64decode(text))
            case {"repeat": text, "times": times, **more}:
                file.write_bytes((more.get("before", "") + text * times).encode())
            case {"xlsx": rows, **more}:
                file.write_bytes(workbook(rows, more))
            case {"link": target}:
                file.symlink_to(target)
            case _:
                raise AssertionError(f"{name}: {content!r}")


def workbook(rows: list[str], more: dict[str, Any]) -> bytes:
    """A workbook with these rows in its only sheet, or with the same once more in a sheet that is not shown."""
    kept = {key: more.pop(key) for key in ("cells", "merged", "state") if key in more}
    sheet = cells(*rows, styles=kept.get("cells"), hidden=more.pop("hidden", 0))
    if merged := kept.get("merged"):
        sheet += f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>'
    state = kept.get("state", "")
    sheets = {"批次": sheet, "旧表": sheet} if state else {"批次": sheet}
    return xlsx(sheets, state=state or "visible", **more)


def problems_in(
    root: Path, today: date, since: str = "", compared: bool = False
) -> tuple[Problem, ...]:
    """Every problem that a build of the village in `root` tells, or a check where it is `compared`."""
    settings, found = Settings(root, today), ()
    if (root / "mkdocs.yml").exists():
        settings, found = read_settings(root / "mkdocs.yml", today)
    site = build(replace(settings, since=since, compared=compared), found)
    if site.fatal():
        assert not site.pages and not site.artifacts, "nothing half-made"
    return site.problems


def problems_on_paper(root: Path, case: Case, cache: Path) -> tuple[Problem, ...]:
    """What checking the village tells, and then what carrying out the case's order does."""
    settings, found = read_settings(root / "mkdocs.yml", case.today)
    context, problems = open_press(replace(settings, since=case.since), found)
    assert context is not None, "nothing is ordered from a village that does not build"
    return (*problems, *paper_problems(context, case.paper, cache))


def problems_on_the_web(root: Path, case: Case) -> tuple[Problem, ...]:
    """What asking for outside pages tells, of a server that gives the answers of the case."""
    with answering(case.answers) as server:
        write(root, {name: text.replace(WHERE, server.base) for name, text in case.files.items()})
        assert problems_in(root, case.today) == ()
        library, _ = assemble(gather(root))
        assert library
        written = outside_addresses(library, case.today, Settings(root, case.today))
        found = problems_of(written, lambda done, total: None)
        return tuple(
            replace(
                each, details=tuple((k, v.replace(server.base, WHERE)) for k, v in each.details)
            )
            for each in found
        )


def reasons(root: Path, lot: str, today: date) -> tuple[Problem, ...]:
    """Why a lot gets no certificate on that day."""
    library, _ = assemble(gather(root))
    assert library
    found = pledge(library, library.batches[lot], today)
    return found.problems if isinstance(found, CertificateRefused) else ()


def told(problem: Problem) -> dict[str, str]:
    """A problem as a case writes it."""
    return {
        "at": f"{problem.location} {problem.rule}",
        "says": problem.message("zh"),
        "do": problem.remedy("zh"),
    }


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_case(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    case = read_case(file)
    for package in case.without:
        monkeypatch.setitem(sys.modules, package, None)  # type: ignore[arg-type]
    if any(each.startswith("xiangji.kinds.") for each in case.without):
        # What is installed is looked for once in a process.
        for known in filter(lambda each: hasattr(each, "cache_clear"), vars(installed).values()):
            known.cache_clear()
            request.addfinalizer(known.cache_clear)
    for name in ("outside.yml", "outside.svg", "outside.png"):
        (tmp_path / name).write_text("秘密: 外面的东西")
    root = tmp_path / "village"
    root.mkdir()
    if case.before:
        write(root, case.before)
        git(root, "init", "-q")
        save(root, "2026-04-01T10:00:00+0800")
    if not case.answers:
        write(root, case.files)
    if case.answers:
        found = problems_on_the_web(root, case)
    elif case.paper:
        found = problems_on_paper(root, case, tmp_path / "cache")
    elif case.pledge:
        found = reasons(root, case.pledge, case.today)
    else:
        found = problems_in(root, case.today, case.since, case.compared)
    assert [told(each) for each in found] == case.problems
    for each in found:
        for text in (*map(each.message, ("zh", "en")), *map(each.remedy, ("zh", "en"))):
            assert text.strip()
            # An author writes this one; every other one should have been filled in.
            assert not re.search(r"\{\w+\}", text.replace(NUMBER_HERE, ""))
            assert text.isprintable()
        assert as_text([each]).isprintable() or as_text([each]).count("\n") == 4
        assert as_github([each]).count("\n") == 0
        assert as_json([each])


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_a_case_is_named_after_a_rule_it_shows(file: Path) -> None:
    rules = {each["at"].split()[-1] for each in read_case(file).problems}
    assert rules <= RULES.keys()
    assert re.sub(r"-\d+$", "", file.stem) in rules


def test_every_rule_has_a_case() -> None:
    shown = {each["at"].split()[-1] for file in CASES for each in read_case(file).problems}
    assert RULES.keys() - shown == set()


def test_the_village_itself_may_be_reached_through_a_link(tmp_path: Path) -> None:
    write(tmp_path / "real", {"products/brand.yml": "名称: 立碑村\n"})
    (tmp_path / "link").symlink_to("real")
    assert problems_in(tmp_path / "link", TODAY) == ()
