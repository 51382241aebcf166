"""What is told of linked lots at any distance: as the plainest rule has it, and for a lot's share of the work."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from xiangji.build import build
from xiangji.checks import check
from xiangji.incremental.fingerprint import InputFingerprint
from xiangji.incremental.manifest import Signatures
from xiangji.library import Library, lot_links, reachability
from xiangji.library.batches import Batches
from xiangji.library.lot_links import NearestLots
from xiangji.library.references import assemble
from xiangji.model.vocabularies import BatchStatus
from xiangji.paper.sheet_text import _passage
from xiangji.readers.config import read_settings
from xiangji.readers.gathered import Gathered
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand

DAY = date(2026, 5, 1)
LOTS = 9
RECALLED, HELD = BatchStatus.RECALLED, BatchStatus.ON_HOLD
PAIRS = st.lists(st.tuples(st.integers(0, LOTS - 1), st.integers(0, LOTS - 1)), max_size=24)
"""The first was made of the second: of any number, round and round too."""
STATES = st.lists(st.sampled_from([None, RECALLED, HELD]), min_size=LOTS, max_size=LOTS)


def library_of(*batches: Batch) -> Library:
    library, problems = assemble(
        Gathered(Brand(name="村"), (), (), (), (), batches, (), {}, (), ())
    )
    assert library is not None and problems == ()
    return library


def lots(pairs: list[tuple[int, int]], states: list[BatchStatus | None]) -> Iterator[Batch]:
    for lot, status in enumerate(states):
        inputs = dict.fromkeys(f"L{b}" for a, b in pairs if a == lot)
        yield Batch(product="p", lot=f"L{lot}", inputs=tuple(inputs), status=status)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """So few are told of that small villages have more, and so few are counted at once that it takes rounds."""
    monkeypatch.setattr(lot_links, "NEAR", 2)
    monkeypatch.setattr(reachability, "_KEYS_PER_PASS", 4)
    return 2


@settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(PAIRS, STATES)
def test_what_is_told_of_kin_is_the_nearest_and_the_number_of_all_others(
    few: int, pairs: list[tuple[int, int]], states: list[BatchStatus | None]
) -> None:
    """Against `ancestors` and `descendants`, which follow each lot all the way."""
    library = library_of(*lots(pairs, states))
    for key in library.batches:
        before, after = library.ancestors(key), library.descendants(key)
        users = [each for each in library.used_in(key) if each.key != key]
        kin = library.kin_of(key)
        assert kin.further == told_of(after, max(few, len(users)))
        assert kin.recalled == told_of([e for e in before if e.status is RECALLED], few)
        assert kin.stopped == told_of([e for e in before if e.status in (RECALLED, HELD)], few)


def told_of(found: list[Batch] | tuple[Batch, ...], most: int) -> NearestLots:
    return NearestLots(tuple(found[:most]), max(0, len(found) - most))


@given(PAIRS)
def test_groups_are_those_that_lead_round_and_come_after_what_they_lead_to(
    pairs: list[tuple[int, int]],
) -> None:
    ways = {str(a): [str(c) for b, c in pairs if a == b] for a, _ in pairs}
    every = sorted({*ways, *(far for some in ways.values() for far in some)})
    far = {key: set(ways.get(key, ())) for key in every}
    for _ in every:
        far = {key: some.union(*(far[each] for each in some)) for key, some in far.items()}
    found = reachability.groups(ways)
    assert sorted(key for group in found for key in group) == every
    place = {key: at for at, group in enumerate(found) for key in group}
    for key in every:
        assert all(place[each] <= place[key] for each in far[key])
        alike = {each for each in every if each in far[key] and key in far[each]}
        assert {each for each in every if place[each] == place[key]} == alike | {key}
    rounds = reachability.rounds(ways, found)
    assert set(rounds) == {key for key in every if key in far[key]}
    for key, (way, at) in rounds.items():
        assert way[at] == key
        assert all(two in ways[one] for one, two in zip(way, [*way[1:], way[0]], strict=True))


def chain(count: int) -> Library:
    """Each lot made of the one before it; the first is recalled."""
    first = Batch(product="p", lot="L0", status=RECALLED, reason="有沙", advice="退")
    made = (Batch(product="p", lot=f"L{n}", inputs=(f"L{n - 1}",)) for n in range(1, count))
    return library_of(first, *made)


def test_a_chain_costs_each_of_its_lots_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in lots that are looked up: by far the most of what following links takes."""
    asked = 0
    look_up = Batches.get

    def counted(self: Batches, key: str, default: None = None) -> Batch | None:
        nonlocal asked
        asked += 1
        return look_up(self, key)

    monkeypatch.setattr(Batches, "get", counted)
    costs = []
    for count in (200, 800):
        library, asked = chain(count), 0
        assert not [each for each in check(library, DAY) if each.rule == "input-cycle"]
        told = [library.kin_of(key) for key in library.batches]
        assert [each.recalled.lots[0].lot for each in told[1:]] == ["L0"] * (count - 1)
        assert told[0].further.more == count - 1 - lot_links.NEAR
        costs.append(asked / count)
    assert costs[1] < costs[0] * 1.2


