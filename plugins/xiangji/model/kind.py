"""Declares kinds of records: what the field table of a record class cannot express.

All else follows from the fields: keys in both languages, messages, references, schemas, field lists, disclosure,
checks, lists, pages and data files. Only the module that declares a kind mentions it by name.
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

PAGES = ("generic", "counted", "indicator", "partner", "producer", "route")
"""Names of the page functions in `views.kind_page`."""

EXPORTS = ("json", "csv", "ics", "hsds")
"""Names of the data formats that `views.exports` writes."""


class Within(Struct, frozen=True):
    """For a kind whose records are nested in another record: the class and list field that contain them."""

    record: type[Any]
    field: str
    file: str
    """The file that an author edits to change them."""


class RecordFile(Struct, frozen=True):
    """A kind of file that contains records of a kind.

    `name` is the name of its schema. `places` are globs from the village's folder, without the ending. `given` are
    fields that come from the file's name. `listed` says that the file holds a list of records, bare or below one key.
    `wrapper` is the record class around that list, if it has one. `ending` is `yml`, `md` for Markdown with front
    matter, or `csv` for a table with a reader of its own.
    """

    name: str
    places: tuple[str, ...]
    given: tuple[str, ...] = ()
    listed: bool = False
    wrapper: type[Any] | None = None
    ending: str = "yml"


class PosterTerms(Struct, frozen=True):
    """What stands on the poster of a record: its title, its `note`, and these.

    `call` is the text beside the code. `facts` are fields whose values stand in lines. `picture` is the field of the
    picture. `wanted` says whether a record has a poster on a day.
    """

    call: str
    facts: tuple[str, ...] = ()
    picture: str = "picture"
    wanted: Callable[[Any, date], bool] = lambda record, today: True


class RecordKind(Struct, frozen=True, kw_only=True):
    """One kind of record.

    `name` is the name of its collection, its address, and its folder below `FOLDER`. `one` is the stem of the file of
    a single record. `publishable` decides whether a record may be published on a day; it has no default, so that the
    author of a kind has to decide. `title`, `note`, `group` and `order` are names of fields: the title of a record,
    the line below it in lists, the heading of its group, and the sort key of lists, largest first (`""`: in the order
    written). `checks` are functions from the library, a record and the day to problems; the wording of these problems
    is in `rules`, or in `locale/` for our own kinds. `page` is a name in `PAGES`, or `""` for no page, or a function from the render context, the kind
    and a record to a page. `exports` are names in `EXPORTS`.
    """

    name: str
    one: str
    record: type[Any]
    heading: str
    lead: str
    publishable: Callable[[Any, date], bool]
    within: Within | None = None
    files: tuple[RecordFile, ...] = ()
    """The files of a kind that has a folder or file of its own. Without them, its records are below `FOLDER`."""
    family: str = ""
    """The page family that makes the list and the pages; empty if the generic views make them."""
    about: str = ""
    """The field with the people whom a record is about. It is published only if each of them agreed to be named."""
    key: str = "id"
    """The attribute of a record by which the library finds it."""
    listed_at: str = ""
    """The address of its list, if that is not its name."""
    numerous: bool = False
    """Whether there are so many records that only checks visit all. Pages of other records do not link to them."""
    title: str = "title"
    note: str = ""
    group: str = ""
    order: str = ""
    arrange: Callable[[Sequence[Any], date], list[tuple[str, list[Any]]]] | None = None
    """A function that returns headings with their records, for lists that `group` and `order` cannot describe."""
    tallies: tuple[str, ...] = ()
    """Fields whose words are counted on the list. `measure` is the measure word after each number."""
    measure: str = "条"
    sums: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Fields with numbers whose sum the list tells, each with its sentence: `帮到 {} 户次`."""
    page: str | Callable[..., Any] = "generic"
    has_page: Callable[[Any], bool] | None = None
    """Whether a record has a page, if not all records of the kind do."""
    expected: tuple[str, ...] = ()
    """Fields for which a page says 未记录 if they are not written. Other unwritten fields are left out."""
    checks: tuple[Callable[[Any, Any, date], Iterable[Any]], ...] = ()
    rules: Mapping[str, Any] = msgspec.field(default_factory=dict)
    exports: tuple[str, ...] = ("json", "csv")
    called_off: str = ""
    """The flag field that says that something is cancelled. Lists and pages show this first."""
    over: Callable[[Any, date], str] | None = None
    """Returns what lists and pages say first of a record whose time is past on a day (已经截止了); empty if it is not."""
    relation: Callable[[Any, str, str, date], str] | None = None
    """Returns what a record has to do with a record that it refers to, by that one's kind and id, on a day.

    It stands below the record's title on the page of the other; where it is empty, the usual note does.
    """
    pending: Callable[[Any, date], str] | None = None
    """Returns what is still to be done about a record on a day (收到 12 天了), for `xiangji report handover`; empty if nothing."""
    settle: Callable[[Mapping[str, Any], Any, date], Mapping[str, Any]] | None = None
    """Returns the records by id as they are published, from those and the disclosed library on a day.

    It is for numbers that are counted, or too small to be told: pages, data and search get what it returns.
    """
    templates: str | None = None
    """A package with folders `pages/` and `styles/` for templates and style sheets, if the kind has its own."""
    guide: str = ""
    """Advice for authors beyond the fields, in Chinese. `xiangji kinds NAME` prints it at the end."""
    schema_type: str = ""
    """Its type in schema.org. If it has one, pages contain the record as JSON-LD."""
    schema_constants: Mapping[str, Any] = msgspec.field(default_factory=dict)
    """What holds of all its records in schema.org: a livestream is broadcast live."""
    poster: PosterTerms | None = None
    """What stands on the poster of a record, if its records have posters."""

    @property
    def is_further(self) -> bool:
        """Whether this is a further kind: its records are below `FOLDER`, and only the generic mechanism reads them."""
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
        """The address of its list."""
        return self.listed_at or f"{self.name}/"

    def title_of(self, record: Any) -> str:
        """The title of a record."""
        return str(getattr(record, self.title))

    def is_off(self, record: Any) -> bool:
        """Whether a record says that its event is cancelled."""
        return bool(self.called_off) and bool(getattr(record, self.called_off))

    def notice_of(self, record: Any, today: date) -> str:
        """What lists and pages say first of a record that is cancelled or whose time is past; else empty."""
        if self.is_off(record):
            return "取消了，不办了"
        return self.over(record, today) if self.over else ""

    def address_of(self, record: Any) -> str:
        """The address of a record's page, whether its family is on or off; empty if it has no page."""
        if not self.page or (self.has_page and not self.has_page(record)):
            return ""
        return f"{self.address}{getattr(record, self.key)}/"


def is_public(record: Any, today: date) -> bool:
    """Whether a record's own field `visibility` says public."""
    return record.visibility is Visibility.PUBLIC


def always(record: Any, today: date) -> bool:
    """Every record may be published."""
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
