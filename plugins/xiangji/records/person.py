"""The records of people, with their consents."""

from __future__ import annotations

from datetime import date

from xiangji.model.fields import Choice, ListOf, Nested, Record, field, record
from xiangji.model.fields import Reference as Ref
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.value_types import DAY, FLAG, ID, LINE, MEDIA, PROSE
from xiangji.model.vocabularies import ConsentBy, ConsentUse, PersonRole


@record("同意", "The consent")
class Consent(Record, frozen=True, kw_only=True):
    """A person's consent to one use. It is valid from a day on, until its last day or until it is withdrawn."""

    use: ConsentUse = field(
        "用途",
        Choice(ConsentUse),
        "同意公开的是哪一样：姓名、肖像、声音、引语或广告，一样一条",
        "what may be shown: name, portrait, voice, quotation or advertising, one entry each",
        required=True,
    )
    given_on: date = field("同意日期", DAY, "哪天同意的", "the day of consent", required=True)
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
    record: str | None = field(
        "存档编号",
        LINE,
        "纸质同意书的存档编号；同意书本身不要放进仓库",
        "the number of the paper form; never put the form itself here",
        private=True,
    )
    origin: Origin = NOWHERE

    def valid_on(self, day: date) -> bool:
        """Whether this consent is valid on `day`. On the day of the withdrawal it is not."""
        if day < self.given_on or (self.withdrawn_on and day >= self.withdrawn_on):
            return False
        return self.expires_on is None or day <= self.expires_on


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
    roles: tuple[PersonRole, ...] = field(
        "身份",
        ListOf(Choice(PersonRole)),
        "讲述人、能工巧匠、志愿者……可以几样",
        "roles",
        also=["角色"],
    )
    place: str | None = field("地点", Ref("places"), "哪个村、哪个组", "a place id")
    producer: str | None = field(
        "所属", Ref("producers"), "属于哪个合作社或作坊", "a producer id", also=["生产者"]
    )
    portrait: str | None = field("肖像", MEDIA, "图片文件", "picture file", also=["照片"])
    portrait_alt: str | None = field("肖像说明", LINE, "给看不见的人听的一句话", "alternative text")
    craft: str | None = field("手艺", LINE, "一句话说会做什么", "what this person makes")
    intro: str | None = field("介绍", PROSE, "几句话", "a few sentences", schema="description")
    consent: tuple[Consent, ...] = field(
        "同意", ListOf(Nested(Consent)), "同意公开什么，一样一条", "consents, one per use"
    )
    git_names: tuple[str, ...] = field(
        "Git 署名",
        ListOf(LINE),
        "在 Git 里用的名字或邮箱；只用来对上是谁改的，自己从不公开",
        "names or e-mail addresses used in Git, to tell who changed a file; never published",
        private=True,
    )
    sample: bool = field(
        "示例", FLAG, "虚构的示例人物写“是”", "yes for a made-up person", default=False
    )
    origin: Origin = NOWHERE

    def agrees(self, use: ConsentUse, day: date) -> bool:
        """Whether this person's consent to `use` is valid on `day`.

        A withdrawal ends every consent to the same use that was given before it, not only the entry in which it is
        recorded.
        """
        given = [item for item in self.consent if item.use is use]
        withdrawn = [item.withdrawn_on for item in given if item.withdrawn_on]
        last = max((each for each in withdrawn if each <= day), default=date.min)
        return any(item.valid_on(day) and item.given_on >= last for item in given)


@record("人物名单", "The list of people")
class PeopleFile(Record, frozen=True, kw_only=True):
    """The file `stories/people.yml`, which lists all people."""

    people: tuple[Person, ...] = field(
        "人物", ListOf(Nested(Person)), "一人一段", "everyone, one entry each", required=True
    )
    origin: Origin = NOWHERE
