"""The vocabularies of records. Each word has one meaning, in both languages."""

from __future__ import annotations

from xiangji.model.fields import Word


class Evidence(Word):
    """The kind of evidence for a statement."""

    ORAL = "口述"
    FAMILY_MEMORY = "家庭记忆"
    DOCUMENT = "文献"
    TEST = "检测"
    UNVERIFIED = "待核实"


class Topic(Word):
    """What a memory card is about."""

    CRAFT = "制作工艺"
    FOOD_CULTURE = "饮食文化"
    FAMILY = "家庭记忆"
    VILLAGE_HISTORY = "村落历史"


class Secrecy(Word):
    """How much of a card or step may be published."""

    PUBLIC = "公开"
    OUTLINE = "概述"
    SECRET = "保密"  # noqa: S105 (a word of a vocabulary)


class Visibility(Word):
    """Whether a record is published at all."""

    PUBLIC = "公开"
    PRIVATE = "不公开"


class WorkshopKind(Word):
    """The kind of gathering."""

    CO_CREATION = "共创"
    ROOTS = "寻根"
    TEA = "茶话会"
    SALON = "沙龙"
    SHARING = "分享会"
    TRAINING = "训练营"
    FAMILY_DAY = "家庭日"


class SourceKind(Word):
    """The kind of a published source."""

    PAPER = "论文"
    WEB_PAGE = "网页"
    WECHAT_ARTICLE = "公众号文章"
    POLICY = "政策文件"
    BOOK = "书"
    INTERVIEW = "访谈"
    ARCHIVE = "档案"


class PersonRole(Word):
    """What a person does in the village or in its records. Other roles may be written as well."""

    TELLER = "讲述人"
    RECORDER = "记录人"
    FACILITATOR = "主持人"
    ARTISAN = "能工巧匠"
    VILLAGE_CEO = "乡村CEO"
    LEADER = "带头人"
    AGRI_MAKER = "农创客"
    VOLUNTEER = "志愿者"
    RETURNED_YOUTH = "返乡青年"
    VILLAGE_GRADUATE = "大学生村官"
    SOCIAL_WORKER = "社工"
    INSPECTOR = "质检员"
    GROWER = "种养户"
    MANAGER = "农村职业经理人"
    CORE_VOLUNTEER = "骨干志愿者"
    STREAMER = "主播"
    MENTOR = "导师"
    STOREKEEPER = "仓储"
    CUSTOMER_SERVICE = "客服"
    DESIGNER = "设计"
    PHOTOGRAPHER = "摄影"
    TRANSLATOR = "翻译"


class CreditRole(Word):
    """What somebody did for a story, a product, a picture or a page. Other roles may be written as well."""

    PHOTOGRAPHY = "摄影"
    DESIGN = "设计"
    PACKAGING = "包装设计"
    DRAWING = "绘画"
    WRITING = "文案"
    INTERVIEW = "采访"
    EDITING = "编辑"
    TRANSLATION = "翻译"
    VIDEO = "视频"
    CUTTING = "剪辑"
    RECORDING = "录音"
    STREAMING = "直播"
    STORAGE = "仓储"
    CUSTOMER_SERVICE = "客服"
    DELIVERY = "配送"
    PROOFREADING = "校对"
    GUIDANCE = "指导"


class ConsentUse(Word):
    """What of a person may be shown. Each needs a consent of its own.

    `ADVERTISING` is an older spelling: the name, on packaging and posters. `HOURS` is the wish of somebody who helped
    for a signed record of the own hours; nothing of it is published.
    """

    NAME = "姓名"
    PORTRAIT = "肖像"
    VOICE = "声音"
    QUOTATION = "引语"
    ADVERTISING = "广告"
    HOURS = "工时"


class ConsentMedium(Word):
    """Where something of a person is shown. `ADVERTISING` stands for all that sells: labels, cards and posters.

    `THANKS` is the page of thanks, which a consent for pages does not cover. `PROOF` is a signed record that is handed
    to that person alone.
    """

    PAGE = "网页"
    SHEET = "批次表"
    LABEL = "标签"
    CARD = "卡片"
    POSTER = "海报"
    ADVERTISING = "广告"
    THANKS = "感谢页"
    PROOF = "证明"


