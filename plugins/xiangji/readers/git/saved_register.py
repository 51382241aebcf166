"""Reads from Git the saved registers, and the batches that they name and that no longer exist.

It reads the latest commit, or another revision. A village outside Git has nothing to compare with, which is no mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from xiangji import urls
from xiangji.model.location import Location
from xiangji.model.node import Node
from xiangji.model.parsing.partial_date import whole_day
from xiangji.model.vocabularies import CodeState
from xiangji.problems import Report
from xiangji.readers.git.repository import GitUnreadable, NoRepository, Repository, repository_of
from xiangji.readers.record_reader import read_record
from xiangji.readers.tables.batch_table import read_csv_table
from xiangji.readers.tables.ledger import LEDGER, rows_of_product
from xiangji.readers.tables.registers import PLEDGES, REGISTER, read_pledges, read_register
from xiangji.readers.text_file import LARGEST, clean_text, decode_text, one_newline
from xiangji.readers.yaml.yaml_file import parse_yaml
from xiangji.records.batch import Batch
from xiangji.records.code import OldLot, PrintedCode, SavedRegister
from xiangji.records.conformity import IssuedCertificate
from xiangji.records.product import Product

_MOST = 60
"""The most commits of a product's files in which a deleted batch is searched."""


def read_saved(
    root: Path,
    since: str,
    site_url: str | None,
    codes: Iterable[PrintedCode],
    pledges: Iterable[IssuedCertificate],
    batches: Iterable[Batch],
) -> SavedRegister:
    """The registers in the revision `since` (the latest commit if empty), and deleted batches.

    Deleted batches are those to which `codes` lead, or for which `pledges` were issued, and that are not in `batches`.
    If Git cannot be read, the result is empty and has `since` in `missing`.
    """
    try:
        repository = repository_of(root)
        commit = repository.revision(since or "HEAD")
        if commit is None:
            return SavedRegister(missing=since)
        raw = _file(repository, commit, REGISTER)
        saved = read_register(raw, REGISTER, site_url, Report())
        issued = read_pledges(_file(repository, commit, PLEDGES), PLEDGES, Report())
        lots = _lots(repository, _gone(codes, pledges, batches))
        return SavedRegister(True, "", saved, issued, lots)
    except (NoRepository, GitUnreadable):
        return SavedRegister(missing=since)


def _file(repository: Repository, commit: str, path: str) -> bytes:
    """The bytes of a file in a commit. Empty if it does not exist or is too large."""
    for blob in repository.now([path], commit).values():
        return _contents(repository, [blob]).get(blob, b"")
    return b""


def _contents(repository: Repository, blobs: Iterable[str]) -> Mapping[str, bytes]:
    """The bytes of the blobs that do not exceed the size limit of text files."""
    sizes = repository.sizes(blobs)
    small = [blob for blob, size in sizes.items() if size <= LARGEST]
    return repository.contents(small) if small else {}


def _gone(
    codes: Iterable[PrintedCode], pledges: Iterable[IssuedCertificate], batches: Iterable[Batch]
) -> list[tuple[str, str]]:
    """Product and lot of the batches that the registers name and that do not exist."""
    there = {urls.sheet(each.product, each.lot) for each in batches}
    found: dict[tuple[str, str], None] = {}
    for pledge in pledges:
        product, _, lot = pledge.batch.partition("/")
        if urls.sheet(product, lot) not in there:
            found[product, lot] = None
    for code in codes:
        for address in (code.address, code.target or ""):
            parts = urls.lot_of(address)
            ended = code.state is CodeState.CLOSED or (
                code.target is not None and address == code.address
            )
            if parts and not ended and urls.sheet(*parts[:2]) not in there:
                found[parts[:2]] = None
    return list(found)


def _lots(repository: Repository, wanted: list[tuple[str, str]]) -> dict[str, OldLot]:
    found: dict[str, OldLot] = {}
    for product in dict.fromkeys(each for each, _ in wanted):
        lots = {lot for each, lot in wanted if each == product}
        with suppress(GitUnreadable):
            found.update(_lots_of(repository, product, lots))
    return found


def _lots_of(repository: Repository, product: str, wanted: set[str]) -> dict[str, OldLot]:
    """The newest saved state of some lots of a product, each with the other lots of that time."""
    folder = f"products/{product}"
    paths = [f"{folder}/{name}" for name in ("product.yml", "product.yaml", "batches.csv")]
    paths += [f"{folder}/batches", LEDGER]
    found: dict[str, OldLot] = {}
    for commit in _snapshots(repository, paths):
        files = repository.now(paths, commit)
        raw = _contents(repository, dict.fromkeys(files.values()))
        read = [(path, raw[blob]) for path, blob in files.items() if blob in raw]
        name = next((_name(text, path) for path, text in read if "/product.y" in path), "")
        batches = [b for path, text in read for b in _batches(text, path, product, name)]
        lots = frozenset(each.lot for each in batches)
        for each in batches:
            if each.lot in wanted:
                beside = lots - {each.lot}
                found.setdefault(
                    f"{product}/{each.lot}", OldLot(name, whole_day(each.dated), beside)
                )
        if len(found) == len(wanted):
            break
    return found


def _snapshots(repository: Repository, paths: list[str]) -> Iterator[str]:
    """Yield HEAD, then the parents of each commit that touched `paths`, newest first.

    Parents that a shallow clone does not have are left out.
    """
    yield "HEAD"
    for commit in repository.commits(paths)[:_MOST]:
        for parent in commit.parents:
            if repository.revision(parent):
                yield parent


def _name(raw: bytes, path: str) -> str:
    node = _yaml(raw, path)
    product = read_record(Product, node, Report(), Location(path)) if node else None
    return product.name if product else ""


def _yaml(raw: bytes, path: str) -> Node | None:
    text = decode_text(raw, Location(path), Report())
    text = one_newline(text) if text is not None else ""
    return parse_yaml(text, path, Report()) if clean_text(text, path, Report()) else None


def _batches(raw: bytes, path: str, product: str, name: str) -> list[Batch]:
    """The batches of a product in a file. Of the ledger, those are the rows that name it."""
    if path.endswith(".csv"):
        table = read_csv_table(raw, path, Report())
        nodes = rows_of_product(table, product, name) if path == LEDGER else table.nodes
        found = [read_record(Batch, each, Report(), each.location) for each in nodes]
    elif path.endswith((".yml", ".yaml")):
        node = _yaml(raw, path)
        found = [read_record(Batch, node, Report(), Location(path)) if node else None]
    else:
        found = []
    return [each for each in found if each is not None]
