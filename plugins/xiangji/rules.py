"""The wording of every rule: what is wrong and what to do, in Chinese and English.

`{name}` is filled with a problem's details. A rule is a warning where the content can still be
published truthfully, an error where it cannot.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """The two messages and the two remedies of one kind of problem."""

    zh: str
    en: str
    remedy_zh: str
    remedy_en: str
    warning: bool = False


RULES: dict[str, Rule] = {
    # --- files ---------------------------------------------------------------------------
    "file-encoding": Rule(
        "这个文件不是 UTF-8 编码，看起来是 {encoding}。",
        "This file is not UTF-8; it looks like {encoding}.",
        "在编辑器里“另存为”，编码选 UTF-8。",
        "Save it again with the encoding UTF-8.",
    ),
    "file-size": Rule(
        "文件有 {size}，超过了 {limit}。",
        "The file is {size}, larger than {limit}.",
        "记录文件不该这么大：检查是不是放错了文件，或者把它拆开。",
        "A record is never this large: check for a misplaced file, or split it.",
    ),
    "file-unreadable": Rule(
        "读不了这个文件：{why}。",
        "This file cannot be read: {why}.",
        "检查文件是否还在、有没有读取权限。",
        "Check that it exists and may be read.",
    ),
    "file-outside": Rule(
        "“{value}”指到了内容文件夹外面。",
        "“{value}” leads out of the content folders.",
        "把真正的文件放进来，不要用快捷方式或链接。",
        "Put the real file here instead of a link.",
    ),
    "file-missing": Rule(
        "找不到文件“{value}”。",
        "There is no file “{value}”.",
        "路径从这个文件所在的文件夹算起；相近的有：{near}。",
        "Paths start at this file's folder; near names: {near}.",
    ),
    "picture-unreadable": Rule(
        "“{value}”不是能用的图片：{why}。",
        "“{value}” is not a usable picture: {why}.",
        "换成 JPEG、PNG、WebP 或干净的 SVG。",
        "Use a JPEG, PNG, WebP or clean SVG.",
    ),
    "folder-name": Rule(
        "名字“{value}”不能做网址。",
        "The name “{value}” cannot be an address.",
        "只用小写字母、数字和短横，例如 laziji。名字印上标签以后就不能再改。",
        "Use lower-case letters, digits and hyphens; it is printed, so choose it for good.",
    ),
    "village-empty": Rule(
        "这里没有品牌文件 products/brand.yml。",
        "There is no brand file products/brand.yml here.",
        "先写一个，最少一行：名称: 我们村。或者用 xiangji new 建一个新村子。",
        "Write one, at least `name: …`; or start with `xiangji new`.",
    ),
    # --- YAML ----------------------------------------------------------------------------
    "yaml-syntax": Rule(
        "这里的 YAML 读不懂：{why}。",
        "This YAML cannot be read: {why}.",
        "看这一行和上一行：缩进对不对，冒号后面有没有空格，引号有没有成对。",
        "Look at this line and the one before: indent, a blank after the colon, paired quotes.",
    ),
    "yaml-colon": Rule(
        "“{value}”用了中文冒号“：”。",
        "“{value}” uses a full-width colon.",
        "改成英文冒号，后面空一格：{better}",
        "Use an ASCII colon followed by a blank: {better}",
    ),
    "yaml-colon-space": Rule(
        "“{value}”的冒号后面少了一个空格。",
        "The colon in “{value}” needs a blank after it.",
        "改成：{better}",
        "Write: {better}",
    ),
    "yaml-tab": Rule(
        "这一行用制表符（Tab）缩进。",
        "This line is indented with a tab.",
        "换成空格：每缩进一层用两个空格。",
        "Use blanks: two for each level.",
    ),
    "yaml-character": Rule(
        "这里有看不见的字符 {value}。",
        "There is an invisible character {value} here.",
        "删掉它重新输入；多半是从别处复制时带进来的。",
        "Delete it and type again; it usually comes with pasted text.",
    ),
    "yaml-duplicate": Rule(
        "“{key}”在这一段里写了两次，第一次在第 {line} 行。",
        "“{key}” stands twice in this part, first on line {line}.",
        "留一个，删一个。",
        "Keep one of them.",
    ),
    "yaml-forbidden": Rule(
        "这里用了 YAML 的{what}，内容文件里不用它。",
        "YAML's {what_en} is not used in content files.",
        "直接写出内容；如果文字本身以 {sign} 开头，给它加上英文引号。",
        "Write the value itself; quote a text that begins with {sign}.",
    ),
    "yaml-deep": Rule(
        "缩进嵌套超过了 {limit} 层。",
        "Nesting is deeper than {limit} levels.",
        "检查缩进；记录没有这么多层。",
        "Check the indent; no record is this deep.",
    ),
    "yaml-documents": Rule(
        "一个文件里有两份文档（中间有一行 ---）。",
        "There are two documents in one file (a line ---).",
        "删掉多余的 ---，或者拆成两个文件。",
        "Remove the extra ---, or split the file.",
    ),
    "front-matter": Rule(
        "故事开头缺少用两行 --- 夹着的信息。",
        "The story does not begin with facts between two lines ---.",
        "第一行写 ---，接着写 题目: …，再写一行 ---，然后是正文。",
        "Begin with ---, then `title: …`, then ---, then the text.",
    ),
    "merge-conflict": Rule(
        "这里留着合并冲突的标记“{value}”。",
        "A merge-conflict mark “{value}” was left here.",
        "在两个版本里选一个，把 <<<<<<<、=======、>>>>>>> 三行都删掉。",
        "Choose one of the two versions and delete the three mark lines.",
    ),
    # --- shape and fields ----------------------------------------------------------------
    "shape-record": Rule(
        "“{field}”这里应该是一段带名字的内容，现在是{found}。",
        "“{field}” should hold named values; this is {found_en}.",
        "写成“名字: 值”，一行一个，缩进两格。",
        "Write `name: value` lines, indented by two.",
    ),
    "shape-list": Rule(
        "“{field}”这里应该是一个列表，现在是{found}。",
        "“{field}” should be a list; this is {found_en}.",
        "每一项另起一行，前面写“- ”。",
        "Put each item on a line of its own after `- `.",
    ),
    "shape-text": Rule(
        "“{field}”这里应该是一个值，现在是{found}。",
        "“{field}” should be a single value; this is {found_en}.",
        "只写一个值，例如：{example}",
        "Write one value, for example: {example}",
    ),
    "field-missing": Rule(
        "{record}缺少必填的“{field}”（{field_en}）。",
        "{record_en} lacks the required “{field_en}” ({field}).",
        "补一行 {field}: {example}（{help}）",
        "Add {field_en}: {example} ({help_en})",
    ),
    "field-unknown": Rule(
        "{record}没有“{value}”这个字段。",
        "{record_en} has no field “{value}”.",
        "{hint}",
        "{hint_en}",
    ),
    "field-twice": Rule(
        "“{value}”和前面的“{other}”是同一个字段，写了两次。",
        "“{value}” and “{other}” are the same field, written twice.",
        "留一个，删一个。",
        "Keep one of them.",
    ),
    # --- values --------------------------------------------------------------------------
    "value-line": Rule(
        "“{field}”应该只有一行：“{value}”。",
        "“{field}” should be one line: “{value}”.",
        "写成一行。",
        "Write it on one line.",
    ),
    "value-id": Rule(
        "“{field}”里的“{value}”不能做编号。",
        "“{value}” in “{field}” cannot be an id.",
        "只用小写字母、数字和短横，例如 {example}。",
        "Use lower-case letters, digits and hyphens, such as {example}.",
    ),
    "value-lot": Rule(
        "批号“{value}”不能用。",
        "The lot “{value}” cannot be used.",
        "只用字母、数字和 . _ -，最多 20 个，头尾不用点，例如 {example}。",
        "Use letters, digits and . _ -, at most 20, no dot at either end, such as {example}.",
    ),
    "value-date": Rule(
        "“{field}”里的“{value}”不是日期。",
        "“{value}” in “{field}” is not a date.",
        "写成 2026-03-12、2026/3/12 或 2026年3月12日。",
        "Write 2026-03-12, 2026/3/12 or 2026年3月12日.",
    ),
    "value-date-impossible": Rule(
        "“{field}”里的“{value}”：日历上没有这一天。",
        "“{value}” in “{field}” is not a day of the calendar.",
        "核对年、月、日。",
        "Check year, month and day.",
    ),
    "value-number": Rule(
        "“{field}”里的“{value}”不是数。",
        "“{value}” in “{field}” is not a number.",
        "只写数字，例如 {example}。",
        "Write digits only, such as {example}.",
    ),
    "value-count": Rule(
        "“{field}”里的“{value}”不是个数。",
        "“{value}” in “{field}” is not a count.",
        "写 0 或更大的整数，例如 {example}。",
        "Write a whole number from 0 up, such as {example}.",
    ),
    "value-money": Rule(
        "“{field}”里的“{value}”不是价格。",
        "“{value}” in “{field}” is not a price.",
        "写大于 0 的元数，最多两位小数，例如 {example}。",
        "Write yuan above 0 with at most two decimals, such as {example}.",
    ),
    "value-quantity": Rule(
        "“{field}”里的“{value}”不是数量。",
        "“{value}” in “{field}” is not a quantity.",
        "写数字加单位，例如 {example}。",
        "Write a number and a unit, such as {example}.",
    ),
    "value-shelf-life": Rule(
        "“{field}”里的“{value}”看不出是多久。",
        "“{value}” in “{field}” is not a length of time.",
        "写成 7天、6个月 或 1年。",
        "Write 7天, 6个月 or 1年 (days, months, years).",
    ),
    "value-flag": Rule(
        "“{field}”里的“{value}”看不出是“是”还是“否”。",
        "“{value}” in “{field}” is neither yes nor no.",
        "写 是 或 否。",
        "Write yes or no.",
    ),
    "value-web": Rule(
        "“{field}”里的“{value}”不是网址。",
        "“{value}” in “{field}” is not a web address.",
        "从 https:// 写起，例如 {example}。",
        "Begin with https://, such as {example}.",
    ),
    "value-telephone": Rule(
        "“{field}”里的“{value}”不是电话号码。",
        "“{value}” in “{field}” is not a telephone number.",
        "只写数字和短横，例如 {example}。",
        "Use digits and hyphens, such as {example}.",
    ),
    "value-colour": Rule(
        "“{field}”里的“{value}”不是颜色。",
        "“{value}” in “{field}” is not a colour.",
        "写 # 加六位，例如 {example}；前后加英文引号。",
        "Write # and six digits in quotes, such as {example}.",
    ),
    "value-path": Rule(
        "“{field}”里的“{value}”不是内容文件夹里的路径。",
        "“{value}” in “{field}” is not a path inside the content folder.",
        "把文件放到这份记录旁边的 media 文件夹，写成 {example}。",
        "Put the file into media/ beside this record and write {example}.",
    ),
    "value-choice": Rule(
        "“{field}”里没有“{value}”这个选项。",
        "“{value}” is not one of the words for “{field}”.",
        "{near}可以写：{choices}。",
        "{near_en}Choose one of: {choices_en}.",
    ),
    # --- tables --------------------------------------------------------------------------
    "table-header": Rule(
        "表头里的“{value}”没有认出来，这一列没有读。",
        "The table's column “{value}” is not known and was not read.",
        "{hint}",
        "{hint_en}",
    ),
    "table-lost-zero": Rule(
        "批号“{value}”像是被表格软件改过的（科学计数法）。",
        "The lot “{value}” looks changed by the spreadsheet (scientific notation).",
        "把这一列的格式设成“文本”，再把批号重新输入一遍。",
        "Format the column as text and type the lot again.",
    ),
    "table-cell": Rule(
        "“{field}”这一格的“{value}”没有读懂。",
        "The cell “{value}” under “{field}” could not be read.",
        "写成：{example}",
        "Write it like: {example}",
    ),
    "table-row": Rule(
        "这一行有 {found} 格，表头只有 {expected} 格。",
        "This row has {found} cells, the header has {expected}.",
        "检查是不是多了一个逗号；有逗号的文字要用英文双引号括起来。",
        "Look for an extra comma; put a text with commas into double quotes.",
    ),
    # --- references ----------------------------------------------------------------------
    "reference-missing": Rule(
        "“{field}”指到的“{value}”不存在。",
        "“{value}” in “{field}” does not exist.",
        "{near}已有的：{known}。",
        "{near_en}Known: {known}.",
    ),
    "duplicate-id": Rule(
        "编号“{value}”已经用在 {other}。",
        "The id “{value}” is already used at {other}.",
        "换一个编号；同一样东西就合成一条。",
        "Choose another id, or merge the two.",
    ),
    "duplicate-lot": Rule(
        "批号“{value}”已经用在 {other}。",
        "The lot “{value}” is already used at {other}.",
        "一个批号只能用一次。换一个批号；同一批就合成一条。",
        "A lot is used once. Choose another, or merge the two.",
    ),
    "address-collision": Rule(
        "网址 /{value} 被两样东西占用，另一样在 {other}。",
        "The address /{value} is claimed twice, also by {other}.",
        "给其中一个换名字（文件夹名、编号或批号）；大小写不同也算相同。",
        "Rename one of them (folder, id or lot); letter case alone does not tell them apart.",
    ),
    # --- meaning -------------------------------------------------------------------------
    "site-url-missing": Rule(
        "mkdocs.yml 里没有 site_url，二维码没有地址可写，所以一个也没有生成。",
        "mkdocs.yml has no site_url, so no code was made: it could lead nowhere.",
        "写上网站将来的地址，例如 site_url: https://example.cn/。印标签以前必须定下来。",
        "Write the site's address, such as site_url: https://example.cn/, before you print.",
        warning=True,
    ),
    "site-url-bad": Rule(
        "site_url“{value}”不是完整的网址。",
        "site_url “{value}” is not a full web address.",
        "从 https:// 写起，例如 https://example.cn/。",
        "Begin with https://, such as https://example.cn/.",
    ),
    "status-reason": Rule(
        "批次 {lot} 已{status}，但没有写原因。",
        "Lot {lot} is {status_en} without a reason.",
        "补上“原因”。买到的人第一个想知道的就是为什么。",
        "Add `reason: …`; it is the first thing a buyer wants to know.",
    ),
    "status-contradicts": Rule(
        "批次 {lot} 写着“正常”，可是{layer}的结果是“不合格”。",
        "Lot {lot} says normal, but the {layer_en} inspection failed.",
        "先弄清楚：改成停售或召回并写原因，或者改正检验记录。",
        "Find out first: set it on hold or recall it, or correct the inspection.",
    ),
    "event-order": Rule(
        "“{event}”在 {at}，早于前一步“{before}”。",
        "“{event}” at {at} comes before the step listed above it, “{before}”.",
        "核对日期，或者把这一步挪到前面。",
        "Check the dates, or move the step.",
        warning=True,
    ),
    "date-future": Rule(
        "“{field}”是 {value}，还没有到。",
        "“{field}” is {value}, which has not come yet.",
        "核对年份。发生过的事才记。",
        "Check the year. Record what has happened.",
        warning=True,
    ),
    "input-later": Rule(
        "用料批次 {input} 做于 {value}，晚于这一批（{made_on}）。",
        "The input lot {input} was made on {value}, after this one ({made_on}).",
        "核对两个批次的日期。",
        "Check the dates of both lots.",
    ),
    "input-cycle": Rule(
        "批次 {lot} 绕了一圈用到了自己：{path}。",
        "Lot {lot} goes round into itself: {path}.",
        "改正用料批次。",
        "Correct the input lots.",
    ),
    "telling-long": Rule(
        "“{field}”有 {found} 个字，超过 {limit} 个。",
        "“{field}” has {found} characters, more than {limit}.",
        "改短一些，标签上才排得下。",
        "Shorten it, so that it fits the label.",
    ),
    "outline-missing": Rule(
        "卡片 {card} 是“概述”，但没有写概述。",
        "Card {card} is outline only, but has no outline.",
        "补上“概述”，写可以公开的那一句；或者改成保密。",
        "Add `outline: …` with what may be told, or make it secret.",
    ),
    "document-source": Rule(
        "“{value}”的证据是文献，但没有写来源。",
        "“{value}” claims a document as evidence but names no source.",
        "补上“来源”；没有出处就把证据改成待核实。",
        "Add `sources: …`, or change the evidence to unverified.",
    ),
    "sample-unmarked": Rule(
        "整个村子标着示例，这一条却没有写“示例: 是”，也没有来源。",
        "The village is a sample, but this entry is neither marked sample nor sourced.",
        "写上 示例: 是；是真事就写来源。",
        "Add `sample: yes`, or give its source.",
        warning=True,
    ),
    "private-leak": Rule(
        "这里写了不公开的内容：“{value}”（{what}）。",
        "This holds what is not to be published: “{value}” ({what_en}).",
        "删掉这几个字；或者先取得同意，记到 stories/people.yml 里。",
        "Remove it; or obtain consent first and record it in stories/people.yml.",
    ),
    "recall-advice": Rule(
        "批次 {lot} 已召回，但没有写买到的人该怎么办。",
        "Lot {lot} is recalled, but nothing says what buyers should do.",
        "补上“怎么办”，例如：不要吃，打电话退款。",
        "Add `advice`, such as: do not eat it; call for a refund.",
        warning=True,
    ),
    "variant-unknown": Rule(
        "批次 {lot} 的规格“{value}”，产品里没有。",
        "The variant “{value}” of lot {lot} is not one of its product's.",
        "{near}产品里的规格：{known}。",
        "{near_en}The product's variants: {known}.",
        warning=True,
    ),
    "family-unknown": Rule(
        "没有叫“{value}”的页面插件。",
        "There is no page family “{value}”.",
        "{near}已装的：{known}。",
        "{near_en}Installed: {known}.",
    ),
    "contrast-low": Rule(
        "颜色“{field}” {value} 在 {ground} 上对比度只有 {ratio}，老人看不清。",
        "The colour “{field}” {value} on {ground} has a contrast of only {ratio}.",
        "至少要 4.5。最接近的可用颜色：{better}",
        "It needs 4.5. The nearest colour that passes: {better}",
        warning=True,
    ),
    "markdown-link": Rule(
        "链接“{value}”指到的页面不存在。",
        "The link “{value}” leads to a page that does not exist.",
        "检查文件名。链接从这个文件算起，例如 ../larou/story.md、../../products/larou/product.yml、about.md。",
        "Check the file name. Links start at this file, such as ../larou/story.md or about.md.",
    ),
    "block-target": Rule(
        "{value}：这里没有“{words}”。",
        "{value}: there is no “{words}” here.",
        "故事里的卡片要先列在开头的“卡片”里；产品写它的文件夹名。",
        "A story's cards must be listed under `cards` on top; a product goes by its folder's name.",
    ),
    "block-unknown": Rule(
        "没有叫“{value}”的内容块。",
        "There is no block “{value}”.",
        "{near}可以写：{known}。",
        "{near_en}Known: {known}.",
    ),
}
