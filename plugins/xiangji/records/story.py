"""The records of workshops, of what was said in them, and of the stories made from that."""

from __future__ import annotations

from datetime import date

from xiangji.model.fields import Choice, Holds, ListOf, Nested, Record, field, record
from xiangji.model.fields import Reference as Ref
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.pictured import PICTURED
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import (
    AUDIO,
    CAPTIONS,
    COLOUR,
    COUNT,
    DAY,
    FLAG,
    ID,
    LINE,
    MEDIA,
    PROSE,
)
from xiangji.model.vocabularies import Evidence, Secrecy, Topic, Visibility, WorkshopKind
from xiangji.records.shared_fields.credit import CREDITS, Credit


@record("卡片", "The card")
class Card(Record, frozen=True, kw_only=True):
    """A memory card: what one person said, as it was written down."""

    id: str = field("编号", ID, "这场工作坊里唯一", "unique within the workshop", required=True)
    topic: Topic = field(
        "主题", Choice(Topic), "制作工艺、饮食文化、家庭记忆或村落历史", "topic", required=True
    )
    evidence: Evidence = field(
        "证据", Choice(Evidence), "口述、家庭记忆、文献、检测或待核实", "evidence", required=True
    )
    words: str | None = field("原话", PROSE, "照着记下的话，不润色", "the words as written down")
    outline: str | None = field(
        "概述", PROSE, "不公开原话时，可以公开的一句", "what may be told when the words may not"
    )
    title: str | None = field("题目", LINE, "几个字", "a short title")
    teller: str | None = field("讲述人", Ref("people"), "谁讲的", "a person id")
    recorder: str | None = field("记录人", Ref("people"), "谁记的", "a person id")
    told_on: date | None = field("日期", DAY, "哪天讲的", "the day", also=["date"])
    sources: tuple[str, ...] = field("来源", ListOf(Ref("sources")), "文献类要写出处", "sources")
    secrecy: Secrecy = field(
        "公开程度",
        Choice(Secrecy),
        "公开；概述（只说有这一步）；保密（哪里都不出现）",
        "public, outline (only that it exists) or secret",
        default=Secrecy.PUBLIC,
        also=["保密"],
    )
    visibility: Visibility = field(
        "公开范围",
        Choice(Visibility),
        "写“不公开”，这张卡片哪里都不出现",
        "private: this card is shown nowhere",
        default=Visibility.PUBLIC,
    )
    audio: str | None = field("录音", AUDIO, "录音文件，放在 media 里", "recording, kept in media/")
    audio_note: str | None = field(
        "录音说明",
        LINE,
        "放在录音旁边的一句话，例如在哪里录的；不是本人的声音也写在这里",
        "a line beside the recording: where it was made, or that it is not the teller's voice",
    )
    captions: str | None = field(
        "方言字幕", CAPTIONS, "照方言记的 WebVTT 字幕", "WebVTT captions as spoken"
    )
    translation: str | None = field(
        "普通话字幕", CAPTIONS, "普通话的 WebVTT 字幕", "WebVTT subtitles in Mandarin"
    )
    sample: bool = field("示例", FLAG, "虚构的写“是”", "yes for a made-up one", default=False)
    origin: Origin = NOWHERE


@record("说法", "The account")
class Account(Record, frozen=True, kw_only=True):
    """One account of how something began. A page shows several side by side and calls none of them true."""

    id: str = field("编号", ID, "这场工作坊里唯一", "unique within the workshop", required=True)
    title: str = field("说法", LINE, "一句话概括", "the telling in a line", required=True)
    evidence: Evidence = field("证据", Choice(Evidence), "哪一类证据", "evidence", required=True)
    text: str | None = field("内容", PROSE, "多说几句", "more of it")
    sources: tuple[str, ...] = field("来源", ListOf(Ref("sources")), "出处", "sources")
    teller: str | None = field("讲述人", Ref("people"), "谁讲的", "a person id")
    sample: bool = field("示例", FLAG, "虚构的写“是”", "yes for a made-up one", default=False)
    origin: Origin = NOWHERE


