"""The classes for items of the label: their wording on each form, the clauses that require them, and their values.

The items themselves are in `items.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, StrEnum
from typing import NamedTuple

from msgspec import Struct

from xiangji.model.parsing.telephone import CallPart
from xiangji.model.vocabularies import ProductKind
from xiangji.records.batch import Batch
from xiangji.records.product import Product

OLD = "gb7718-2011"
NEW = "gb7718-2025"
FARM = "farm-produce"
"""The rules for fresh produce, which GB 7718 does not cover: 农产品质量安全法. They have no editions."""


class LabelKey(StrEnum):
    """The keys of the items. A key never changes; its wording may."""

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
    GTIN = "gtin"
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
    """The forms in which label items are shown."""

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
    """The headings of an item by form. An empty one is as on a page. An empty `printed` is as on the digital label."""

    page: str
    head: str = ""
    digital: str = ""
    printed: str = ""
    record: str = ""

    def of(self, form: LabelForm) -> str:
        """Return the heading on a form."""
        if form is LabelForm.PAGE:
            return self.page
        if form is LabelForm.PRINTED:
            return self.printed or self.digital or self.page
        return getattr(self, form.value) or self.page


class Demand(Enum):
    """How a clause requires an item."""

    MUST = "must"
    """Always. If it is not recorded, a check reports it."""
    IF_ANY = "if any"
    """Only if the thing exists, which the data cannot show."""
    FOLLOWS = "follows"
    """Always, but it is computed from other items, which are checked instead."""


class LabelClause(Struct, frozen=True):
    """The clause of an edition of the rules that requires an item. `term` is its heading if other editions differ."""

    number: str
    demand: Demand = Demand.MUST
    term: str = ""


class Labelled(Struct, frozen=True, kw_only=True):
    """The subject of a label: a product, or one of its batches, and texts from other records.

    `licence` is the licence of the makers, since a small workshop is registered itself and not each of its products.
    """

    product: Product
    batch: Batch | None = None
    makers: str = ""
    address: str = ""
    telephone: str = ""
    licence: str = ""
    place: str = ""
    others: tuple[Labelled, ...] = ()
    """The same for the other versions of the product that the batch may be of. Empty if its version is certain."""


UNSURE = "不确定是哪一版："
"""The text before several possible values of an item, if a batch may be of several versions of its product."""


class LabelItem(Struct, frozen=True, kw_only=True):
    """One item of the label.

    - `value` returns the recorded value, or an empty text. It is None if the item is not shown as a row.
    - `clauses` are the clauses that require the item, by edition of the rules.
    - `of_batch` says whether the item belongs to a batch, not to the product.
    - An `optional` item without value is left out, and one for which `needless` returns true. Others are shown as
      missing.
    - `repeated` says whether the change record shows old values.
    - `held` returns whether the item is recorded, if a value alone does not show it.
    """

    en: str
    words: LabelWording
    value: Callable[[Labelled], str] | None = None
    words_of: Mapping[ProductKind, LabelWording] = {}
    """Other headings for some kinds of products."""
    words_of_batch: Callable[[Batch], LabelWording | None] | None = None
    """Other headings for some batches."""
    clauses: Mapping[str, LabelClause] = {}
    of_batch: bool = False
    optional: bool = False
    needless: Callable[[Labelled], bool] | None = None
    repeated: bool = True
    held: Callable[[Labelled], bool] | None = None

    def heading(
        self,
        form: LabelForm,
        kind: ProductKind | None = None,
        rules: str = "",
        batch: Batch | None = None,
    ) -> str:
        """Return the heading on a form, for a kind of product, an edition of the rules, and a batch."""
        own = self.words_of_batch(batch) if batch and self.words_of_batch else None
        if own:
            return own.of(form)
        if form is LabelForm.PRINTED:
            clause = self.clause(kind, rules)
            if clause and clause.term:
                return clause.term
        words = self.words_of.get(kind, self.words) if kind and self.words_of else self.words
        return words.of(form)

    def clause(self, kind: ProductKind | None, rules: str) -> LabelClause | None:
        """Return the clause that requires the item for a kind of product, or None. `rules` is the edition for food."""
        if kind is ProductKind.PROCESSED:
            return self.clauses.get(rules)
        return self.clauses.get(FARM) if kind is ProductKind.PRODUCE else None

    def said(self, about: Labelled) -> str:
        """Return the recorded value, or all possible values if the version of the batch is not certain."""
        if self.value is None:
            return ""
        if not about.others:
            return self.value(about)
        each = dict.fromkeys(self.value(one) or _NOTHING for one in (about, *about.others))
        if len(each) > 1:
            return f"{UNSURE}{'；或者'.join(each)}"
        return self.value(about)

    def is_unsure(self, about: Labelled) -> bool:
        """Whether the possible versions of the batch have different values."""
        value = self.value
        return value is not None and any(value(each) != value(about) for each in about.others)

    def may_be_left_out(self, about: Labelled) -> bool:
        """Whether the item is left out if it has no value."""
        return self.optional or bool(self.needless and self.needless(about))

    def holds(self, about: Labelled) -> bool:
        """Whether the item is recorded."""
        return self.held(about) if self.held else bool(self.said(about))


_NOTHING = "未记录"


class LabelRow(NamedTuple):
    """An item as it is shown: its key, its heading and its value. An empty value is shown as missing."""

    item: LabelKey
    heading: str
    value: str
    parts: tuple[CallPart, ...] = ()
    """The numbers to call in the value and the words between them, of a telephone.

    They are worked out before a template sees them: one that looks into a text is rendered anew for each record.
    """
