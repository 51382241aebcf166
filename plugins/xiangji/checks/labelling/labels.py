"""Checks labels: licence numbers, credit codes, bar codes, certificates, and the items that the law requires.

The rules depend on the product kind. Whether the old or the new label rules apply depends on the production date of
the newest batch (`standards.md` §4.2). A number with 示例 in a record that is marked as a sample is accepted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xiangji.checks.labelling import allergens, check_digits
from xiangji.checks.labelling.rulesets import NUTRIENTS, label_rules, newest_day, nutrient
from xiangji.checks.wording.passages import Voice, passages_of
from xiangji.checks.wording.text_folding import fold
from xiangji.label.item import Demand, LabelForm, LabelKey
from xiangji.label.items import ARRANGEMENTS, ITEMS
from xiangji.label.versions import counted_from
from xiangji.library import Library
from xiangji.library.labelled import labelled
from xiangji.model.location import Location
from xiangji.model.vocabularies import ProducerKind, ProductKind
from xiangji.problems import Problem, problem
from xiangji.records.batch import Batch
from xiangji.records.brand import Producer
from xiangji.records.product import Certificate, Product


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report invalid numbers, and labels on which required items are missing."""
    for producer in library.producers.values():
        yield from _credit_code(producer)
        if producer.licence and _looks_national(producer.licence):
            place = producer.origin.of("licence")
            yield from _licence(producer.licence, place, producer.sample)
    yield from _bar_codes(library)
    for product in library.products.values():
        yield from _product_numbers(product, library)
        yield from _certificates(product, today)
        rules = label_rules(library, product, today)
        if ITEMS[LabelKey.ALLERGENS].clause(product.kind, rules):
            yield from allergens.check_product(product)
        yield from _label_fields(product, library, rules)
        yield from _digital_label(product, library)


def _let_through(number: str, sample: bool) -> bool:
    return sample and check_digits.is_example(number)


# --- numbers -------------------------------------------------------------------------------------


def _product_numbers(product: Product, library: Library) -> Iterator[Problem]:
    """Check licence and standard of a product. Only processed food needs a licence (食品安全法 art. 35)."""
    makers = [library.producers[each] for each in product.makers if each in library.producers]
    small = any(each.kind is ProducerKind.SMALL_WORKSHOP for each in makers)
    licence = product.licence
    # A small workshop has a provincial number, which has no national form (食品安全法 art. 36).
    national = licence and (_looks_national(licence) or not small)
    if licence and national and product.kind is ProductKind.PROCESSED:
        yield from _licence(licence, product.origin.of("licence"), product.sample)
    standard = product.standard
    if not standard or _let_through(standard, product.sample):
        return
    if not check_digits.standard_is_formed(standard):
        yield problem("standard-number", product.origin.of("standard"), value=standard)


def _looks_national(licence: str) -> bool:
    number = check_digits.plain(licence)
    return number.startswith(("SC", "QS")) or number.isdigit()


def _licence(number: str, place: Location, sample: bool) -> Iterator[Problem]:
    """Check a licence number. All findings are warnings, because some real numbers fail (`standards.md` §4.5)."""
    if _let_through(number, sample):
        return
    if check_digits.plain(number).startswith("QS"):
        yield problem("licence-old", place, value=number)
    elif not check_digits.sc_is_formed(number):
        yield problem("licence-format", place, value=number)
    elif not check_digits.sc_agrees(number):
        yield problem("licence-check-digit", place, value=number)


def _credit_code(producer: Producer) -> Iterator[Problem]:
    code = producer.credit_code
    if not code or _let_through(code, producer.sample):
        return
    place = producer.origin.of("credit_code")
    if not check_digits.credit_code_is_formed(code) or not check_digits.credit_code_agrees(code):
        yield problem("credit-code", place, value=code)
    elif not check_digits.organisation_agrees(code):
        yield problem("credit-code-inner", place, value=code)


def _bar_codes(library: Library) -> Iterator[Problem]:
    """Check that each GTIN is valid, licensed and used for one item only (`standards.md` §1.3, §1.4)."""
    taken: dict[str, tuple[Product, bool, Location]] = {}
    for product in library.products.values():
        holders = [(product.gtin, False, product.origin.of("gtin"))]
        holders += [(each.gtin, True, each.origin.of("gtin")) for each in product.variants]
        for gtin, is_variant, place in holders:
            if not gtin or _let_through(gtin, product.sample):
                continue
            yield from _gtin(gtin, place)
            key = check_digits.gtin_14(gtin)
            owner, owner_is_variant, where = taken.setdefault(key, (product, is_variant, place))
            # A product's GTIN may be repeated on its variant.
            again = owner is product and owner_is_variant != is_variant
            if where != place and not again:
                yield problem("gtin-twice", place, value=gtin, other=where)


def _gtin(gtin: str, place: Location) -> Iterator[Problem]:
    if not check_digits.gtin_is_formed(gtin) or not check_digits.gtin_agrees(gtin):
        yield problem("gtin-check-digit", place, value=gtin)
    elif check_digits.gtin_is_restricted(gtin):
        yield problem("gtin-restricted", place, value=gtin)
    elif not check_digits.gtin_is_chinese(gtin):
        yield problem("gtin-prefix", place, value=gtin)


# --- certificates --------------------------------------------------------------------------------

