"""Finds the words of a text that assert something for which evidence is needed (`design.md` §5, Claim).

The patterns are data. Each has a name, a reason, a least number, and words that must or must not stand around it. They
are tuned on labelled sentences (`tests/checks/assertions.yml`), of which half are from the demo. Everyday numbers
(三个人, 两勺盐, 三十来天) and dates with month and day assert nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from xiangji.checks.wording.text_folding import Folded
from xiangji.model.parsing.late_pattern import compiled, late_pattern

_CHINESE = (
    r"(?:[上好]?[几数](?=[十百千])|[上好](?=[十百千]))?[零〇一二两三四五六七八九十百千]{1,12}"
)
_NUMBER = rf"(?P<n>\d{{1,12}}(?:[.,]\d{{1,12}}){{0,4}}|{_CHINESE})[多余来几]?"
_SO_MANY = rf"(?<![第\d.,零〇一二两三四五六七八九十百千]){_NUMBER}"
"""A number of things, and no ordinal: the 100th stream (第 100 场) does not assert a hundred buyers."""
_YEAR = r"(?:(?:1[5-9]|20)\d\d|[一二][〇零五六七八九][〇零一二三四五六七八九]{2})"
_DATED = (  # Follows a year that is only part of a date, or that names a season or a batch.
    r"的?(?:\d{1,2}月|[一二三四五六七八九十]{1,3}月|[冬腊正]月|[春夏秋冬]|清明|端午|中秋|重阳|春节|除夕"
    r"|[这那]?(?:一|最后)?[一]?[批茬季]|度|新|头|\d)"
)
_FOUNDED = r"(?:始建?|创[建办立]?|建|起源|源|诞生|成立|开[业张办店])(?:自|在|于)"
_TRADE = r"(?:企业|公司|网店|商户|工商户|合作社|门店|店铺|分店|店|农户|商家|基地|加盟|网点|作坊|超市|代理|农场)"
_ACHIEVED = (
    r"年产|日产|月产|年销|月销|销量|销售|累计|卖出|售出|产值|出栏|带动|帮助|帮扶|培训|培育|培养|覆盖|从业"
    r"|[一每][天年月][^，。,]{0,3}[发卖产销接]|[日月年]均|吸引|惠及|服务了|就业|雇|注册|入驻|粉丝|会员|社员|订单|回头客|游客|顾客"
)
_COUNTED = r"[台架盏幅副枚颗粒滴杯筷餐顿炉窑网堆垛窝圈栏池塘畦垄桶壶瓶袋捆担犁锄锹百千步次回天遍道件批只块口锅罐篇页行章节张声句场年季周勺把碗桌排条种样段个位人茬刀根片晚代组题层学期届棵株筐袋箱车船缸坛包份轮趟笔单月堂课家户头匹栋座间本]"
"""Measure words, after which an ordinal only counts. Some of them assert a first beside further words (see below)."""
_SIDE = r"[上下里外底中东西南北左右前后顶边靠近远旁末尾]"
_OWN = (
    r"[大小高低多少薄厚老远近早晚长短轻重粗细快慢新旧嫩浓淡深浅贵便宜费宽窄软硬干湿]{1,2}的?(?:[那这]?[一几两三二]|[那这])"
    r"?[个位户家块片层口锅桌排行列棵株条根只头匹件批次场天年月回道坛缸罐筐箱袋包张本间座栋段茬季遍种样车船头班趟届辈代组]"
)
"""Compared among things of one's own: 最薄的一层, 最多的一户."""
_AT_HOME = r"(?:家里|家中|屋里|兄弟|姐妹|姊妹)[^,。]{0,6}排行|排行[^,。]{0,4}(?:家里|兄弟|姐妹)"
"""Whose place among brothers and sisters is told."""
_WIDE = r"(?:全[国省市县州镇乡村]|[国省市县州镇乡]里?|当地|本地|世界|方圆|历史上|同行|行业)[^,，。;；]{0,6}最"
_MEASURED = (
    r"含[盐糖油水脂酸]|糖分|孵化|死亡率|淘汰率|减产|减收|绝收|受灾|死了|坏了|烂了|没活|补种|章程|股份|入股|占股|分成|分红|入社|[干鲜]的?[^,。]{0,4}出|出率|水分|含水|灰分|杂质|不完善|碎[米粒]|霉粒|酒精|浓度|酸度|酸价|糖度|甜度|盐度|湿度|含量|限量|限值|允许|误差|短缺|损耗|损失率|出[油米糖粉浆]率|得率|发芽率|成活率"
    r"|过氧化|蛋白|脂肪|不超过|不得超|不高于|不低于|不大于|不小于|[以之][内下]|标准|指标|检测|抽检|送检|溶液|盐水|兑|NRV|%vol|稀释|比例"
)
"""What is measured of goods, or what a standard limits: a percentage of it asserts nothing."""
_EARNED = r"收入|营业额|交易额|销售额|产值|零售额|利润|分红|增收|盈利|营收|赚"


