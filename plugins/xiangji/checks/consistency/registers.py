"""Compares the registers of printed codes and of certificates with the lots that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from xiangji import urls
from xiangji.checks.wording.text_folding import essence
from xiangji.library import Library
from xiangji.model.location import Location
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch
from xiangji.records.code import PrintedCode
from xiangji.records.product import Product

_LABELS = late_pattern(r"签|贴|罐|瓶|袋|盒|坛|^$")
_NOT_LABELS = late_pattern(r"箱|牌|海报|卡|册|展|横幅|传单")
_PACKAGES = frozenset("罐 瓶 袋 盒 包 坛 桶 听 壶 把 只 件 个".split())
_PIECES = frozenset(("张", "枚", "个", "只", "份", "套", "片", ""))
_SPARE = 100


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report rows of the registers that say something else than the records of their lots."""
    printed: dict[str, list[PrintedCode]] = {}
    for row in library.codes:
        own, target = _lot_at(row.address), _lot_at(row.target)
        product = _product(library, own) or _product(library, target)
        if row.name and product is not None:
            yield from _name(library, product, row.name, row.origin.of("name"), "code-name")
        yield from _redirect(library, row, own, target)
        if own and row.quantity is not None:
            printed.setdefault(f"{own[0]}/{own[1]}", []).append(row)
    for key, rows in printed.items():
        batch = library.batches.get(key)
        yield from _numbers(batch, rows) if batch else ()
    for issued in library.pledges:
        product = library.products.get(issued.batch.partition("/")[0])
        if issued.name and product is not None:
            yield from _name(
                library, product, issued.name, issued.origin.of("name"), "pledge-product"
            )


def _lot_at(address: str | None) -> tuple[str, str] | None:
    parts = urls.lot_of(address) if address else None
    return (parts[0], parts[1]) if parts else None


def _product(library: Library, lot: tuple[str, str] | None) -> Product | None:
    return library.products.get(lot[0]) if lot else None


def _names(product: Product) -> list[str]:
    """Every name that a product has or had, folded."""
    earlier = (each.name for each in (*product.earlier, *product.corrected))
    return [essence(each) for each in (product.name, *earlier) if each]


def _name(
    library: Library, product: Product, name: str, at: Location, rule: str
) -> Iterator[Problem]:
    """Report a printed name that is another product's. A short or a long form of the own name is none of another."""
    said = essence(name)
    own = _names(product)
    others = [each for each in library.products.values() if each is not product]
    other = next((each for each in others if said == essence(each.name)), None)
    if not said or said in own:
        return
    if other is None and not any(said in each or each in said for each in own):
        near = (each for each in others if any(_is_same(said, one) for one in _names(each)))
        other = None if _is_alike(said, own) else next(near, None)
    if other is not None:
        yield problem(rule, at, value=name, product=product.name, other=other.name)


def _is_same(said: str, name: str) -> bool:
    return said == name or (len(said) > 1 and len(name) > 1 and (said in name or name in said))


def _is_alike(said: str, names: Iterable[str]) -> bool:
    """Whether a name has two signs in a row of one of the names."""
    return any(said[at : at + 2] in each for each in names for at in range(len(said) - 1))


def _redirect(
    library: Library,
    row: PrintedCode,
    own: tuple[str, str] | None,
    target: tuple[str, str] | None,
) -> Iterator[Problem]:
    """Report a code of one product that leads to a lot of another."""
    mine, theirs = _product(library, own), _product(library, target)
    if mine is None or theirs is None or mine is theirs or target is None:
        return
    # The code may have been printed for the other product, under a wrong address.
    if row.name and any(
        essence(row.name) in each or each in essence(row.name) for each in _names(theirs)
    ):
        return
    told = {"product": mine.name, "other": theirs.name, "to": "/".join(target)}
    yield problem("code-other-product", row.origin.of("target"), value=row.address, **told)


def _numbers(batch: Batch, rows: Iterable[PrintedCode]) -> Iterator[Problem]:
    """Report more than twice as many labels as a lot has packages."""
    whole = batch.quantity
    if whole is None or whole.unit not in _PACKAGES:
        return
    runs = [
        row
        for row in rows
        if row.quantity is not None
        and row.quantity.unit in _PIECES
        and _LABELS.search(row.material or "")
        and not _NOT_LABELS.search(row.material or "")
    ]
    total = sum((row.quantity.value for row in runs if row.quantity), Decimal(0))
    if total > whole.value * 2 and total - whole.value > _SPARE:
        at = runs[-1].origin.of("quantity")
        yield problem("code-many", at, lot=batch.lot, whole=whole, total=f"{total.normalize():f}")