def test_a_way_round_is_told_by_its_ends_where_it_is_long() -> None:
    count = 400
    batches = [
        Batch(product="p", lot=f"L{n}", inputs=(f"L{(n + 1) % count}",)) for n in range(count)
    ]
    found = [each for each in check(library_of(*batches), DAY) if each.rule == "input-cycle"]
    assert len(found) == count
    path = str(dict(found[7].details)["path"])
    steps = path.split(" → ")
    assert steps[:2] == ["p/L7", "p/L8"] and steps[-2:] == ["p/L6", "p/L7"]
    hidden = next(int(each.strip("…（）")) for each in steps if "…" in each)
    assert hidden + len(steps) - 2 == count


def village(root: Path, count: int) -> Path:
    rows = [f"L{n:04},正常,{f'L{n - 1:04}' if n else ''},是" for n in range(count)]
    for name, text in {
        "mkdocs.yml": "site_name: 村\nsite_url: https://example.cn/\n",
        "products/brand.yml": "名称: 村\n示例: 是\n",
        "products/la/product.yml": "名称: 辣酱\n类型: 手工艺\n示例: 是\n",
        "products/la/batches.csv": "\n".join(["批号,状态,用料批次,示例", *rows]) + "\n",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    return root


def test_a_sheet_says_how_many_more_there_are_and_where(tmp_path: Path) -> None:
    """The first of a hundred names the next fifty; the fiftieth of these names the rest."""
    settings_, found = read_settings(village(tmp_path, 100) / "mkdocs.yml", DAY)
    site = build(settings_, found)
    assert not site.fatal()
    made = {each.uri: each.content for shard in site.shards for each in site.made(shard)}
    sheets = {uri: text.decode() for uri, text in made.items() if uri.endswith(".html")}
    first = sheets["t/la/L0000/index.html"]
    named = [n for n in range(1, 100) if f'href="../L{n:04}/"' in first]
    assert named == list(range(1, 51))
    assert "另有 49 批，写在上面这些批次的页面上" in first
    assert site.context is not None
    library = site.context.library
    printed = _passage(site.context, library.batches["la/L0000"], library.products["la"])
    assert (len(printed["used_in"]), printed["used_further"]) == (50, 49)
    last = sheets["t/la/L0050/index.html"]
    assert all(f'href="../L{n:04}/"' in last for n in range(51, 100)) and "另有" not in last


def test_a_sheet_is_made_anew_when_the_number_of_its_kin_changes(tmp_path: Path) -> None:
    """Of lots beyond those that are told of nothing else is shown, and of their products nothing at all."""
    root = village(tmp_path, 60)
    for name in ("hu", "he"):
        text = (root / "products/la/product.yml").read_text("utf-8")
        (root / "products" / name).mkdir()
        (root / "products" / name / "product.yml").write_text(text, "utf-8")
    table = root / "products/hu/batches.csv"
    table.write_text("批号,状态,用料批次,示例\nH1,正常,la/L0059,是\n", "utf-8")
    before = digests(root)
    assert digests(root) == before
    table.write_text(table.read_text("utf-8") + "H2,正常,H1,是\n", "utf-8")
    after = digests(root)
    assert after["trace/la/1"] != before["trace/la/1"]


def digests(root: Path) -> dict[str, str]:
    """Of each shard, as if no file of the village had changed."""
    settings_, found = read_settings(root / "mkdocs.yml", DAY)
    site = build(settings_, found)
    told = Signatures(site, InputFingerprint({}, "", "", ""))
    made = {each.key: [*site.made(each)] for each in site.shards}
    return {each.key: told.of(each, site.asked_for(each)) for each in site.shards if made}