@record("视觉元素", "The visual element")
class Visual(Record, frozen=True, kw_only=True):
    """A pattern, colour, drawing or seal that the workshop produced."""

    id: str = field("编号", ID, "这场工作坊里唯一", "unique within the workshop", required=True)
    title: str = field("名称", LINE, "叫什么", "name", required=True)
    picture: str | None = field("图片", MEDIA, "图片文件", "picture file")
    pictured: tuple[str, ...] = PICTURED
    colour: str | None = field("颜色", COLOUR, "是颜色的话写色值", "a colour value")
    meaning: str | None = field("寓意", PROSE, "村里人怎么说它", "what it means to the village")
    author: str | None = field("作者", LINE, "谁画的", "who drew it")
    licence: str | None = field("许可", LINE, "别人能怎么用", "licence")
    origin: Origin = NOWHERE


@record("表决", "The vote")
class Vote(Record, frozen=True, kw_only=True):
    """A vote of the group: the question, the result, and the count."""

    question: str = field("问题", LINE, "问了什么", "the question", required=True)
    result: str | None = field("结果", LINE, "定了什么", "the outcome")
    in_favour: int | None = field("同意", COUNT, "几人同意", "votes for", also=["for"])
    against: int | None = field("反对", COUNT, "几人反对", "votes against")
    abstained: int | None = field("弃权", COUNT, "几人弃权", "abstentions")
    origin: Origin = NOWHERE


@record("村里议定", "The ratification")
class Ratification(Record, frozen=True, kw_only=True):
    """The village's agreement that a version may be published."""

    agreed_on: date = field("日期", DAY, "哪天议的", "the day", required=True, also=["date"])
    present: int | None = field("到会", COUNT, "到了几人", "people present")
    in_favour: int | None = field("同意", COUNT, "几人同意", "votes for", also=["for"])
    against: int | None = field("反对", COUNT, "几人反对", "votes against")
    abstained: int | None = field("弃权", COUNT, "几人弃权", "abstentions")
    note: str | None = field("备注", PROSE, "有什么保留意见", "reservations")
    origin: Origin = NOWHERE


@record("工作坊", "The workshop")
class Workshop(Record, frozen=True, kw_only=True):
    """A workshop: who took part, and what was asked, said, drawn and agreed."""

    id: str | None = field("编号", ID, "不写就用文件夹名", "unique id; else the folder's name")
    title: str = field("题目", LINE, "这场叫什么", "title", required=True, schema="name")
    kind: WorkshopKind = field(
        "类型", Choice(WorkshopKind), "共创、寻根、茶话会、沙龙……", "kind", required=True
    )
    held_on: date = field("日期", DAY, "哪天办的", "the day", required=True, also=["date"])
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id")
    facilitators: tuple[str, ...] = field("主持人", ListOf(Ref("people")), "谁主持", "people ids")
    participants: int | None = field("人数", COUNT, "来了几人", "how many came")
    summary: str | None = field("摘要", PROSE, "几句话", "a few sentences")
    agenda: tuple[str, ...] = field("议程", ListOf(LINE), "一步一条", "the steps of the day")
    prompts: tuple[str, ...] = field("提问", ListOf(LINE), "问了哪些问题", "questions asked")
    cards: tuple[Card, ...] = field("卡片", ListOf(Nested(Card)), "一句话一张卡", "memory cards")
    accounts: tuple[Account, ...] = field(
        "几种说法", ListOf(Nested(Account)), "来历的各种说法，并排放", "rival tellings"
    )
    visuals: tuple[Visual, ...] = field(
        "视觉元素", ListOf(Nested(Visual)), "纹样、印章、颜色、图画", "visual elements"
    )
    votes: tuple[Vote, ...] = field("表决", ListOf(Nested(Vote)), "表决过什么", "votes taken")
    ratification: Ratification | None = field(
        "村里议定", Nested(Ratification), "全村同意公开这一版", "the village's agreement"
    )
    visibility: Visibility = field(
        "公开范围",
        Choice(Visibility),
        "写“不公开”，这场和它的卡片、说法哪里都不出现",
        "private: nothing of this workshop is shown",
        default=Visibility.PUBLIC,
    )
    sample: bool = field("示例", FLAG, "虚构的写“是”", "yes for a made-up one", default=False)
    origin: Origin = NOWHERE


