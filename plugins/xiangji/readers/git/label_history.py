"""Makes the change record of a digital label from Git (`standards.md` §4.3): what was changed, when, by whom.

It compares successive versions of the files of a product, its batches and the producers fact by fact. For villages
without a digital label, Git is not called. `saved_register.py` reads the registers from Git.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct

from xiangji.label.item import LabelKey
from xiangji.label.versions import as_made, counted_from
from xiangji.model.location import Location
from xiangji.model.node import Scalar
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.parsing.partial_date import earliest, latest
from xiangji.problems import Report
from xiangji.readers.git.label_facts import (
    LABEL,
    Facts,
    FactSubject,
    LabelFact,
    Name,
    States,
    batch_facts,
    brand_states,
    label_unit,
    lot_unit,
    owner_of,
    product_states,
    states_in,
)
from xiangji.readers.git.repository import (
    Commit,
    FileTouch,
    GitUnreadable,
    NoRepository,
    Repository,
    repository_of,
)
from xiangji.readers.tables.ledger import LEDGER, ProductNames
from xiangji.readers.text_file import LARGEST
from xiangji.records.batch import Batch
from xiangji.records.brand import Brand
from xiangji.records.history import ChangeStep, History, LabelChange, RecordKeeping, Revision
from xiangji.records.product import Product

_MOST = 8_000_000
"""The most bytes of old versions that are read. A table of 1,000 batches has 100 KB in each version, so reading all
versions could take minutes. The history says if older commits were left out."""

_PRODUCT = late_pattern(r"products/([^/]+)/(?:product\.ya?ml|batches\.csv|batches/[^/]+\.ya?ml)")
_FILE = late_pattern(r"/product\.ya?ml$")
_BRAND = late_pattern(r"products/brand\.ya?ml")
_GONE = "（已不在册）"

Unit = tuple[str, str]
"""Product id (empty for the brand file), and unit within the product."""


def read_histories(
    root: Path, brand: Brand | None, products: Iterable[Product], batches: Iterable[Batch]
) -> dict[str, History]:
    """The history of each batch with a digital label, by `product/lot`."""
    flagged = {each.id: each for each in products if each.digital_label}
    shown = [each for each in batches if each.product in flagged] if flagged else []
    if not shown or brand is None:
        return {}
    try:
        repository = repository_of(root)
        past = _Past(repository, flagged, brand)
        return {each.key: past.of(each) for each in shown}
    except NoRepository:
        kept = RecordKeeping.NO
    except GitUnreadable:
        kept = RecordKeeping.UNREADABLE
    return {each.key: History(kept) for each in shown}


class _Saved(Struct, frozen=True):
    """A commit, with its changes by unit."""

    commit: Commit
    changes: Mapping[Unit, tuple[LabelChange, ...]]


class _Past:
    """The past of all digital labels of a village, from Git."""

    def __init__(
        self, repository: Repository, products: Mapping[str, Product], brand: Brand
    ) -> None:
        self._products = products
        self._brand = brand
        self._name: Name = _names(brand)
        self._owners = ProductNames(products.values(), partial=True)
        paths = ["products/brand.yml", "products/brand.yaml", LEDGER]
        for each in products:
            files = ("product.yml", "product.yaml", "batches.csv", "batches")
            paths += [f"products/{each}/{file}" for file in files]
        commits = repository.commits(paths)
        latest = {path: blob for path, blob in repository.now(paths).items() if _is_ours(path)}
        self._commits, blobs, self._cut = affordable(repository, commits, latest)
        self._reader = _Versions(repository.contents(blobs), self._name)
        self._cut = self._cut or repository.shallow
        self._starts = self._all_starts(latest)
        self._saved = self._compared(repository.shallow)
        self._latest = self._known(latest)

    def of(self, batch: Batch) -> History:
        """The history of one batch's label."""
        product = self._products[batch.product]
        makers = (batch.producer,) if batch.producer else as_made(product, batch).makers
        labels = self._labels_of(product, batch)
        own: tuple[Unit, ...] = (*labels, (product.id, lot_unit(batch.lot)))
        units: tuple[Unit, ...] = (*own, *(("", f"producer/{each}") for each in makers))
        revisions = []
        kept = any(unit in self._latest for unit in own)
        for saved in self._saved:
            kept = kept or any(unit in saved.changes for unit in own)
            changes = dict.fromkeys(
                change
                for unit in units
                for change in saved.changes.get(unit, ())
                if not _is_of_other_size(change, batch)
            )
            if changes:
                commit = saved.commit
                told = (commit.on, commit.author, commit.address, tuple(changes))
                revisions.append(Revision(*told))
        if not kept:
            return History(RecordKeeping.NO)
        # Sorted by day; within a day the order of the commits is kept.
        revisions.sort(key=lambda each: each.on.toordinal() if each.on else 0, reverse=True)
        workbook = not batch.origin.path.endswith((".csv", ".yml", ".yaml"))
        unsaved = self._unsaved(batch, units, workbook)
        return History(RecordKeeping.YES, tuple(revisions), self._cut, unsaved, workbook)

    def _all_starts(self, latest: Mapping[str, str]) -> dict[str, list[str]]:
        """The units of all versions in any state of each product's file, oldest first, by product id."""
        found: dict[str, set[str]] = {each: {LABEL} for each in self._products}
        touched = [
            (t.path, blob)
            for c in self._commits
            for t in c.touches
            for blob in (*t.before, t.after)
        ]
        for path, blob in (*touched, *latest.items()):
            match = _PRODUCT.fullmatch(path)
            if match and blob and match[1] in found and _FILE.search(path):
                found[match[1]].update(self._reader.read(path, blob) or ())
        for each in self._products.values():
            found[each.id].update(product_states(each, self._name))
        return {product: sorted(units) for product, units in found.items()}

    def _labels_of(self, product: Product, batch: Batch) -> list[Unit]:
        """The units of the versions to which a lot may belong."""
        day = counted_from(product, batch)
        first, last = earliest(day) or date.min, latest(day) or date.max
        starts = self._starts[product.id]
        before = [unit for unit in starts if unit <= label_unit(first)]
        within = [unit for unit in starts if label_unit(first) < unit <= label_unit(last)]
        return [(product.id, unit) for unit in (*before[-1:], *within)]

    def _by_unit(self, path: str, states: States) -> dict[Unit, Facts]:
        """The facts of a file by product and unit. A product's file gives facts for each version that it ever had."""
        if path == LEDGER:
            return self._in_ledger(states)
        match = _PRODUCT.fullmatch(path)
        owner = match[1] if match else ""
        if not (match and states and _FILE.search(path)):
            return {(owner, unit): facts for unit, facts in states.items()}
        return {
            (owner, unit): states[max(own for own in states if own <= unit)]
            for unit in self._starts.get(owner, [LABEL])
        }

    def _in_ledger(self, states: States) -> dict[Unit, Facts]:
        """The facts of a ledger by product and unit, without those of products that have no digital label."""
        found: dict[Unit, Facts] = {}
        for unit, facts in states.items():
            written, own = owner_of(unit)
            owner = self._owners.find(Scalar(written, Location(LEDGER)), Report())
            if owner is not None:
                found[owner, own] = facts
        return found

    def _unsaved(self, batch: Batch, units: Iterable[Unit], workbook: bool) -> bool:
        """Whether the present facts differ from those in the latest commit."""
        product = self._products[batch.product]
        producers = brand_states(self._brand)
        versions = self._by_unit(product.origin.path, product_states(product, self._name))
        for unit in units:
            owner, key = unit
            now: Facts | None
            if not owner:
                now = producers.get(key)
            elif (owner, key) in versions:
                now = versions[owner, key]
            elif workbook:
                continue
            else:
                now = batch_facts(batch, self._name)
            if _values(now) != _values(self._latest.get(unit)):
                return True
        return False

    def _known(self, latest: Mapping[str, str]) -> dict[Unit, Facts]:
        """The facts in the latest commit, by unit."""
        found: dict[Unit, Facts] = {}
        for path, blob in latest.items():
            found.update(self._by_unit(path, self._reader.read(path, blob) or {}))
        return found

    def _compared(self, shallow: bool) -> list[_Saved]:
        """The commits with their changes, newest first."""
        found = []
        seen: set[Unit] = set()
        for commit in reversed(self._commits):
            befores, after = self._reader.around(commit, self._by_unit)
            # The oldest commit of a shallow clone seems to add all files, so its changes are ignored.
            edge = shallow and not commit.parents
            changes = {} if edge else dict(_changes(befores, after, seen))
            seen.update(after)
            found.append(_Saved(commit, {unit: made for unit, made in changes.items() if made}))
        return found[::-1]


