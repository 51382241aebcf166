"""Recognises misspelt file names in the right folder, because such files would not be read.

File managers hide endings (`product.yml.txt`), phones capitalise (`Story.md`), people translate (`产品.yml`).
The functions only compare names. `village.py` lists the folders.
"""

from __future__ import annotations

from collections.abc import Iterable

_ALSO = {
    "product": ("products", "产品", "商品"),
    "story": ("stories", "故事", "正文", "readme", "index"),
    "workshop": ("workshops", "工作坊"),
    "brand": ("brands", "品牌", "村子"),
    "people": ("person", "persons", "人物", "人物名单"),
    "batches": ("batch", "批次", "批次表"),
    "codes": ("code", "二维码登记", "印刷登记"),
}
"""Other words that people use for the stem of a file name."""

_ENDINGS = {
    "yml": ("yml", "yaml", "txt", "yml.txt", "yaml.txt", "yml.yml", "md", "doc", "docx", "json"),
    "md": ("md", "txt", "md.txt", "markdown", "md.md", "doc", "docx", "yml", "yaml"),
    "csv": ("csv.csv", "csv.txt", "csv", "txt"),
}
_WORKBOOKS = ("xlsx", "xlsm", "xls", "et", "ods")
_TABLES = frozenset(f"batches.{ending}" for ending in ("csv", *_WORKBOOKS))
"""The right names of batch tables, which are not misspelt names of other records."""

_RECORDS = (".yml", ".yaml", ".txt", ".md", ".csv", ".doc", ".docx")


def misnamed(wanted: str, names: Iterable[str]) -> str | None:
    """The first of `names` that was probably meant as `wanted`, or None."""
    stem, _, ending = wanted.partition(".")
    stems = (stem, *_ALSO.get(stem, ()))
    meant = {f"{each}.{last}" for each in stems for last in _ENDINGS[ending]}
    if stem == "batches":
        meant |= {f"{each}.{last}" for each in stems[1:] for last in _WORKBOOKS}
    near = (name for name in sorted(names) if name.lower().replace(" ", "") in meant)
    return next((name for name in near if name != wanted), None)


def some_record(names: Iterable[str]) -> str | None:
    """The first of `names` that has the ending of a record and is no batch table, or None."""
    found = (name for name in sorted(names) if name.lower() not in _TABLES)
    return next((name for name in found if name.lower().endswith(_RECORDS)), None)
