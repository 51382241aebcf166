"""The records of people, with their consents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from xiangji.model.fields import (
    AnyValueType,
    Choice,
    ListOf,
    Nested,
    Record,
    field,
    record,
    rows_to,
)
from xiangji.model.fields import Reference as Ref
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.model.pictured import PICTURED
from xiangji.model.value_types import COUNT, DAY, FLAG, ID, LINE, MEDIA, PROSE, offered
from xiangji.model.vocabularies import (
    ADVERTISING_MEDIA,
    PAGE_MEDIA,
    ConsentAnswer,
    ConsentBy,
    ConsentMedium,
    ConsentState,
    ConsentUse,
    PersonRole,
)

PERSON_ROLE = offered("person-role", PersonRole)
"""What a person is in the village."""

_OF_AGE = 18
"""The age from which a person consents alone (Civil Code, article 17)."""

_EVERYWHERE = (*PAGE_MEDIA, *ADVERTISING_MEDIA, ConsentMedium.THANKS)
"""What a no without a medium is about."""

_TWO = late_pattern("夫妇|夫妻|两口子|俩口子|两公婆")
"""Words by which a name says that it is the name of two people."""


@record("同意", "The consent")
class Consent(Record, frozen=True, kw_only=True):
    """A person's answer for one use. A consent is valid from a day on, until its last day or until it is withdrawn."""

    use: ConsentUse = field(
        "用途",
        Choice(ConsentUse),
        "问的是哪一样：姓名、肖像、声音或引语，一样一条；“工时”是本人要一份签名的工时证明；“广告”是旧写法，等于姓名用在广告",
        "what may be shown: name, portrait, voice or quotation, one entry each; hours: a wish for a signed record of one's hours",
        required=True,
    )
    media: tuple[ConsentMedium, ...] = field(
        "用在",
        ListOf(Choice(ConsentMedium)),
        "用在哪里：网页、批次表、标签、卡片、海报、感谢页；“广告”是标签、卡片、海报三样；不写就是网页和批次表",
        "where: page, sheet, label, card, poster, thanks; advertising means label, card and poster; pages and sheets if absent",
    )
    answer: ConsentAnswer = field(
        "答复",
        Choice(ConsentAnswer),
        "问了，本人说不行，写“不同意”，以后不用再问一遍",
        "refused, if the person was asked and said no",
        default=ConsentAnswer.AGREED,
    )
    given_on: date = field(
        "同意日期", DAY, "哪天答复的", "the day of the answer", required=True, also=["答复日期"]
    )
    expires_on: date | None = field(
        "有效至", DAY, "同意到哪天为止；不写就是没有期限", "last day; absent means no term"
    )
    withdrawn_on: date | None = field(
        "撤回日期", DAY, "哪天收回的；写上这一行，页面上就不再出现", "the day it was withdrawn"
    )
    by: ConsentBy = field(
        "同意人",
        Choice(ConsentBy),
        "本人、监护人或近亲属",
        "who consented: self, guardian or relative",
        default=ConsentBy.SELF,
    )
    of: str | None = field(
        "谁的",
        LINE,
        "这一条写的是两个人的，这是哪一个的",
        "whose it is, where the record is of two people",
        private=True,
    )
    record: str | None = field(
        "存档编号",
        LINE,
        "纸质同意书的存档编号；同意书本身不要放进仓库",
        "the number of the paper form; never put the form itself here",
        private=True,
    )
    origin: Origin = NOWHERE

    @property
    def refused(self) -> bool:
        """Whether the answer was no."""
        return self.answer is ConsentAnswer.REFUSED

    @property
    def asked(self) -> ConsentUse:
        """What was asked for. The older spelling `广告` asks for the name."""
        return ConsentUse.NAME if self.use is ConsentUse.ADVERTISING else self.use

    @property
    def where(self) -> tuple[ConsentMedium, ...]:
        """Every medium that this answer is about. If none is written, a no is for all, and a yes for pages."""
        if self.use is ConsentUse.ADVERTISING:
            return ADVERTISING_MEDIA
        if self.use is ConsentUse.HOURS:
            return (ConsentMedium.PROOF,)
        if not self.media:
            return _EVERYWHERE if self.refused else PAGE_MEDIA
        sells = ADVERTISING_MEDIA if ConsentMedium.ADVERTISING in self.media else ()
        return tuple(dict.fromkeys((*self.media, *sells)))

    def covers(self, use: ConsentUse, medium: ConsentMedium) -> bool:
        """Whether this answer is about `use` in `medium`."""
        return self.asked is use and medium in self.where

    def valid_on(self, day: date) -> bool:
        """Whether this consent is valid on `day`. On the day of the withdrawal it is not."""
        if self.refused or day < self.given_on or (self.withdrawn_on and day >= self.withdrawn_on):
            return False
        return self.expires_on is None or day <= self.expires_on


