"""Kinds of records as declared values: what the field table of a record class cannot say.

Everything else follows from the fields: keys in both languages, messages, references, schemas, field lists, disclosure,
checks, lists, pages and data files. Nobody names a kind but the module that declares it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from msgspec import Struct

from xiangji.model.fields import Choice, ListOf, Nested, Reference, field
from xiangji.model.folders import FOLDER
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import FLAG, ID, LINE, WEB
from xiangji.model.vocabularies import Visibility

PAGES = ("generic", "producer")
"""Names of pages that `views.kind_page` makes."""

EXPORTS = ("json", "csv", "ics")
"""Names of forms of data that `views.exports` writes."""


class Within(Struct, frozen=True):
    """Where records of a kind lie that are written down inside another: in a list field of its record."""

    record: type[Any]
    field: str
    file: str
    """The file that an author edits to change them."""


class RecordFile(Struct, frozen=True):
    """A kind of file in which records of a kind lie: its name among the schemas, and where it is.

    `places` are globs below the village without the ending; `given` are fields that come from the file's name instead.
    `listed` says that the file holds a list of such records, bare or below one key, and `wrapper` is the record around
    that list where it has a class of its own. `ending` is `yml`, `md` for facts on top of Markdown, or `csv` for a table that has a
    reader of its own.
    """

    name: str
    places: tuple[str, ...]
    given: tuple[str, ...] = ()
    listed: bool = False
    wrapper: type[Any] | None = None
    ending: str = "yml"


class RecordKind(Struct, frozen=True, kw_only=True):
    """One kind of record.

    `name` is its collection, its address and its folder below `FOLDER`; `one` is the stem of the file of a single
    record. `publishable` says what of it may leave the house on a day, and has no default: whoever adds a kind decides.
    `title`, `note`, `group` and `order` name fields: what a record is called, the line below it in lists, the heading
    that it stands under, and what lists are sorted by, the largest first (`""`: in the order written).
    `checks` get the library, a record and the day, and give problems; their wording is in `rules`, or in
    `locale/` where a kind is ours.
    `page` is a name out of `PAGES`, none (`""`), or a function of one's own, from the press, the kind and
    a record to a page.
    `exports` are names out of `EXPORTS`.
    """

    name: str
    one: str
    record: type[Any]
    heading: str
    lead: str
    publishable: Callable[[Any, date], bool]
    within: Within | None = None
    files: tuple[RecordFile, ...] = ()
    """Where the records lie that have a folder of their own; else they lie below `FOLDER`."""
    family: str = ""
    """The page family that makes the list and the pages, where it is not the mechanism of kinds."""
    key: str = "id"
    """The attribute that its records are found by."""
    listed_at: str = ""
    """Where its list is, if that is not its name."""
    numerous: bool = False
    """So many that only checks pass over all of them: what they refer to is told by pages of their own."""
    title: str = "title"
    note: str = ""
    group: str = ""
    order: str = ""
    arrange: Callable[[Sequence[Any], date], list[tuple[str, list[Any]]]] | None = None
    """Headings with the records below each, where `group` and `order` do not tell it."""
    tallies: tuple[str, ...] = ()
    """Fields by whose words the records are counted on the list, and `measure`, the word behind such a number."""
    measure: str = "条"
    page: str | Callable[..., Any] = "generic"
    has_page: Callable[[Any], bool] | None = None
    """Which records have a page, where not all do."""
    expected: tuple[str, ...] = ()
    """Fields that a page says are 未记录 where they are not written; others are left out then."""
    checks: tuple[Callable[[Any, Any, date], Iterable[Any]], ...] = ()
    rules: Mapping[str, Any] = msgspec.field(default_factory=dict)
    exports: tuple[str, ...] = ("json", "csv")
    called_off: str = ""
    """A field that says that the thing does not take place: lists and pages say so before anything else."""
    templates: str | None = None
    """A package with folders `pages/` and `styles/` of templates and style sheets, if a kind brings its own."""
    guide: str = ""
    """What whoever writes it should know beyond its fields, in Chinese: `xiangji kinds NAME` ends with it."""
    schema_type: str = ""
    """Its type in schema.org, if it has one: then pages say it in JSON-LD."""

    @property
    def is_further(self) -> bool:
        """Whether its records are read and shown by the mechanism of kinds alone."""
        return self.within is None and not self.files

    @property
    def record_files(self) -> tuple[RecordFile, ...]:
        """The kinds of files that an author writes."""
        if self.files or self.within is not None:
            return self.files
        at = f"{FOLDER}/{self.name}"
        single = RecordFile(self.one, (f"{at}/*", f"{at}/*/{self.one}"), ("id",))
        return single, RecordFile(self.name, (at,), listed=True)

    @property
    def source(self) -> str:
        """What an author edits to change its list: a file, or the folder of its records."""
        return self.within.file if self.within else f"{FOLDER}/{self.name}"

    @property
    def address(self) -> str:
        """Where its list is."""
        return self.listed_at or f"{self.name}/"

    def title_of(self, record: Any) -> str:
        """What a record is called."""
        return str(getattr(record, self.title))

    def is_off(self, record: Any) -> bool:
        """Whether what a record tells of does not take place."""
        return bool(self.called_off) and bool(getattr(record, self.called_off))

    def address_of(self, record: Any) -> str:
        """The page of a record, whether its family is on or not; nothing where it has none."""
        if not self.page or (self.has_page and not self.has_page(record)):
            return ""
        return f"{self.address}{getattr(record, self.key)}/"


def is_public(record: Any, today: date) -> bool:
    """Whether a record's own field says that it may be told."""
    return record.visibility is Visibility.PUBLIC


def always(record: Any, today: date) -> bool:
    """Every record may be told."""
    return True


# --- fields that most kinds have ----------------------------------------------------------------

IDENTIFIER = field(
    "编号", ID, "全站唯一；文件名就是编号的不用写", "unique id; the file's name else", required=True
)
SAMPLE = field("示例", FLAG, "虚构的写“是”", "yes for a made-up one", default=False)
PUBLIC = field(
    "公开范围",
    Choice(Visibility),
    "写“不公开”，哪里都不出现",
    "private: it appears nowhere",
    default=Visibility.PUBLIC,
)
INTERNAL = field(
    "公开范围",
    Choice(Visibility),
    "不写就是不公开；写“公开”才出现在网站上",
    "private unless it says public",
    default=Visibility.PRIVATE,
)
ELSEWHERE = field(
    "原来的网址", WEB, "从别的村子的网站拿来的，原文在哪里", "the page of another site that told it"
)
SOURCES = field("来源", ListOf(Reference("sources")), "出处", "source ids")
CLAIMS = field("断言", ListOf(Nested(Claim)), "要有证据的话", "sentences that need evidence")
ORDINARY = field(
    "平常话", ListOf(LINE), "看着像断言、其实是平常话的句子", "lines that assert nothing"
)
ALLOWED = field(
    "放行", ListOf(Nested(Allowance)), "问过、有依据的广告用语", "reviewed advertising words"
)