ADVERTISING_MEDIA = (ConsentMedium.LABEL, ConsentMedium.CARD, ConsentMedium.POSTER)
"""What is advertising: packaging with its design pack, the cards beside the goods, and posters."""

PAGE_MEDIA = (ConsentMedium.PAGE, ConsentMedium.SHEET)
"""What a consent without a medium is for. A printed batch sheet is the page on paper."""


class ConsentAnswer(Word):
    """What a person answered when asked."""

    AGREED = "同意"
    REFUSED = "不同意"


class ConsentState(Word):
    """How a consent stands on a day."""

    AGREED = "同意"
    NOT_ASKED = "没有问过"
    REFUSED = "不同意"
    WITHDRAWN = "已收回"
    ENDED = "已到期"


class ConsentBy(Word):
    """Who gave the consent."""

    SELF = "本人"
    GUARDIAN = "监护人"
    RELATIVE = "近亲属"


class ProducerKind(Word):
    """The legal form of a producer."""

    COOPERATIVE = "合作社"
    VILLAGE_COMPANY = "强村公司"
    HOUSEHOLD = "农户"
    SMALL_WORKSHOP = "小作坊"
    ENTERPRISE = "企业"


class PartnerRole(Word):
    """The five kinds of parties that work together: government, social organisations, schools, enterprises, farmers."""

    GOVERNMENT = "政"
    SOCIETY = "社"
    SCHOOL = "校"
    ENTERPRISE = "企"
    FARMERS = "农"


class PartnerForm(Word):
    """What a partner is. Other forms may be written as well."""

    VILLAGE_WORK_TEAM = "驻村工作组"
    TOWNSHIP = "乡镇街道"
    DEPARTMENT = "政府部门"
    SOCIAL_WORK_STATION = "社工站"
    CHARITY = "公益组织"
    FOUNDATION = "基金会"
    UNIVERSITY = "高校"
    INSTITUTE = "科研院所"
    SCHOOL = "中小学"
    VILLAGE_COMPANY = "强村公司"
    LEADING_COMPANY = "龙头企业"
    LOGISTICS = "物流企业"
    PLATFORM = "平台企业"
    COOPERATIVE = "合作社"
    MUTUAL_AID = "互助小组"
    HOUSEHOLDS = "农户"


FORM_ROLE = {
    PartnerForm.VILLAGE_WORK_TEAM: PartnerRole.GOVERNMENT,
    PartnerForm.TOWNSHIP: PartnerRole.GOVERNMENT,
    PartnerForm.DEPARTMENT: PartnerRole.GOVERNMENT,
    PartnerForm.SOCIAL_WORK_STATION: PartnerRole.SOCIETY,
    PartnerForm.CHARITY: PartnerRole.SOCIETY,
    PartnerForm.FOUNDATION: PartnerRole.SOCIETY,
    PartnerForm.UNIVERSITY: PartnerRole.SCHOOL,
    PartnerForm.INSTITUTE: PartnerRole.SCHOOL,
    PartnerForm.SCHOOL: PartnerRole.SCHOOL,
    PartnerForm.VILLAGE_COMPANY: PartnerRole.ENTERPRISE,
    PartnerForm.LEADING_COMPANY: PartnerRole.ENTERPRISE,
    PartnerForm.LOGISTICS: PartnerRole.ENTERPRISE,
    PartnerForm.PLATFORM: PartnerRole.ENTERPRISE,
    PartnerForm.COOPERATIVE: PartnerRole.FARMERS,
    PartnerForm.MUTUAL_AID: PartnerRole.FARMERS,
    PartnerForm.HOUSEHOLDS: PartnerRole.FARMERS,
}
"""Which of the five parties each form belongs to."""


class PlaceKind(Word):
    """The kind of a place."""

    VILLAGE = "村"
    PLOT = "地块"
    FARM = "养殖点"
    WORKSHOP = "作坊"
    PACKING = "分包中心"
    STORE = "仓库"
    SHOP = "门店"
    PICKUP = "代收点"


