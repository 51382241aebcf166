"""Whole villages with their batches packed, as those of a large one are: the same files, the same problems."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

import test_cases
from built import CONTENT, DAY, ROOT, SITE_URL
from test_batch_piles import packed
from xiangji.adapters.ledger import memo_of
from xiangji.adapters.survey import survey
from xiangji.cache import Cache
from xiangji.pages import folded
from xiangji.site import Site, build
from xiangji.sources.config import read_settings

SITES = [ROOT, *(each for each in (ROOT / "tests" / "sites").iterdir() if each.is_dir())]
CASES = [each for each in test_cases.CASES if "batches" in each.read_text("utf-8")]


def made(root: Path, cache: Path, remembered: bool = False) -> Site:
    settings, found = read_settings(root / "mkdocs.yml", date.fromisoformat(DAY), SITE_URL)
    kept = Cache(cache)
    now = survey(settings, kept, cache / "site") if remembered else None
    assert now is not None or not remembered
    return build(settings, found, kept, memo=memo_of(now) if now else None)


def files(site: Site) -> dict[str, bytes]:
    every = (*site.own, *site.notes, *site.pages, *site.artifacts)
    return {each.file: each.content for each in every}


@pytest.mark.parametrize("root", SITES, ids=lambda root: root.name)
def test_a_packed_village_gives_the_same(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = tmp_path / "village"
    for name in CONTENT:  # Away from any repository, so that what was read may be remembered.
        if (root / name).is_dir():
            shutil.copytree(root / name, village / name)
    shutil.copy(root / "mkdocs.yml", village)
    plain = made(village, tmp_path)
    expected = files(plain)
    assert plain.fatal() or len(expected) > 20
    monkeypatch.setattr(folded, "_PLAIN", 0)
    monkeypatch.setattr(folded, "_LARGE", 30_000)
    with packed(at_hand=2):
        for remembered in (False, True, True):
            site = made(village, tmp_path, remembered)
            assert site.problems == plain.problems
            assert files(site) == expected
            kinds = {type(each) for each in (*site.own, *site.pages, *site.artifacts)}
            assert site.fatal() or {folded.FoldedPage, folded.FoldedArtifact} <= kinds
            library = site.press.library if site.press else None
            assert library is None or all(each.packed for each in library.batches.piles.values())


@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_the_same_is_said(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with packed(at_hand=2):
        test_cases.test_case(file, tmp_path, monkeypatch)