class Pattern(Struct, frozen=True):
    """A pattern for assertions.

    `words` finds them. The number in the group `n` must be at least `least`. `needs` must match in the same sentence,
    and `lacks` must not. `unless` must not match at the start of the found words.
    """

    name: str
    reason: str
    words: str
    least: float = 0
    needs: str = ""
    unless: str = ""
    lacks: str = ""
    signs: str = ""
    """Every match contains one of these characters, so that most sentences need no search."""


PATTERNS: tuple[Pattern, ...] = (
    Pattern("first", "说是头一个", r"首[个家例款创]|率先|开创|先河|首屈一指|头一家|数一数二"),
    Pattern("first", "说是头一个", r"首[批位次]", needs=r"[全我本]?[国省市县州镇村]|世界|行业"),
    Pattern(
        "first",
        "说是第一",
        r"(?<=.)第一|^第一(?![,，、:])",
        lacks=_AT_HOME + "|排第二|第二(?:是|名是)",
        unless=(
            rf"第一(?:[百千]|书记|时间|人称|产业|反应|名字|现场|手资料|大队|小组|小学|中学|任|{_COUNTED}"
            r"|[煮炒蒸晒焖洗泡])|第一(?=[,，、：:][^。]{0,60}第二)"
        ),
    ),
    Pattern(
        "first",
        "说是第一",
        r"第一[批个位人条]",
        needs=r"开[店网起办]|创|全[国省市县镇村]|[国省市县村]里?第一|淘宝|当地|引[进种]",
        unless=r"第一[批个位人条](?:路口|岔|弯|桥|坎|坡|院|门|红绿灯)|第一[批个位人条][^，,]{0,3}(?:来|走|到|说|讲|问|发言|举手|是)",
    ),
    Pattern(
        "rank",
        "排名次",
        r"排[名行在]?第?[一二三四五六七八九十\d]+|第[一二三四五六七八九十\d]+名|[前列][一二三四五六七八九十\d]+[名强位]"
        r"|名列|位居|冠军|亚军|TOP\d+|领先|遥遥",
        unless=r"排第?[一二三四五六七八九十]+[队排桌行天个]|排名不分",
        lacks=_AT_HOME + r"|排第二|第二(?:是|名是)|划船|拔河|篮球|龙舟|跑步|赛跑|象棋|运动会",
    ),
    Pattern(
        "only",
        "说是独一份",
        r"唯一|独家|独有|独一[无份家]|绝无仅有|仅此一家|独此一家|没有第二家|找不到第二家|全[国省市县镇乡村世]界?(?:仅有|仅存)"
        r"|(?:全[国省市县镇村]|方圆[^，。,]{0,3}|当地|本地)(?:就|也)?只有[^，。,]{0,3}[一这]",
        unless=r"独家村|唯一[码编标]|唯一的?一?[条座口间次个]?(?:[路桥井]|办法|出路|儿子|女儿|孩子|遗憾|要求)",
    ),
    Pattern("most", "说到“最”", _WIDE + r"\w?", signs="最"),
    Pattern(
        "most",
        "说到“最”",
        r"(?<!年纪)(?<!年龄)(?<!岁数)(?<!个子)(?<!辈分)最\w?",
        unless=(
            r"最(?:佳[食饮品赏保]|后|终|初|末|先|怕|爱|想|喜欢|要紧|难|费|恨|记得|熟|舍不得|讨厌|操心|放心不下|不|[冷热忙闲]的?[一几那天晚月]|小的?(?:孩|儿|女|一个|那个)"
            rf"|{_SIDE}|{_OWN}"
            r"|多(?=\d|[一二两三四五六七八九十几放写等只买装住用能可要有的])|少(?=\d|[一二三四五六七八九十几两半放写等要提有的])"
            r"|(?:快|早|迟|晚)(?=[也要得明后当]|\d|[一二两三四五六七八九十])"
            r"|好(?=[不别先再当趁把在用是让给能拿放早晚提看到]|$|[，,])"
            r"|[忙累苦闲冷热高开伤担感难烦]?(?:忙|累|苦|闲|冷|热|兴|心|动|过|人)(?![，,]?[^，,。]{0,3}(?:品|产|味))|\w{1,3}的(?:愿望|心愿|困难|问题|担心|心事|遗憾|原因|难处|变化|区别|不同|收获|儿子|女儿|孩子|孙子|时候|日子|季节|月份|工序|活路|事))"
        ),
    ),
    Pattern(
        "grade",
        "说是哪一级",
        r"国家级(?!种质|自然保护|保护区|森林|湿地|风景|地质|水利|水产|实验室|监测|检测|质检|贫困|脱贫|水源|公益林|公园)|(?:世界|国际)级|省级(?!公路|道|医院|财政|领导|干部|部门|机关|电视|台|以上)|(?<=[是为获的])[部市]级",
    ),
    Pattern(
        "honour",
        "说得过什么",
        r"荣获|获评|被评为|被授予|被?认定为|入选|入围|上榜|[金银铜头]奖|[一二三特]等奖|老字号|非物质文化遗产|非遗|传承人"
        r"|发源地|发祥地|故里|贡[品茶米酒]|御用|宫廷|驰名|闻名|名扬|享誉|示范[村户县镇区]|龙头企业|地理标志|(?:中央|省|央视|人民日报|新华社)[^，,。]{0,6}(?:报道|采访|播出|上过)|上过?[^，,。\d]{0,5}(?:电视|央视|省台|卫视|新闻联播|热搜)"
        r"|[^\W\d_]{2}之乡",
    ),
    Pattern(
        "handed-down",
        "说传了多久",
        r"太爷爷|太奶奶|曾祖|高祖|爷爷的爷爷|解放前|建国前|新中国成立|文革|祖传|家传|祖辈|祖上|世代|世世|代代|祖祖辈辈|历代|千古|自古|古法|历史悠久|源远流长|由来已久|古老",
    ),
    Pattern(
        "handed-down",
        "说传了几代",
        r"第?(?:[三四五六七八九十几数]|十[一二三四五六七八九]|\d+)[多余]?[代辈](?!子)",
        signs="代辈",
        unless=(
            r".{1,3}代(?:表|替|理|购|办|码|言|收|号|词|[果苗种茶蜂蚕虫鱼鸡猪羊牛鸭鹅枝根花叶藤橘桔柑椒瓜豆薯树秧芽穗杂水油浆酒曲卵蛹螨]|带头|身份|领导|书记|支书|村长|会计|社长|机|手机|农民工|工人|理事|传销)|第一代"
        ),
    ),
    Pattern("handed-down", "说传了几代", r"两代", needs=r"传|手艺|祖"),
    Pattern(
        "span",
        "说有多少年",
        rf"{_NUMBER}年(?!级|龄|代|生|月|\d)",
        signs="年",
        least=20,
        unless=rf"{_YEAR}年|[零〇一二三四五六七八九]{{2}}年|[^年]{{1,20}}年[前以之]",
    ),
    Pattern(
        "span",
        "说有多少年",
        rf"{_NUMBER}年[以之]?前",
        signs="年",
        least=20,
        needs=r"开[始店办张]|[创兴]办|建|传|起家|[做卖]",
        unless=rf"{_YEAR}年",
    ),
    Pattern("span", "说有多少年", r"(?<![一二两三四五六七八九\d])[百千]年|半个?世纪|世纪|千百年"),
    Pattern(
        "span",
        "说有多少年",
        rf"{_NUMBER}年",
        signs="年",
        least=3,
        needs=r"历史|传承|老店|字号|手艺|连续",
        unless=rf"{_YEAR}年|[^年]{{1,20}}年[级龄代生]",
    ),
    Pattern(
        "origin",
        "说从哪年起",
        rf"(?<![到至期])(?:{_YEAR}[、和到至年~-]{{1,3}}){{0,5}}{_YEAR}年",
        signs="年",
        unless=rf".{{0,40}}?{_YEAR}年{_DATED}",
    ),
    Pattern("origin", "说从哪年起", rf"{_FOUNDED}.{{0,4}}?{_YEAR}", signs="始建创起源诞成开"),
    Pattern(
        "origin",
        "说从哪个年代起",
        r"(?:[二三四五六七八九]十|\d0)年代|上个?世纪|民国|明清|康熙|雍正|乾隆|嘉庆|道光|咸丰|同治|光绪|宣统|洪武|永乐"
        r"|万历|(?:(?<![一-龥])|(?<=[从自在是到于]))[唐宋元明清][代朝末初]",
    ),
    Pattern(
        "share",
        "说占多少",
        r"\d{1,9}(?:\.\d{1,9})?[%‰]|百分之[零〇一二三四五六七八九十百点\d]{1,9}|[一二三四五六七八九]成(?=[的多以半五，,。、]|$)"
        r"|[一二两三四五六七八九十\d]{1,9}分之[一二三四五六七八九十\d]{1,9}|过半|(?:全[国省市县镇乡村]|[县镇乡村]里)[^，,。]{0,6}(?:一半|大半)|一半以上|超过一半|十[户家人个]里?有?[五六七八九][户家人个]",
        unless=(
            r"[^分]{1,9}分之[一二三四五六七八九十\d]{1,9}[勺碗杯个片块锅斤两匙]|\d+(?:\.\d+)?%(?:的?(?:盐|糖|酒|醋|碱|石灰|溶|乳|水)|vol)"
            r"|[一二三四五六七八九]成[熟干新旧满热]"
        ),
        lacks=_MEASURED,
    ),
    Pattern(
        "share",
        "说翻了几倍",
        rf"{_NUMBER}倍|翻了?[一两二三\d]?番",
        signs="倍翻",
        unless=r".{1,4}倍的?(?:[水盐糖油米面料粗长高宽厚大重深多]|量|体积)",
        lacks=r"兑|稀释|泡发|发[到酵]|药水|溶液|放大|缩小",
    ),
    Pattern(
        "scale",
        "说有多大",
        rf"{_NUMBER}[万亿]|[百千]?[万亿]元",
        signs="万亿",
        unless=r"一万个?不|一万遍|千万[不别要记]",
    ),
    Pattern(
        "scale",
        "说有多少家",
        rf"{_NUMBER}[家个间所户处座](?=[^，。,、\d]{{0,6}}?{_TRADE})",
        signs="家个间所户处座",
        least=5,
    ),
    Pattern("scale", "说有多少人", rf"{_NUMBER}[人名位户]", least=50, signs="人名位户"),
    Pattern(
        "scale",
        "说有多少",
        rf"{_SO_MANY}[家次场单亩吨]",
        least=100,
        unless=r"百家[姓宴饭衣]|千家万户",
        signs="家次场单亩吨",
    ),
    Pattern(
        "scale",
        "说有多少",
        rf"{_SO_MANY}(?:[个只罐斤件条袋箱棵头份]|公斤)",
        least=1000,
        signs="个只罐斤件条袋箱棵头份公",
    ),
    Pattern(
        "scale",
        "说有多少",
        rf"{_SO_MANY}(?:[个只罐斤件条袋箱棵头份人名位户家次场单吨亩]|公斤)",
        signs="个只罐斤件条袋箱棵头份人名位户家次场单吨亩公",
        least=10,
        needs=_ACHIEVED,
    ),
    Pattern(
        "scale",
        "说到了多少地方",
        rf"{_NUMBER}个?(?:省|国家|城市|市|县|村|乡镇|品种)",
        least=5,
        signs="省国城市县村乡品",
    ),
    Pattern("scale", "说有多大", rf"{_NUMBER}亩", least=50, signs="亩"),
    Pattern("scale", "说有多高", rf"海拔[^，。\d]{{0,4}}{_NUMBER}米?", signs="海"),
    Pattern("income", "说有多少钱", rf"{_NUMBER}元", least=100, needs=_EARNED, signs="元"),
)