_MARKS = {
    "绿色食品": "绿色",
    "有机": "有机",
    "无公害": "无公害",
    "地理标志": "地理标志",
    "名特优新": "名特优新",
}
"""Certificates that allow a mark, each with the word by which texts refer to the mark."""


def _certificates(product: Product, today: date) -> Iterator[Problem]:
    if not product.certificates:
        return
    passages = passages_of(product, Voice.SELLS)
    texts = (each.text for each in passages if not isinstance(each.record, Certificate))
    said = "\n".join(fold(each).text for each in texts)
    for paper in product.certificates:
        mark = next((mark for mark in _MARKS if mark in paper.name), None)
        if mark is None:
            continue
        yield from _certificate_number(paper, mark)
        if paper.valid_to and paper.valid_to < today and _MARKS[mark] in said:
            renewed = any(mark in o.name and o.valid_on(today) for o in product.certificates)
            if not renewed:
                place = paper.origin.of("valid_to")
                yield problem("certificate-expired", place, value=paper.name, mark=_MARKS[mark])


def _certificate_number(paper: Certificate, mark: str) -> Iterator[Problem]:
    number = paper.number
    if not number or _let_through(number, paper.sample):
        return
    formed = {"绿色食品": check_digits.green_is_formed, "有机": check_digits.organic_is_formed}.get(
        mark
    )
    if formed and not formed(number):
        form = "LB-、GF 开头的编号" if mark == "绿色食品" else "17 位有机码"
        form_en = "an LB- or GF number" if mark == "绿色食品" else "an organic code of 17 digits"
        place = paper.origin.of("number")
        yield problem("certificate-number", place, value=number, form=form, form_en=form_en)


# --- label items ---------------------------------------------------------------------------------


def _label_fields(product: Product, library: Library, rules: str) -> Iterator[Problem]:
    """Report the items that are missing on the label of a product for sale, in one warning.

    A product without a dated batch is skipped: nothing is labelled yet, and it is not known which edition of the rules
    applies. Samples are skipped, because they are not sold.
    """
    if product.sample or product.hidden or newest_day(library, product) is None:
        return
    lacking = lacking_items(product, library, rules)
    if lacking:
        place = product.origin.of("name")
        yield problem("label-field", place, **lacking_details(product, rules, lacking))


def lacking_items(
    product: Product, library: Library, rules: str, batch: Batch | None = None
) -> list[tuple[str, str, str]]:
    """The required items that are not recorded: Chinese name, English name and clause of each.

    The items of `batch` come last, if it is given.
    """
    about = labelled(library, product, batch)
    of_product: list[tuple[str, str, str]] = []
    of_batch: list[tuple[str, str, str]] = []
    for key in ARRANGEMENTS[LabelForm.DIGITAL].get(product.kind, ()):
        item = ITEMS[key]
        clause = item.clause(product.kind, rules)
        if clause is None or clause.demand is not Demand.MUST:
            continue
        told = (item.heading(LabelForm.PAGE, product.kind), item.en, clause.number)
        if not item.of_batch and not item.holds(about):
            of_product.append(told)
        elif item.of_batch and batch and not item.holds(about):
            # The law requires a day, but only a part of the date is recorded: the message says so.
            number = f"{clause.number}，要写到日" if item.said(about) else clause.number
            of_batch.append((*told[:2], number))
    return of_product + _nutrients(about.product, rules) + of_batch


def lacking_details(
    product: Product, rules: str, lacking: list[tuple[str, str, str]]
) -> dict[str, str]:
    """The details of a message about missing items."""
    produce = product.kind is ProductKind.PRODUCE
    named = rules.upper().replace("GB", "GB ")
    return {
        "product": product.name,
        "rules": "农产品质量安全法" if produce else named,
        "rules_en": "the law on farm produce" if produce else named,
        "missing": "、".join(f"{zh}（{clause}）" for zh, _, clause in lacking),
        "missing_en": ", ".join(f"{en} ({clause})" for _, en, clause in lacking),
    }


def _digital_label(product: Product, library: Library) -> Iterator[Problem]:
    """Check what `label-field` does not check of a digital label (`standards.md` §4.3).

    A digital label is for food only, and each of its batches needs a day.
    """
    if not product.digital_label:
        return
    if product.kind not in ARRANGEMENTS[LabelForm.DIGITAL]:
        place = product.origin.of("digital_label")
        yield problem("digital-label-kind", place, product=product.name, kind=product.kind)
        return
    if product.sample:
        return
    for batch in library.batches.of(product.id):
        if counted_from(product, batch) is None and not batch.sample:
            place = batch.origin.of("lot")
            yield problem("digital-label-date", place, product=product.name, lot=batch.lot)


def _nutrients(product: Product, rules: str) -> list[tuple[str, str, str]]:
    """The rows that are missing in a nutrition table (GB 28050: 1+4 before, 1+6 now).

    A product without a table is skipped: whether it needs one depends on exemptions that are not in the data.
    """
    if not product.nutrition or product.kind is not ProductKind.PROCESSED:
        return []
    wanted = NUTRIENTS[rules]
    names = {nutrient(each.name) for each in product.nutrition}
    item = ITEMS[LabelKey.NUTRITION]
    clause = item.clause(product.kind, rules)
    named, number = item.heading(LabelForm.PAGE, product.kind), clause.number if clause else ""
    return [
        (f"{named}里的{each}", f"{item.en} {each}", number) for each in wanted if each not in names
    ]