class _Versions:
    """Reads each version of each file once.

    A version that cannot be read was never published. The version before it takes its place.
    """

    def __init__(self, contents: Mapping[str, bytes], name: Name) -> None:
        self._contents = contents
        self._name = name
        self._read: dict[tuple[str, str], States | None] = {}
        self._instead: dict[tuple[str, str], States | None] = {}

    def read(self, path: str, blob: str) -> States | None:
        """The facts of a version of a file, by unit. None if it cannot be read."""
        key = (path, blob)
        if key not in self._read:
            raw = self._contents.get(blob)
            self._read[key] = None if raw is None else states_in(raw, path, self._name)
        return self._read[key]

    def around(
        self, commit: Commit, by_unit: Callable[[str, States], dict[Unit, Facts]]
    ) -> tuple[list[dict[Unit, Facts]], dict[Unit, Facts]]:
        """The facts of the touched files in each parent of a commit, and after it.

        Files that cannot be read on one side are left out on both sides.
        """
        befores: list[dict[Unit, Facts]] = [{} for _ in commit.parents or ("",)]
        after: dict[Unit, Facts] = {}
        for touch in commit.touches:
            if not _is_ours(touch.path):
                continue
            old = [self._effective(touch.path, blob) for blob in touch.before]
            new = self._settled(touch, old[0])
            if new is None or any(each is None for each in old):
                continue
            for before, states in zip(befores, old, strict=False):
                before.update(by_unit(touch.path, states or {}))
            after.update(by_unit(touch.path, new))
        return befores, after

    def _effective(self, path: str, blob: str | None) -> States | None:
        if blob is None:
            return {}
        read = self.read(path, blob)
        return self._instead.get((path, blob)) if read is None else read

    def _settled(self, touch: FileTouch, before: States | None) -> States | None:
        if touch.after is None:
            return {}
        read = self.read(touch.path, touch.after)
        if read is None:
            self._instead[touch.path, touch.after] = before
            return before
        return read


