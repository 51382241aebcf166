"""Files that lie in the right folder under nearly the right name, and so would not be read.

A file manager hides endings (`product.yml.txt`), a phone capitalises (`Story.md`), a person
translates (`产品.yml`). Names in, one name out; the folders are listed by `village.py`.
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
"""Other words that people use for a file's stem."""

_ENDINGS = {
    "yml": ("yml", "yaml", "txt", "yml.txt", "yaml.txt", "yml.yml", "md", "doc", "docx", "json"),
    "md": ("md", "txt", "md.txt", "markdown", "md.md", "doc", "docx", "yml", "yaml"),
    "csv": ("csv.csv", "csv.txt", "csv", "txt"),
}
_TABLES = frozenset(f"batches.{ending}" for ending in ("csv", "xlsx", "xlsm", "xls", "et", "ods"))
"""Right names of their own, which no other record is written under."""

_RECORDS = (".yml", ".yaml", ".txt", ".md", ".csv", ".doc", ".docx")


def misnamed(wanted: str, names: Iterable[str]) -> str | None:
    """The name among `names` that was meant as `wanted`, or None."""
    stem, _, ending = wanted.partition(".")
    meant = {f"{each}.{last}" for each in (stem, *_ALSO.get(stem, ())) for last in _ENDINGS[ending]}
    near = (name for name in sorted(names) if name.lower().replace(" ", "") in meant)
    return next((name for name in near if name != wanted), None)


def some_record(names: Iterable[str]) -> str | None:
    """Any name that looks like a record's and not like a picture's, or None."""
    found = (name for name in sorted(names) if name.lower() not in _TABLES)
    return next((name for name in found if name.lower().endswith(_RECORDS)), None)
