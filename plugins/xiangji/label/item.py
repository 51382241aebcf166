"""What an item of the label is: its words on each form, the clauses that want it, and how its value is said.

The items themselves are in `label.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from typing import NamedTuple

from msgspec import Struct

from xiangji.model.vocabularies import ProductKind
from xiangji.records.batch import Batch
from xiangji.records.product import Product

OLD = "gb7718-2011"
NEW = "gb7718-2025"
FARM = "farm-produce"
"""农产品质量安全法: fresh produce is outside GB 7718, and has no editions."""


class LabelKey(StrEnum):
    """The items. A key never changes; what it is called may."""

    NAME = "name"
    KIND = "kind"
    INGREDIENTS = "ingredients"
    ALLERGENS = "allergens"
    NET = "net"
    VARIANT = "variant"
    MAKERS = "makers"
    ADDRESS = "address"
    TELEPHONE = "telephone"
    HARVESTED_ON = "harvested_on"
    MADE_ON = "made_on"
    LIFE = "life"
    UNTIL = "until"
    LOT = "lot"
    STORAGE = "storage"
    LICENCE = "licence"
    STANDARD = "standard"
    PLACE = "place"
    VARIETY = "variety"
    GRADE = "grade"
    MATERIAL = "material"
    SIZE = "size"
    NUTRITION = "nutrition"
    QUANTITY = "quantity"
    STATUS = "status"
    REASON = "reason"
    ADVICE = "advice"
    INPUTS = "inputs"
    DESTINATION = "destination"
    FARM_INPUT = "farm_input"


class LabelForm(Enum):
    """Where a label is told."""

    PAGE = "page"
    """A product's page and the usual sheet, on screen and on paper."""
    HEAD = "head"
    """The first facts of a sheet, and cards."""
    DIGITAL = "digital"
    PRINTED = "printed"
    """The printed label and the poster."""
    RECORD = "record"
    """The change record of a digital label."""


class LabelWording(Struct, frozen=True):
    """What an item is called. Nothing where it is as on a page; paper says what the digital label says."""

    page: str
    head: str = ""
    digital: str = ""
    printed: str = ""
    record: str = ""

    def of(self, form: LabelForm) -> str:
        """The heading on a form."""
        if form is LabelForm.PAGE:
            return self.page
        if form is LabelForm.PRINTED:
            return self.printed or self.digital or self.page
        return getattr(self, form.value) or self.page


class Demand(Enum):
    """How a clause wants an item."""

    MUST = "must"
    """Whoever did not record it is asked for it."""
    IF_ANY = "if any"
    """It must stand there where there is such a thing, which the data cannot tell."""
    FOLLOWS = "follows"
    """It is computed from other items, and asked for through them."""


class LabelClause(Struct, frozen=True):
    """Where an edition of the rules wants an item, and what it calls it if that differs from other editions."""

    number: str
    demand: Demand = Demand.MUST
    term: str = ""


class Labelled(Struct, frozen=True, kw_only=True):
    """What a label is about: a product, one batch of it when given, and what other records say, as it is read.

    `licence` is that of the makers: a small workshop is registered itself, not each of its products.
    """

    product: Product
    batch: Batch | None = None
    makers: str = ""
    address: str = ""
    telephone: str = ""
    licence: str = ""
    place: str = ""
    others: tuple[Labelled, ...] = ()
    """The same by the other versions of the product that the batch may be of; none where it is certain which."""


UNSURE = "不确定是哪一版："
"""Before what an item may say, where a batch may be of several versions of its product."""


class LabelItem(Struct, frozen=True, kw_only=True):
    """One item of the label.

    `value` says what is recorded, nothing where nothing is; without one the item is a table, told in a form of its own.
    `clauses` are by edition of the rules, as far as one wants the item. `of_batch` items belong to one batch. An
    `optional` item is left out where nothing is recorded, and one that is `needless` there; others are shown as missing.
    `repeated` tells whether the
    change record reads old values aloud. `held` tells whether the data hold it, where that is more than its value.
    """

    en: str
    words: LabelWording
    value: Callable[[Labelled], str] | None = None
    words_of: Mapping[ProductKind, LabelWording] = {}
    """Other words for some kinds of products."""
    clauses: Mapping[str, LabelClause] = {}
    of_batch: bool = False
    optional: bool = False
    needless: Callable[[Labelled], bool] | None = None
    repeated: bool = True
    held: Callable[[Labelled], bool] | None = None

    def heading(self, form: LabelForm, kind: ProductKind | None = None, rules: str = "") -> str:
        """What it is called on a form, for a kind of product, by an edition of the rules."""
        if form is LabelForm.PRINTED:
            clause = self.clause(kind, rules)
            if clause and clause.term:
                return clause.term
        words = self.words_of.get(kind, self.words) if kind and self.words_of else self.words
        return words.of(form)

    def clause(self, kind: ProductKind | None, rules: str) -> LabelClause | None:
        """Where the law wants it on a kind of product, by an edition of the rules for food."""
        if kind is ProductKind.PROCESSED:
            return self.clauses.get(rules)
        return self.clauses.get(FARM) if kind is ProductKind.PRODUCE else None

    def said(self, about: Labelled) -> str:
        """What is recorded of it: each of several values where it is not certain which one holds."""
        if self.value is None:
            return ""
        if not about.others:
            return self.value(about)
        each = dict.fromkeys(self.value(one) or _NOTHING for one in (about, *about.others))
        if len(each) > 1:
            return f"{UNSURE}{'；或者'.join(each)}"
        return self.value(about)

    def is_unsure(self, about: Labelled) -> bool:
        """Whether it is not certain which of several values holds."""
        value = self.value
        return value is not None and any(value(each) != value(about) for each in about.others)

    def may_be_left_out(self, about: Labelled) -> bool:
        """Whether nobody misses it where nothing is recorded."""
        return self.optional or bool(self.needless and self.needless(about))

    def holds(self, about: Labelled) -> bool:
        """Whether it is recorded."""
        return self.held(about) if self.held else bool(self.said(about))


_NOTHING = "未记录"


class LabelRow(NamedTuple):
    """An item as it is shown: its heading, and what is recorded; nothing reads as missing."""

    item: LabelKey
    heading: str
    value: str