MENTIONED = late_pattern(r"[”」』](?:[一二两三四五几这]+个?字|二字|[这一]个?词|字样)")
"""Follows a word that is only mentioned, not used: “首个”两个字."""
_SENTENCES = late_pattern(r"[^。！？!?；;\n]{1,400}")
"""The length is bounded, so that a text without full stops takes no longer than a text with them."""


class Assertion(Struct, frozen=True):
    """Words that assert something: their start and end in the folded text, and start and end of their sentence."""

    pattern: Pattern
    start: int
    end: int
    sentence: tuple[int, int]


def assertions(folded: Folded) -> Iterator[Assertion]:
    """Yield all assertions in a text from left to right. They do not overlap."""
    for sentence in _SENTENCES.finditer(folded.text):
        found = sorted(_in_sentence(sentence), key=lambda each: (each.start, -each.end))
        last = -1
        for each in found:
            if each.start >= last:
                yield each
                last = each.end


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of the sentence that contains the words from `start` to `end`."""
    before = re.split(r"[。！？!?；;\n]", text[max(0, start - 200) : start])[-1]
    after = re.split(r"[。！？!?；;\n]", text[end : end + 200], maxsplit=1)[0]
    return start - len(before), end + len(after)


def _in_sentence(sentence: re.Match[str]) -> Iterator[Assertion]:
    text, shift = sentence[0], sentence.start()
    signs = frozenset(text)
    for pattern in PATTERNS:
        if pattern.signs and signs.isdisjoint(pattern.signs):
            continue
        if not compiled(pattern.words).search(text) or not _fits(pattern, text):
            continue
        for match in compiled(pattern.words).finditer(text):
            if pattern.unless and compiled(pattern.unless).match(text, match.start()):
                continue
            if MENTIONED.match(text, match.end()):
                continue
            number = match.groupdict().get("n")
            if number is not None and number_of(number) < pattern.least:
                continue
            span = (shift, shift + len(text))
            yield Assertion(pattern, shift + match.start(), shift + match.end(), span)


def _fits(pattern: Pattern, text: str) -> bool:
    """Whether the words around a match are those that the pattern wants."""
    if pattern.needs and not compiled(pattern.needs).search(text):
        return False
    return not (pattern.lacks and compiled(pattern.lacks).search(text))


_DIGITS = {each: value for value, each in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def number_of(text: str) -> float:
    """The value of a number in Arabic or Chinese digits; 几 and 数 count as three."""
    if text[0].isascii():
        return float(text.replace(",", ""))
    if len(text) > 1 and all(each in _DIGITS for each in text):
        return float("".join(str(_DIGITS[each]) for each in text))
    total, digit = 0, 0
    for each in text.lstrip("上好"):
        if each in _UNITS:
            total += (digit or 1) * _UNITS[each]
            digit = 0
        else:
            digit = _DIGITS.get(each, 3)
    return float(total + digit)
