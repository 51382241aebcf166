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
        "This file cannot be read: {why_en}.",
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
        "“{value}” is not a usable picture: {why_en}.",
        "换成 JPEG、PNG、WebP 或干净的 SVG。",
        "Use a JPEG, PNG, WebP or clean SVG.",
    ),
    "picture-heic": Rule(
        "“{value}”是苹果手机的 HEIC 格式，浏览器打不开。",
        "“{value}” is in the iPhone's HEIC format, which browsers do not show.",
        "在手机的“设置、相机、格式”里选“兼容性最佳”再拍；"
        "已经拍好的，在电脑上打开，另存为 JPEG。只改文件名的尾巴没有用。",
        "Open it and save it as JPEG; renaming alone does not help.",
    ),
    "folder-name": Rule(
        "名字“{value}”不能做网址。",
        "The name “{value}” cannot be an address.",
        "只用小写字母、数字和短横，例如 laziji。名字印上标签以后就不能再改。",
        "Use lower-case letters, digits and hyphens; it is printed, so choose it for good.",
    ),
    "file-name": Rule(
        "文件叫“{value}”，没有读：{folder} 里要的是 {better}。",
        "The file “{value}” was not read: {folder} needs {better}.",
        "把文件名改成 {better}，大小写也要一样。"
        "看不到 .txt 这样的尾巴：在资源管理器的“查看”里勾上“文件扩展名”。",
        "Rename it to {better}, in lower case; let your file manager show endings.",
        warning=True,
    ),
    "brand-missing": Rule(
        "还没有品牌文件 products/brand.yml，网站先叫“{value}”。",
        "There is no brand file products/brand.yml yet; the site goes by “{value}”.",
        "写一个，最少一行：名称: 我们村。电话、合作社、地点也写在那里。",
        "Write one, at least `name: …`; telephone, cooperative and places stand there as well.",
        warning=True,
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
        "This YAML cannot be read: {why_en}.",
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
    "yaml-two-colons": Rule(
        "“{value}”一行里有两个英文冒号。",
        "“{value}” holds two colons in one line.",
        "内容里的冒号用中文的，或者给内容加上英文双引号：{better}",
        "Put the value into quotes: {better_en}",
    ),
    "yaml-no-colon": Rule(
        "“{value}”这一行少了冒号。",
        "“{value}” lacks its colon.",
        "名字后面写英文冒号，再空一格：{better}",
        "Write a colon and a blank after the name: {better}",
    ),
    "yaml-quote": Rule(
        "“{value}”：引号从这里打开，没有合上。",
        "“{value}”: the quote that opens here is never closed.",
        "在这一行的末尾补上一样的引号，或者把引号去掉。",
        "Close it at the end of this line, or take it away.",
    ),
    "yaml-quote-rest": Rule(
        "“{value}”：引号合上以后，后面还有字。",
        "“{value}”: there are words after the closing quote.",
        "内容里的引号用中文的：{better}",
        "Use typographic quotes inside the value: {better}",
    ),
    "yaml-backslash": Rule(
        "“{value}”：双引号里的反斜杠 \\ 有别的意思。",
        "“{value}”: a backslash inside double quotes has another meaning.",
        "换成 /：{better}",
        "Use /: {better}",
    ),
    "yaml-indent": Rule(
        "“{value}”的缩进和上下对不齐：前面有 {blanks} 个空格。",
        "“{value}” is not in line with its neighbours: {blanks} blanks stand before it.",
        "同一层的行，前面的空格要一样多：和上面同一层的那一行对齐。",
        "Lines of one level begin after the same number of blanks: align it with them.",
    ),
    "yaml-hash": Rule(
        "“{value}”前面没有引号，被当成了备注，这里等于没有写。",
        "“{value}” is not in quotes, so YAML takes it for a comment and the value is empty.",
        "加上英文双引号：{better}",
        "Put it into quotes: {better}",
        warning=True,
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
        "这里留着合并冲突的标记：{marks}。",
        "Merge-conflict marks were left here: {marks_en}.",
        "在两个版本里选一个，再把标记的行删掉。",
        "Choose one of the two versions and delete the lines of the marks.",
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
        "{how}",
        "{how_en}",
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
    "value-reserved": Rule(
        "“{value}”是 Windows 留给设备的名字，不能做文件夹。",
        "“{value}” is a name that Windows keeps for a device; no folder can have it.",
        "换一个名字，例如后面加个数字：{value}-1。",
        "Choose another, such as {value}-1.",
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
        "写成 7天、6个月、半年 或 1年。",
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
    "value-path-computer": Rule(
        "“{field}”里的“{value}”是你这台电脑上的路径，别人打不开。",
        "“{value}” in “{field}” is a path on your own computer.",
        "把图片复制到这份记录旁边的 media 文件夹，写成 {better}。",
        "Copy the picture into media/ beside this record and write {better}.",
    ),
    "value-quotes": Rule(
        "“{field}”的值 {value} 带着引号。",
        "The value {value} of “{field}” stands in quotation marks.",
        "去掉引号，写成：{better}",
        "Write it without them: {better}",
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
        "批号“{value}”像是被表格软件改过的（{why}）。",
        "The lot “{value}” looks changed by the spreadsheet ({why_en}).",
        "把这一列的格式设成“文本”，再把批号重新输入一遍。{more}",
        "Format the column as text and type the lot again.{more_en}",
    ),
    "table-number-code": Rule(
        "“{field}”这一格 {value} 是{held}，不是文本，原来的写法可能已经丢了（0012 会变成 12）。",
        "“{value}” under “{field}” is held as a {held_en}, not as text: 0012 would have become 12.",
        "在表格软件里把这一列的格式设成“文本”，照罐子上印的重新输入一遍。",
        "Format the column as text in the spreadsheet and type what is printed on the jar again.",
    ),
    "table-no-lot": Rule(
        "这张表没有“批号”这一列，一行也没有读。",
        "This table has no column for the lot, so no row was read.",
        "加上“批号”一列；已经有了的，看看表头是不是在前五行里。",
        "Add a column `lot`; if there is one, its header must stand in the first five rows.",
    ),
    "table-sheets": Rule(
        "这个文件里有几张工作表都像批次表：{value}。",
        "Several sheets of this file look like tables of batches: {value}.",
        "只留一张，别的删掉，或者挪到另一个文件里。",
        "Keep one; delete the others or move them to another file.",
    ),
    "table-needs-extra": Rule(
        "要读 {value} 文件，还要装一样东西。",
        "Reading {value} files needs one more package.",
        '运行 pip install "xiangji[import]"；不想装，就把表另存为 CSV，删掉这个文件。',
        'Run pip install "xiangji[import]"; or save the table as CSV and delete this file.',
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
    "site-url-domain": Rule(
        "site_url“{value}”里有中文域名，二维码里不能这样写。",
        "site_url “{value}” holds a domain that is not ASCII.",
        "换成它的英文写法：{better}",
        "Write its ASCII form: {better}",
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
    "input-exceeded": Rule(
        "批次 {lot} 一共 {whole}，却用去了 {total}：{users}。",
        "Lot {lot} holds {whole}, but {total} of it were used: {users}.",
        "核对这一批的数量，和用到它的各批里“经过”的数量；是不是写错了批号？",
        "Check the quantity of this lot and those in the events of its users; or was the lot mixed up?",
        warning=True,
    ),
    "harvest-early": Rule(
        "批次 {lot} 在 {day} 采收（出栏），可是“{name}”最后一次用在 {last}，安全间隔期 {interval} 天还没有过。",
        "Lot {lot} was harvested on {day}, but “{name}” was last used on {last}: its interval of {interval} days was not over.",
        "先核对日期。日期没有错，这一批就不能卖：{first} 以前采收的，停售并告诉合作社。",
        "Check the dates first. If they are right, what was harvested before {first} must not be sold.",
    ),
    "expiry-unknown": Rule(
        "批次 {lot} 没有写生产日期，到期日算不出来（保质期 {life}）。",
        "Lot {lot} has no day of making, so its expiry (shelf life {life}) cannot be computed.",
        "补上“生产日期”。实在查不到，这一批就不要再卖。",
        "Add `made_on`. If it cannot be found out, do not sell the lot any more.",
        warning=True,
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
    "markdown-heavy": Rule(
        "这一段里的方括号、尖括号太多，或者列表、引用套得太深。",
        "This part has too many brackets, or lists and quotations nested too deep.",
        "分成几段；列表最多套十二层。",
        "Divide it; nest lists no deeper than twelve.",
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
    # --- what needs evidence ---------------------------------------------------------------
    "claim-unproved": Rule(
        "“{value}”像是在断言（{reason}），可是没有写证据。",
        "“{value}” seems to assert something ({kind}), but no evidence is given.",
        "把这句话照抄进“断言”，写上证据和来源；还没查到就写“待核实”；只是平常话就抄进“平常话”。",
        "Copy the sentence into `claims` with its evidence (unverified counts), or into `ordinary`.",
        warning=True,
    ),
    "claim-absent": Rule(
        "“{field}”里的“{value}”，文章里找不到这句话。",
        "“{value}” in `{field_en}` is not said anywhere in the text.",
        "照文章里的字改；文章里删掉了，这一条也删掉。可以只抄半句，省去的地方写……。",
        "Write it as the text does, or remove it; what is left out between is written …….",
        warning=True,
    ),
    # --- advertising and food law: “looks wrong, ask”, never “compliant” -------------------
    "advert-ban": Rule(
        "“{value}”看起来不妥，请问一问：{note}。（{law}，{article}）",
        "“{value}” looks wrong, ask: {note_en}. ({law_en}, {article_en}.)",
        "换个说法。问过、有依据的，在“放行”里写上词、条款和依据。查的是 {date} 的文本。",
        "Say it another way, or add `lint_allow` with term, clause and proof. (Text of {date}.)",
    ),
    "advert-caution": Rule(
        "“{value}”看起来不妥，请问一问：{note}。（{law}，{article}）",
        "“{value}” looks wrong, ask: {note_en}. ({law_en}, {article_en}.)",
        "换个说法。问过、有依据的，在“放行”里写上词、条款和依据。查的是 {date} 的文本。",
        "Say it another way, or add `lint_allow` with term, clause and proof. (Text of {date}.)",
        warning=True,
    ),
    "advert-evidence": Rule(
        "“{value}”要有出处，请问一问：{note}。（{law}，{article}）",
        "“{value}” needs a source, ask: {note_en}. ({law_en}, {article_en}.)",
        "把这句话写进“断言”并写来源，或者写上证书；再不然换个说法。查的是 {date} 的文本。",
        "Put the sentence into `claims` with sources, or record the certificate. (Text of {date}.)",
        warning=True,
    ),
    "lint-allow-unused": Rule(
        "“放行”里的“{value}”没有用上。",
        "The exception for “{value}” excepts nothing.",
        "词要照正文写；正文里已经没有了，就删掉这一条。",
        "Write the term as the text does, or remove it.",
        warning=True,
    ),
    # --- numbers and labels ----------------------------------------------------------------
    "licence-format": Rule(
        "许可证号“{value}”不像食品生产许可证编号。",
        "“{value}” does not look like a food production licence.",
        "照证书写：SC 加 14 位数字。小作坊登记号不是这个样子，生产者的类型要写“小作坊”。",
        "Write SC and 14 digits; a small workshop's number needs a maker of that kind.",
        warning=True,
    ),
    "licence-check-digit": Rule(
        "许可证号“{value}”的最后一位对不上，可能抄错了一位。",
        "The last digit of licence “{value}” does not agree; one digit may be wrong.",
        "对着证书再看一遍。证书上就是这样，也有可能，问一问发证的部门。",
        "Compare it with the licence; some real numbers fail, so ask the office that issued it.",
        warning=True,
    ),
    "licence-old": Rule(
        "许可证号“{value}”是旧的 QS 编号，已经不用了。",
        "“{value}” is an old QS number, no longer in use.",
        "换成现在的 SC 编号。",
        "Use the present SC number.",
        warning=True,
    ),
    "credit-code": Rule(
        "统一社会信用代码“{value}”不对：位数、字母或者最后一位对不上。",
        "The credit code “{value}” cannot be: its length, letters or last character do not agree.",
        "对着营业执照抄一遍：18 位，里面没有字母 I、O、S、V、Z。",
        "Copy it from the licence: 18 characters, none of I, O, S, V, Z.",
    ),
    "credit-code-inner": Rule(
        "统一社会信用代码“{value}”里的组织机构代码（第 9 到 17 位）对不上。",
        "The organisation code inside “{value}” (characters 9 to 17) does not agree.",
        "对着营业执照再看一遍。",
        "Compare it with the licence.",
        warning=True,
    ),
    "gtin-check-digit": Rule(
        "商品条码“{value}”不对：位数或者最后一位对不上。",
        "The bar code “{value}” cannot be: its length or its last digit does not agree.",
        "照条码证书写 8、12、13 或 14 位数字。没有领过证的，这一行删掉。",
        "Write the licensed 8, 12, 13 or 14 digits; without a licence remove the line.",
    ),
    "gtin-restricted": Rule(
        "商品条码“{value}”是店里自用的号段（20–29），出了店不作数。",
        "The bar code “{value}” is for use inside one store (prefixes 20–29).",
        "只填从中国物品编码中心领来的条码；没有就删掉这一行。",
        "Use only a GTIN licensed by a GS1 office; otherwise remove the line.",
    ),
    "gtin-prefix": Rule(
        "商品条码“{value}”不是中国物品编码中心发的号段（680–699）。",
        "The bar code “{value}” has no prefix of mainland China (680–699).",
        "确认是不是自己领的条码；不能借用别人的。",
        "Make sure that it is your own licence; a GTIN cannot be borrowed.",
        warning=True,
    ),
    "gtin-twice": Rule(
        "商品条码“{value}”已经用在 {other}。",
        "The bar code “{value}” is already used at {other}.",
        "一个条码只对一种货、一种规格。另一样要另领一个。",
        "A GTIN belongs to one product in one size.",
    ),
    "standard-number": Rule(
        "产品标准“{value}”不像标准代号。",
        "“{value}” does not look like the code of a standard.",
        "照标准封面写，例如 GB/T 20981-2021、DBS52/ 012-2016、Q/ABC 0001S-2024。",
        "Write it as on the standard's cover, such as GB/T 20981-2021 or Q/ABC 0001S-2024.",
        warning=True,
    ),
    "certificate-number": Rule(
        "证书编号“{value}”不对劲，应当是{form}。",
        "The number “{value}” looks wrong: it should be {form_en}.",
        "对着证书再看一遍；有机码可以到 food.cnca.cn 查。",
        "Compare it with the certificate; organic codes are listed at food.cnca.cn.",
        warning=True,
    ),
    "certificate-expired": Rule(
        "“{value}”过期了，可是页面上还写着“{mark}”。",
        "“{value}” has expired, but the texts still say “{mark}”.",
        "换上新证书；没有续证，就把“{mark}”从文字里拿掉。证书这一条可以留着，页面会写“已过期”。",
        "Record the renewed certificate, or take “{mark}” out of the texts.",
        warning=True,
    ),
    "label-field": Rule(
        "“{product}”的标签按 {rules} 还缺：{missing}。",
        "By {rules_en} the label of “{product}” lacks: {missing_en}.",
        "补到产品文件里；地址、联系方式补到 products/brand.yml 的生产者里。没有的先去问，不要编。",
        "Add them to the product, address and telephone to its producer. Ask; do not invent.",
        warning=True,
    ),
    "allergen-group": Rule(
        "致敏物质“{value}”没有说是哪一类。",
        "The allergen “{value}” names none of the eight groups.",
        "写明是这八类里的哪一类：{groups}（GB 7718-2025，4.12）。",
        "Name its group: {groups} (GB 7718-2025, 4.12).",
        warning=True,
    ),
    "allergen-unlisted": Rule(
        "配料里有“{value}”，致敏物质里没有写“{group}”。",
        "“{value}” is among the ingredients, but the allergens do not name “{group}”.",
        "在“致敏物质”里加上{group}（GB 7718-2025，4.12，2027-03-16 起必须标）。",
        "Add {group} to the allergens (GB 7718-2025, 4.12, mandatory from 2027-03-16).",
        warning=True,
    ),
}