class ProductKind(Word):
    """The top-level categories of the catalogue."""

    PRODUCE = "农产品"
    PROCESSED = "加工食品"
    HANDICRAFT = "手工艺"
    CREATIVE = "文创"
    SERVICE = "服务"


class Shipping(Word):
    """Whether a product can be sent today."""

    READY = "可发货"
    PREORDER = "预订"
    LOCAL_ONLY = "只在本地"
    OUT_OF_SEASON = "过季"
    SOLD_OUT = "售完"


class ChannelKind(Word):
    """A way to buy. There is never a cart: the shop is on another site, or is a person."""

    SHOP_LINK = "小店"
    TELEPHONE = "电话"
    WECHAT = "微信"
    STALL = "摊位"


class BatchStatus(Word):
    """The state of a batch as the cooperative declares it. Expiry is computed separately."""

    NORMAL = "正常"
    PENDING = "待检"
    ON_HOLD = "停售"
    RECALLED = "召回"


class CodeState(Word):
    """The state of a printed code."""

    ACTIVE = "在用"
    REDIRECTED = "转向"
    CLOSED = "停用"
    UNBOUND = "未绑定"


class InspectionLayer(Word):
    """Who inspected. Every sheet shows all four layers."""

    SELF = "自检"
    COOPERATIVE = "合作社检"
    COUNTY = "县检"
    THIRD_PARTY = "第三方"


class InspectionResult(Word):
    """The result of an inspection."""

    PASSED = "合格"
    FAILED = "不合格"
    WAITING = "待出结果"


class CertificateBasis(Word):
    """The ground on which a 承诺达标合格证 was issued (`standards.md` §4.1). There are only these three."""

    CONTROLLED = "质量安全控制符合要求"
    SELF_TESTED = "自行检测合格"
    COMMISSIONED = "委托检测合格"


class CertificateWording(Word):
    """The wording of a 承诺达标合格证: of the producer, or of a buyer who mixes or repacks the goods."""

    PRODUCER = "生产者"
    BUYER = "收购者"


class EventKind(Word):
    """A step in the life of a batch."""

    HARVEST = "采收"
    SLAUGHTER = "出栏"
    PURCHASE = "收购"
    RECEIVE = "入坊"
    PROCESS = "加工"
    PACK = "包装"
    INSPECT = "检验"
    STORE = "入库"
    SHIP = "运输"
    SELL = "销售"
    HOLD = "封存"
    RECALL = "召回"
    DESTROY = "销毁"
    OTHER = "其他"


# CBV 2.0 business steps for the kinds above (`standards.md` §2.3). CBV has no step "harvesting".
BIZ_STEP = {
    EventKind.HARVEST: "commissioning",
    EventKind.SLAUGHTER: "commissioning",
    EventKind.PURCHASE: "receiving",
    EventKind.RECEIVE: "receiving",
    EventKind.PROCESS: "commissioning",
    EventKind.PACK: "packing",
    EventKind.INSPECT: "inspecting",
    EventKind.STORE: "storing",
    EventKind.SHIP: "shipping",
    EventKind.SELL: "retail_selling",
    EventKind.HOLD: "holding",
    EventKind.RECALL: "holding",
    EventKind.DESTROY: "destroying",
}


class PosterLayout(Word):
    """How a poster divides its space."""

    PICTURE = "大图"
    TITLE = "题字"
    LETTER = "信笺"


class NoClaim(Word):
    """Why a word that the law restricts is no claim in its sentence."""

    NEGATION = "否定"
    """The sentence says that it is not so."""
    LIFE = "生平"
    """It tells what somebody did or suffered, and not what goods do."""
    NAME = "名字"
    """It is part of a name or title."""


class DataLicence(Word):
    """How others may use the village's tables."""

    CC0 = "CC0 1.0"
    CC_BY = "CC BY 4.0"
    CC_BY_SA = "CC BY-SA 4.0"
