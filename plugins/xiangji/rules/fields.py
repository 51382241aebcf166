"""Records and tables: shape, fields, values, references."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    # --- shape and fields --------------------------------------------------------------------------
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
    "other-site-data": Rule(
        "这里不是别的乡记网站发布的“{value}”数据：每一条都要有 id 和 url。",
        "This is no data file that another Xiangji site publishes: each record has an id and a url.",
        "打开那个网站的 /data/{key}.json，原样另存到这里；没有的话，自己写一份 .yml。",
        "Save that site's /data/{key}.json here as it is; or write a .yml of your own.",
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
    # --- values ------------------------------------------------------------------------------------
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
    "value-batch": Rule(
        "“{field}”里的“{value}”看不出是哪一批。",
        "“{value}” in “{field}” does not say which batch it is.",
        "写成“产品/批号”，例如 {example}。",
        "Write product/lot, such as {example}.",
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
    "value-months": Rule(
        "“{field}”里的“{value}”看不出是哪几个月。",
        "“{value}” in “{field}” does not name months.",
        "写成 11—2月、3、4、5月 或 全年。",
        "Write 11-2月, 3、4、5月 or 全年 (the whole year).",
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
    # --- tables ------------------------------------------------------------------------------------
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
    # --- references --------------------------------------------------------------------------------
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
}
