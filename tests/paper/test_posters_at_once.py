"""Many posters are made by several processes, and come out as if one had made them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from built import DAY, copy_demo
from xiangji.build import Site, build
from xiangji.paper.posters import pages
from xiangji.readers.config import read_settings


def posters(site: Site) -> dict[str, bytes]:
    assert site.context is not None
    made = [work(None) for work in site.context.works]
    assert not any(found for _, found in made)
    return {each.uri: each.content for files, _ in made for each in files}


def test_several_processes_make_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = copy_demo(tmp_path / "village")
    settings, found = read_settings(root / "mkdocs.yml", date.fromisoformat(DAY))
    few = pages.all_subjects
    monkeypatch.setattr(pages, "all_subjects", lambda context: list(few(context))[:4])
    monkeypatch.setattr(pages, "_SEVERAL", 10_000)
    alone = posters(build(settings, found, defer=True))
    monkeypatch.setattr(pages, "_SEVERAL", 2)
    monkeypatch.setattr(pages.os, "cpu_count", lambda: 2)
    asked: list[int] = []
    at_once = pages._rendered_at_once
    monkeypatch.setattr(
        pages,
        "_rendered_at_once",
        lambda *given: (made := at_once(*given), asked.append(len(made)))[0],
    )
    assert posters(build(settings, found, defer=True)) == alone != {}
    assert asked == [len(alone)]