def affordable(
    repository: Repository, commits: list[Commit], latest: Mapping[str, str]
) -> tuple[list[Commit], list[str], bool]:
    """The newest commits within the limit of bytes, the blobs to read, and whether older commits were left out."""
    needs = [
        sorted({b for t in c.touches if _is_ours(t.path) for b in (*t.before, t.after) if b})
        for c in commits
    ]
    sizes = repository.sizes(sorted({*latest.values(), *(b for need in needs for b in need)}))
    chosen = dict.fromkeys(sorted(latest.values()))
    spent = 0
    taken: list[Commit] = []
    for commit, need in zip(commits, needs, strict=True):
        new = [blob for blob in need if blob not in chosen and sizes.get(blob, 0) <= LARGEST]
        spent += sum(sizes.get(blob, 0) for blob in new)
        if spent > _MOST:
            break
        chosen.update(dict.fromkeys(new))
        taken.append(commit)
    held = [blob for blob in chosen if sizes.get(blob, LARGEST + 1) <= LARGEST]
    return taken, held, len(taken) < len(commits)


def _is_ours(path: str) -> bool:
    return path == LEDGER or bool(_BRAND.fullmatch(path) or _PRODUCT.fullmatch(path))


def _changes(
    befores: list[dict[Unit, Facts]], after: dict[Unit, Facts], seen: set[Unit]
) -> Iterator[tuple[Unit, tuple[LabelChange, ...]]]:
    """Yield the changes of a commit by unit. In a merge, only what differs from all parents is a change."""
    units = sorted({*after, *(unit for before in befores for unit in before)})
    for unit in units:
        old = [before[unit] for before in befores if unit in before]
        what = "标签" if unit[1].partition("/")[0] == LABEL else "这一批"
        if not unit[0] and (unit not in after or not old):
            continue  # A producer that is added or removed does not change a label by itself.
        if unit not in after:
            if len(old) == len(befores):
                yield unit, (LabelChange(ChangeStep.GONE, what),)
        elif not old:
            yield unit, (LabelChange(ChangeStep.AGAIN if unit in seen else ChangeStep.FIRST, what),)
        elif len(old) == len(befores):
            yield unit, tuple(_facts_changed(old, after[unit]))


def _facts_changed(old: list[Facts], new: Facts) -> Iterator[LabelChange]:
    for about in dict.fromkeys([*new, *old[0]]):
        if any(_value(each.get(about)) == _value(new.get(about)) for each in old):
            continue
        yield _change(about, old[0].get(about), new.get(about))


def _change(about: FactSubject, old: LabelFact | None, new: LabelFact | None) -> LabelChange:
    before, after = (each.said if each else "" for each in (old, new))
    step = (
        ChangeStep.ADDED
        if old is None
        else ChangeStep.REMOVED
        if new is None
        else ChangeStep.CHANGED
    )
    # If both texts are equal, the values differ in a part without text, such as the signer.
    if before == after:
        before = after = ""
    what = next(each.what for each in (new, old) if each)
    return LabelChange(step, what, before, after, about.item, about.of)


def _is_of_other_size(change: LabelChange, batch: Batch) -> bool:
    """Whether a change is about a variant in which this batch was not packed."""
    return change.item == LabelKey.VARIANT and change.of not in ("", batch.variant)


def _value(fact: LabelFact | None) -> object:
    return fact.value if fact else None


def _values(facts: Facts | None) -> dict[FactSubject, object] | None:
    return None if facts is None else {about: fact.value for about, fact in facts.items()}


def _names(brand: Brand) -> Name:
    """A function that returns names by id. An id that is no longer listed gives `_GONE`, not an old name."""
    known = {each.id: each.name for each in brand.producers}
    known |= {each.id: each.name for each in brand.places}
    return lambda identifier: known.get(identifier, _GONE) if identifier else ""