@record("步骤", "The step")
class ProcessStep(Record, frozen=True, kw_only=True):
    """One step of a process, with a picture and a few words."""

    title: str = field("名称", LINE, "几个字", "a few words", required=True)
    note: str | None = field("说明", LINE, "一句话", "one sentence")
    picture: str | None = field("图片", MEDIA, "图片文件", "picture file")
    pictured: tuple[str, ...] = PICTURED
    secrecy: Secrecy = field(
        "公开程度",
        Choice(Secrecy),
        "公开；概述（只说有这一步）；保密（哪里都不出现）",
        "public, outline or secret",
        default=Secrecy.PUBLIC,
    )
    origin: Origin = NOWHERE


@record("短讲法", "The short tellings")
class Tellings(Record, frozen=True, kw_only=True):
    """The short tellings of a story, for labels, sheets and posters."""

    short: str | None = field("六十字", LINE, "60 字以内", "up to 60 characters", also=["60"])
    medium: str | None = field("一百二十字", LINE, "120 字以内", "up to 120", also=["120"])
    long: str | None = field("三百字", PROSE, "300 字以内", "up to 300", also=["300"])
    origin: Origin = NOWHERE


@record("故事", "The story")
class Story(Record, frozen=True, kw_only=True):
    """A story: `stories/<story>/story.md`, the edited text with its sources. The name of the folder is its id."""

    title: str = field("题目", LINE, "故事的题目", "title", required=True, schema="headline")
    subtitle: str | None = field("副题", LINE, "一句话", "one sentence")
    published_on: date | None = field(
        "日期", DAY, "哪天定稿", "the day", schema="datePublished", also=["date"]
    )
    workshop: str | None = field("工作坊", Ref("workshops"), "出自哪场工作坊", "a workshop id")
    cards: tuple[str, ...] = field(
        "卡片", ListOf(LINE), "用到的卡片编号", "card ids used", holds=Holds.NUMBER
    )
    accounts: tuple[str, ...] = field(
        "几种说法", ListOf(LINE), "用到的说法编号", "account ids used", holds=Holds.NUMBER
    )
    products: tuple[str, ...] = field("产品", ListOf(Ref("products")), "讲的是哪些产品", "products")
    tellers: tuple[str, ...] = field("讲述人", ListOf(Ref("people")), "谁讲的", "who told it")
    recorders: tuple[str, ...] = field("记录人", ListOf(Ref("people")), "谁写的", "who wrote it")
    credits: tuple[Credit, ...] = CREDITS
    picture: str | None = field("图片", MEDIA, "开篇大图", "opening picture", schema="image")
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    steps: tuple[ProcessStep, ...] = field(
        "怎么做", ListOf(Nested(ProcessStep)), "一步一图", "the process"
    )
    tellings: Tellings | None = field("短讲法", Nested(Tellings), "贴在标签上的短文", "short forms")
    claims: tuple[Claim, ...] = field("断言", ListOf(Nested(Claim)), "要有证据的话", "claims")
    ordinary: tuple[str, ...] = field(
        "平常话", ListOf(LINE), "看着像断言、其实是平常话的句子", "lines that assert nothing"
    )
    lint_allow: tuple[Allowance, ...] = field(
        "放行", ListOf(Nested(Allowance)), "问过、有依据的广告用语", "reviewed advertising words"
    )
    sources: tuple[str, ...] = field("来源", ListOf(Ref("sources")), "参考了什么", "sources")
    order: int | None = field("排序", COUNT, "列表里第几篇；不写的排在后面", "place in lists")
    draft: bool = field(
        "草稿", FLAG, "还没写完写“是”，就不会发布", "yes: not published", default=False
    )
    visibility: Visibility = field(
        "公开范围",
        Choice(Visibility),
        "写“不公开”，写完了也不发布",
        "private: not published, though finished",
        default=Visibility.PUBLIC,
    )
    sample: bool = field("示例", FLAG, "虚构的写“是”", "yes for a made-up one", default=False)
    body: str = ""
    body_line: int = 1
    id: str = ""
    origin: Origin = NOWHERE