@record("乡邻见证", "The neighbour's statement")
class Witness(Record, frozen=True, kw_only=True):
    """What a neighbour says of a person. It is published if both agreed to be quoted, and the person to be named."""

    who: str = field(
        "谁说的",
        Ref("people"),
        "哪位乡邻，写编号；要在人物名单里，问过引语",
        "a person id; whoever says it has agreed to be quoted",
        required=True,
    )
    text: str = field("原话", PROSE, "照着记下的话", "the words as written down", required=True)
    on: date | None = field("哪天", DAY, "哪天说的", "the day", also=["日期"])
    sources: tuple[str, ...] = field("来源", ListOf(Ref("sources")), "出处", "source ids")
    origin: Origin = NOWHERE


@record("一句话", "The words")
class Utterance(Record, frozen=True, kw_only=True):
    """The words of one person, as they were written down."""

    who: str = field(
        "谁说的",
        Ref("people"),
        "写编号；要在人物名单里，问过引语",
        "a person id; whoever says it has agreed to be quoted",
        required=True,
    )
    text: str = field("原话", LINE, "照着记下的话", "the words as written down", required=True)
    on: date | None = field("哪天", DAY, "哪天说的", "the day", also=["日期"])
    origin: Origin = NOWHERE


VOICES = field(
    "农户怎么说",
    ListOf(Nested(Utterance)),
    "农户自己的话，好的坏的都写；问过引语才出来",
    "what farmers say of it, good or bad; published if they agreed to be quoted",
)


def is_voice(kind: AnyValueType) -> bool:
    """Whether values of this type are words of people."""
    return isinstance(kind, Nested) and kind.record is Utterance


def voices_of(record: Any) -> Iterator[Utterance]:
    """Yield the words of people in a record."""
    for row in rows_to(type(record), is_voice):
        yield from row.values(record)


