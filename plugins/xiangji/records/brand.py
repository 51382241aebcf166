"""The records of `products/brand.yml`: the brand, and the producers, partners, places and sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from xiangji.model.fields import (
    Choice,
    Holds,
    ListOf,
    Nested,
    Record,
    UnreadableValue,
    ValueType,
    field,
    fold_digits,
    record,
)
from xiangji.model.fields import Reference as Ref
from xiangji.model.location import NOWHERE, Origin
from xiangji.model.pictured import PICTURED
from xiangji.model.review import Allowance, Claim
from xiangji.model.value_types import (
    COLOUR,
    DAY,
    FLAG,
    ID,
    LINE,
    MEDIA,
    PROSE,
    TELEPHONE,
    WEB,
    offered,
)
from xiangji.model.vocabularies import (
    DataLicence,
    Evidence,
    PartnerForm,
    PartnerRole,
    PlaceKind,
    PosterLayout,
    ProducerKind,
    SourceKind,
)
from xiangji.records.delivery import Delivery
from xiangji.records.shared_fields.credit import CREDITS, Credit
from xiangji.records.shared_fields.excerpt import DIGEST, EXCERPT, GIVEN, GONE


@record("印章", "The seal")
class Seal(Record, frozen=True, kw_only=True):
    """The square seal at the foot of every page."""

    text: str = field("文字", LINE, "两个或四个字", "two or four characters", required=True)
    picture: str | None = field(
        "图片", MEDIA, "刻好的印章（SVG）；没有就用文字排一个", "a drawn seal; else set in type"
    )
    origin: Origin = NOWHERE


@record("颜色", "The colours")
class Colours(Record, frozen=True, kw_only=True):
    """The colours that a village may change. Names with `_dark` are for dark mode."""

    action: str | None = field("主色", COLOUR, "按钮、价格、落款", "buttons, prices, signature")
    action_dark: str | None = field("主色深", COLOUR, "深色背景下的主色", "the same on dark")
    fine: str | None = field("正常色", COLOUR, "正常、合格", "fine, passed")
    fine_dark: str | None = field("正常色深", COLOUR, "深色背景下的正常色", "the same on dark")
    wait: str | None = field("等待色", COLOUR, "待检、停售", "waiting, on hold")
    wait_dark: str | None = field("等待色深", COLOUR, "深色背景下的等待色", "the same on dark")
    link: str | None = field("链接色", COLOUR, "文字链接", "links")
    link_dark: str | None = field("链接色深", COLOUR, "深色背景下的链接色", "the same on dark")
    page: str | None = field("纸色", COLOUR, "页面底色", "page background")
    sand: str | None = field("浅底色", COLOUR, "安静的色块", "quiet fill")
    ink: str | None = field("墨色", COLOUR, "正文", "text")
    origin: Origin = NOWHERE


_WHOLE = Decimal(100)


def _percent(text: str) -> Decimal:
    """A percentage of more than nothing and at most all, with or without its sign."""
    folded = fold_digits(text).removesuffix("%").strip()
    try:
        value = Decimal(folded) if folded.replace(".", "", 1).isdecimal() else Decimal(0)
    except InvalidOperation:
        value = Decimal(0)
    if not 0 < value <= _WHOLE or len(folded) > 8:
        raise UnreadableValue("value-percent")
    return value


PERCENT = ValueType("percent", "30%", _percent, r"^\s*[0-9０-９.．]+\s*[%％]?\s*$")


@record("股份", "The share")
class CompanyShare(Record, frozen=True, kw_only=True):
    """How much of a company somebody holds. No single person is named: whoever holds is a body or a group."""

    producer: str | None = field("生产者", Ref("producers"), "哪家生产者", "a producer id")
    partner: str | None = field("伙伴", Ref("partners"), "哪家伙伴", "a partner id")
    holder: str | None = field(
        "单位",
        LINE,
        "别的：某村村集体、全体社员……；不写个人",
        "another body or group; never one person",
    )
    percent: Decimal | None = field(
        "占比", PERCENT, "百分之几；不便公开就不写", "per cent, if public", measure="%"
    )
    origin: Origin = NOWHERE


@record("生产者", "The producer")
class Producer(Record, frozen=True, kw_only=True):
    """A producer: who makes a product and is responsible for it."""

    id: str = field("编号", ID, "全站唯一", "unique id", required=True)
    name: str = field("名称", LINE, "全称", "full name", required=True, schema="name")
    kind: ProducerKind = field(
        "类型", Choice(ProducerKind), "合作社、强村公司、农户、小作坊或企业", "kind", required=True
    )
    place: str | None = field("地点", Ref("places"), "在哪里", "a place id")
    address: str | None = field(
        "地址", LINE, "经营地址，不写个人住址", "business address", holds=Holds.ADDRESS
    )
    telephone: str | None = field("电话", TELEPHONE, "对外电话，不写私人号码", "public number")
    credit_code: str | None = field(
        "统一社会信用代码",
        LINE,
        "18 位",
        "18-character credit code",
        also=["信用代码"],
        holds=Holds.NUMBER,
    )
    licence: str | None = field(
        "许可证号", LINE, "SC 加 14 位，或小作坊登记号", "food licence", holds=Holds.NUMBER
    )
    intro: str | None = field("介绍", PROSE, "几句话", "a few sentences")
    delivery: Delivery | None = field(
        "配送", Nested(Delivery), "几天发出、运费", "how it sends its goods"
    )
    people: tuple[str, ...] = field("人物", ListOf(Ref("people")), "里面的人", "its people")
    shares: tuple[CompanyShare, ...] = field(
        "股份",
        ListOf(Nested(CompanyShare)),
        "强村公司：哪几个村、哪些人合起来，各占多少",
        "who holds how much",
    )
    sharing: str | None = field(
        "怎么分", PROSE, "赚了钱怎么分，照章程写", "the rule by which profit is shared"
    )
    sharing_source: str | None = field(
        "分配依据", Ref("sources"), "章程、决议的出处", "the source of shares and rule"
    )
    sample: bool = field("示例", FLAG, "虚构的写“是”", "yes for a made-up one", default=False)
    origin: Origin = NOWHERE


PARTNER_FORM = offered("partner-form", PartnerForm)
"""What a partner is."""


@record("伙伴", "The partner")
class Partner(Record, frozen=True, kw_only=True):
    """A partner who works with the village, in one of five roles."""

    id: str = field("编号", ID, "全站唯一", "unique id", required=True)
    name: str = field("名称", LINE, "全称", "full name", required=True)
    role: PartnerRole = field(
        "角色", Choice(PartnerRole), "政、社、校、企、农", "role", required=True
    )
    form: str | None = field(
        "类型",
        PARTNER_FORM,
        "驻村工作组、社工站、高校、强村公司……；没有的自己写",
        "what it is; others may be written as well",
    )
    scope: tuple[str, ...] = field(
        "合作内容", ListOf(LINE), "一起做哪几样，一样一条", "what the cooperation is about"
    )
    begins_on: date | None = field("开始", DAY, "哪天开始合作", "first day")
    ends_on: date | None = field(
        "结束", DAY, "合作到哪天；过了就写“已经结束”", "last day; the page says so once it is past"
    )
    document: str | None = field(
        "文件",
        LINE,
        "凭哪份协议、合同或者文件：名称、编号",
        "the agreement or document: title, number",
        unchecked=GIVEN,
        holds=Holds.NUMBER,
    )
    people: tuple[str, ...] = field(
        "成员", ListOf(Ref("people")), "愿意写名字的人", "those who agreed to be named"
    )
    producer: str | None = field(
        "生产者",
        Ref("producers"),
        "强村公司这样自己也做产品的，是哪家生产者",
        "if it is a producer too",
    )
    intro: str | None = field("介绍", PROSE, "做了什么", "what they did")
    source: str | None = field("来源", Ref("sources"), "出处", "a source id")
    sample: bool = field("示例", FLAG, "虚构的写“是”", "yes for a made-up one", default=False)
    origin: Origin = NOWHERE


_FILLERS = frozenset({"市辖区", "县", "市", "省直辖县级行政区划", "自治区直辖县级行政区划"})
"""Parts that official lists put where there is no level between a province and a county."""


def _administrative(path: str) -> list[str]:
    """The parts of an administrative path; a municipality, which is province and city at once, stands once."""
    parts: list[str] = []
    for each in path.split():
        if each not in _FILLERS and each not in parts[-1:]:
            parts.append(each)
    return parts


@record("地点", "The place")
class Place(Record, frozen=True, kw_only=True):
    """A place with its name during a period, since a village may change its township."""

    id: str = field("编号", ID, "全站唯一", "unique id", required=True)
    name: str = field("名称", LINE, "叫什么", "name", required=True, schema="name")
    kind: PlaceKind = field(
        "类型", Choice(PlaceKind), "村、地块、作坊、仓库……", "kind", default=PlaceKind.VILLAGE
    )
    path: str | None = field("行政区划", LINE, "省 市 县 乡镇", "administrative path")
    valid_from: date | None = field("自", DAY, "这个说法从哪天起", "valid from")
    valid_to: date | None = field("至", DAY, "到哪天为止", "valid to")
    hours: str | None = field(
        "时间", LINE, "什么时候有人，例如 每天下午三点到六点", "when somebody is there"
    )
    telephone: str | None = field("电话", TELEPHONE, "对外电话", "public number")
    picture: str | None = field("图片", MEDIA, "一张照片", "a picture")
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    intro: str | None = field(
        "介绍", PROSE, "这里做什么，怎么走", "what happens there, how to find it"
    )
    note: str | None = field("备注", LINE, "补充一句", "a remark")
    source: str | None = field("来源", Ref("sources"), "出处", "a source id")
    sample: bool = field("示例", FLAG, "虚构的写“是”", "yes for a made-up one", default=False)
    origin: Origin = NOWHERE

    @property
    def full_name(self) -> str:
        """The name with its administrative path, if that is recorded. What both of them say is said once."""
        parts = _administrative(self.path or "")
        if self.name in parts:
            return " ".join(parts[: parts.index(self.name) + 1])
        if "".join(parts).endswith(self.name):
            return " ".join(parts)
        rest = self.name
        said: list[str] = []
        for part in parts:
            if rest.startswith(part):
                rest, said = rest[len(part) :], [*said, part]
        if said and said[-1] == parts[-1]:
            return " ".join(parts) + rest
        # A name that begins with its province and county is an address; 息烽县职业中学 is called so.
        whole = len(said) > 1 and said[0] == parts[0]
        return " ".join([*parts, rest if whole else self.name])


@record("来源", "The source")
class Source(Record, frozen=True, kw_only=True):
    """A published source of a statement."""

    id: str = field("编号", ID, "全站唯一", "unique id", required=True)
    title: str = field("题名", LINE, "文章或网页的题目", "title", required=True, unchecked=GIVEN)
    kind: SourceKind = field(
        "类型", Choice(SourceKind), "论文、网页、档案……", "kind", required=True
    )
    author: str | None = field("作者", LINE, "谁写的", "author", unchecked=GIVEN)
    publisher: str | None = field("出版者", LINE, "刊物或网站", "publisher", unchecked=GIVEN)
    published: str | None = field(
        "发布日期", LINE, "年或年月日", "date as published", unchecked=GIVEN
    )
    url: str | None = field("网址", WEB, "原文地址", "address")
    accessed_on: date | None = field("查阅日期", DAY, "哪天看的", "day of access")
    evidence: Evidence = field(
        "证据",
        Choice(Evidence),
        "这份来源算哪一类证据；没有地址的写“待核实”",
        "evidence class; unverified when it has no address",
        default=Evidence.DOCUMENT,
    )
    excerpt: str | None = EXCERPT
    digest: str | None = DIGEST
    gone_on: date | None = GONE
    note: str | None = field("备注", LINE, "补充一句", "a remark")
    origin: Origin = NOWHERE


@record("照片里的人", "The people in a photo")
class PhotoPeople(Record, frozen=True, kw_only=True):
    """Who is in a picture, such as one in a text, and who took or drew it."""

    picture: str = field(
        "图片",
        LINE,
        "从村子的文件夹算起的路径，例如 site_src/images/laodianzi.jpg",
        "path from the village's folder",
        required=True,
        unchecked="the path of a file",
        holds=Holds.NUMBER,
    )
    pictured: tuple[str, ...] = PICTURED
    credits: tuple[Credit, ...] = CREDITS
    origin: Origin = NOWHERE


@record("品牌文件", "The brand file")
class Brand(Record, frozen=True, kw_only=True):
    """The file `products/brand.yml`: the brand, and the producers, partners, places and sources of the village."""

    name: str = field("名称", LINE, "品牌名", "brand name", required=True, schema="name")
    village: str | None = field("村", LINE, "哪个村", "the village")
    slogan: str | None = field("一句话", LINE, "用一句话介绍自己", "one sentence")
    shop_name: str | None = field("小店名", LINE, "商品目录的名字", "the catalogue's name")
    seal: Seal | None = field("印章", Nested(Seal), "落款的印", "the seal")
    colours: Colours | None = field("颜色", Nested(Colours), "不写就用默认的", "defaults if absent")
    motif: str | None = field("纹样", MEDIA, "团花或角花（SVG）", "the motif")
    border: str | None = field("花边", MEDIA, "可左右连续的一条（SVG）", "a strip that repeats")
    picture: str | None = field("图片", MEDIA, "代表村子的一张", "the village's picture")
    picture_alt: str | None = field("图片说明", LINE, "给看不见的人听的一句话", "alternative text")
    pictured: tuple[str, ...] = PICTURED
    favicon: str | None = field("图标", MEDIA, "浏览器标签上的小图", "favicon")
    poster_layout: PosterLayout | None = field(
        "海报版式",
        Choice(PosterLayout),
        "大图、题字或信笺；不写的话，有图用大图，没图用题字",
        "picture, title or letter; by default a picture where there is one, else the title",
    )
    cooperative: str | None = field("合作社", Ref("producers"), "主理的合作社", "a producer id")
    telephone: str | None = field("电话", TELEPHONE, "打了有人接的对外电话", "public number")
    units: tuple[str, ...] = field(
        "计量单位",
        ListOf(LINE),
        "村里数东西用的单位，乡记还不认得的，例如 挂、提",
        "units that the village counts in and this program does not know",
    )
    record_number: str | None = field(
        "备案号", LINE, "网站 ICP 备案号", "ICP filing number", holds=Holds.NUMBER
    )
    data_licence: DataLicence | None = field(
        "数据许可",
        Choice(DataLicence),
        "别人能怎么用网站上的表；没有商量过就不写",
        "how others may use the tables of the site; left out where nobody decided",
    )
    producers: tuple[Producer, ...] = field(
        "生产者", ListOf(Nested(Producer)), "合作社、作坊、农户", "producers"
    )
    partners: tuple[Partner, ...] = field("伙伴", ListOf(Nested(Partner)), "政社校企农", "partners")
    places: tuple[Place, ...] = field("地点", ListOf(Nested(Place)), "村、地块、作坊", "places")
    sources: tuple[Source, ...] = field(
        "来源", ListOf(Nested(Source)), "文章、网页、档案", "sources"
    )
    claims: tuple[Claim, ...] = field(
        "断言",
        ListOf(Nested(Claim)),
        "要有证据的话：这个文件里的，和自己没有地方写断言的文字里的",
        "sentences that need evidence, here and in texts without such a field",
    )
    ordinary: tuple[str, ...] = field(
        "平常话",
        ListOf(LINE),
        "看着像断言、其实是平常话的句子",
        "lines that assert nothing",
    )
    lint_allow: tuple[Allowance, ...] = field(
        "放行",
        ListOf(Nested(Allowance)),
        "问过、有依据的用语，和本来不是在说功效的话；全村的文字都算",
        "reviewed words, and words that are no claim, in every text of the village",
    )
    photos: tuple[PhotoPeople, ...] = field(
        "照片里的人",
        ListOf(Nested(PhotoPeople)),
        "谁在里面、谁拍的：正文里的照片，和要写明谁拍的照片，一张一条",
        "who is in a picture and who made it, one entry each",
    )
    sample: bool = field(
        "示例", FLAG, "整个村子是示例写“是”", "yes for a demo village", default=False
    )
    origin: Origin = NOWHERE

    @property
    def village_beside(self) -> str:
        """The village as it stands beside the brand's name. Empty if that names it already."""
        return "" if not self.village or self.village in self.name else self.village