@record("人物", "The person")
class Person(Record, frozen=True, kw_only=True):
    """A person who tells, makes or records something. Nothing about a person is published without consent."""

    id: str = field("编号", ID, "全站唯一，只用小写字母、数字和短横", "unique id", required=True)
    name: str = field("姓名", LINE, "怎么称呼", "name", required=True, schema="name")
    alias: str | None = field(
        "化名",
        LINE,
        "不公开姓名时页面上写什么，例如“一位老人”",
        "what stands on the page when the name may not",
    )
    roles: tuple[str, ...] = field(
        "身份",
        ListOf(PERSON_ROLE),
        "讲述人、能工巧匠、乡村CEO、主播……可以几样；没有的自己写",
        "roles; others may be written as well",
        also=["角色"],
    )
    place: str | None = field("地点", Ref("places"), "哪个村、哪个组", "a place id")
    producer: str | None = field(
        "所属", Ref("producers"), "属于哪个合作社或作坊", "a producer id", also=["生产者"]
    )
    portrait: str | None = field("肖像", MEDIA, "图片文件", "picture file", also=["照片"])
    portrait_alt: str | None = field("肖像说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    craft: str | None = field("手艺", LINE, "一句话说会做什么", "what this person makes")
    intro: str | None = field("介绍", PROSE, "几句话", "a few sentences", schema="description")
    taught_by: tuple[str, ...] = field(
        "师傅",
        ListOf(Ref("people")),
        "跟谁学的；写一边就行",
        "who taught this person",
        also=["跟谁学"],
    )
    taught: tuple[str, ...] = field(
        "徒弟",
        ListOf(Ref("people")),
        "教过谁；写一边就行",
        "whom this person taught",
        also=["教过"],
    )
    witnesses: tuple[Witness, ...] = field(
        "乡邻见证",
        ListOf(Nested(Witness)),
        "乡邻怎么说这个人，一人一条；两边都同意引语才出来",
        "what neighbours say of this person; published if both agreed to be quoted",
        also=["见证"],
    )
    two: tuple[str, ...] = field(
        "两个人",
        ListOf(LINE),
        "夫妇、两口子写在一条里的，把每一个人怎么叫写上；同意要一人一条",
        "the names of both, where the record is of a couple; each consents for one",
        private=True,
    )
    birth_year: int | None = field(
        "出生年",
        COUNT,
        "哪年生的，只用来算是不是未成年，不公开",
        "the year of birth, only to tell a minor; never published",
        private=True,
    )
    minor: bool | None = field(
        "未成年", FLAG, "不满十八岁写“是”；满了再去掉", "yes, if under eighteen", private=True
    )
    died: bool | None = field(
        "去世",
        FLAG,
        "已经去世写“是”：由近亲属来答复",
        "yes, if the person has died: the nearest relative answers",
        also=["已故"],
        private=True,
    )
    notice: str | None = field(
        "去世说明",
        LINE,
        "亲属愿意的话，在个人页上写的一句",
        "a line on the person's page, if the family wishes",
    )
    consent: tuple[Consent, ...] = field(
        "同意",
        ListOf(Nested(Consent)),
        "问过的，一样一条：同意的、不同意的都写",
        "answers, one per use",
    )
    git_names: tuple[str, ...] = field(
        "Git 署名",
        ListOf(LINE),
        "在 Git 里用的名字或邮箱；只用来对上是谁改的，自己从不公开",
        "names or e-mail addresses used in Git, to tell who changed a file; never published",
        private=True,
    )
    villager: bool | None = field(
        "本村人",
        FLAG,
        "住在村里、会留下的写“是”，来帮忙的写“否”；只用来数谁在改文件，自己从不公开",
        "yes for who lives here and stays, no for who came to help; to count edits, never published",
        private=True,
    )
    sample: bool = field(
        "示例", FLAG, "虚构的示例人物写“是”", "yes for a made-up person", default=False
    )
    origin: Origin = NOWHERE

    def agrees(
        self, use: ConsentUse, day: date, medium: ConsentMedium = ConsentMedium.PAGE
    ) -> bool:
        """Whether `use` may be shown in `medium` on `day`. The full name of a minor never may."""
        if use is ConsentUse.NAME and self.is_minor(day):
            return False
        return self.state(use, day, medium) is ConsentState.AGREED

    def state(
        self, use: ConsentUse, day: date, medium: ConsentMedium = ConsentMedium.PAGE
    ) -> ConsentState:
        """How the consent to `use` in `medium` stands on `day`. Of two people, the answer that allows less counts."""
        answers = [
            each for each in self.consent if each.covers(use, medium) and self.counts(each, day)
        ]
        if not self.names_two:
            return _state(answers, day)
        # An undeclared couple has no name for either, so no answer is both people's.
        each_own = ([a for a in answers if not who or a.of == who] for who in self.two or ("",))
        states = [_state(own, day) for own in each_own]
        if not self.two:
            states.append(ConsentState.NOT_ASKED)
        return next((each for each in states if each is not ConsentState.AGREED), states[0])

    def public_alias(self, day: date) -> str | None:
        """What stands for the name where it may not. For a minor, nothing that holds the full name."""
        holds = self.alias is not None and self.name in self.alias
        return None if holds and self.is_minor(day) else self.alias

    def counts(self, answer: Consent, day: date) -> bool:
        """Whether the one who answered may answer: for a minor only a guardian may agree. Anybody may say no."""
        return answer.refused or not self.is_minor(day) or answer.by is ConsentBy.GUARDIAN

    @property
    def names_two(self) -> bool:
        """Whether the record is of two people, by its own word or by the name."""
        return bool(self.two) or _TWO.search(self.name) is not None

    def is_minor(self, day: date) -> bool:
        """Whether the person is not of age on `day`. Of a year alone, the last day counts."""
        if self.minor is not None:
            return self.minor
        return self.birth_year is not None and day.year - self.birth_year <= _OF_AGE


def _state(answers: Iterable[Consent], day: date) -> ConsentState:
    """How the answers to one question stand on `day`.

    A withdrawal ends every consent that was given before it, not only the entry in which it is recorded. So does a no,
    and what was agreed on the same day.
    """
    given = [each for each in answers if each.given_on <= day]
    withdrawn = max((_ended(each, day) for each in given), default=date.min)
    refused = max((each.given_on for each in given if each.refused), default=date.min)
    if any(e.valid_on(day) and e.given_on >= withdrawn and e.given_on > refused for e in given):
        return ConsentState.AGREED
    if not given:
        return ConsentState.NOT_ASKED
    if refused > date.min and all(e.given_on <= refused for e in given if not e.refused):
        return ConsentState.REFUSED
    return ConsentState.WITHDRAWN if withdrawn > date.min else ConsentState.ENDED


def _ended(answer: Consent, day: date) -> date:
    """The day on which an answer was withdrawn, if that has come."""
    gone = answer.withdrawn_on
    return gone if gone is not None and gone <= day else date.min


@record("人物名单", "The list of people")
class PeopleFile(Record, frozen=True, kw_only=True):
    """The file `stories/people.yml`, which lists all people."""

    people: tuple[Person, ...] = field(
        "人物", ListOf(Nested(Person)), "一人一段", "everyone, one entry each", required=True
    )
    origin: Origin = NOWHERE
