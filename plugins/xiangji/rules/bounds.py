"""What is too much: numbers and days that nothing can be computed with, folders that never end."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    "value-number-large": Rule(
        "“{field}”里的“{value}”太大，或者位数太多。",
        "“{value}” in “{field}” is too large, or has too many digits.",
        "最大写到一万亿，小数最多写几位，例如 {example}。",
        "Write at most a million million, with a few decimals, such as {example}.",
    ),
    "value-date-far": Rule(
        "“{field}”里的“{value}”离现在太远了。",
        "“{value}” in “{field}” is too far from now.",
        "核对年份：写公元 1000 年到 2999 年的日子，例如 {example}。",
        "Check the year: write a day from 1000 to 2999, such as {example}.",
    ),
    "workbook-unreadable": Rule(
        "这个表格读不了：{why}。",
        "This workbook cannot be read: {why_en}.",
        "在 WPS 或 Excel 里打开它，有密码的先去掉密码；只选中有字的格子，复制到一张新表里，另存为 .xlsx。",
        "Open it in a spreadsheet, take off its password if it has one, copy only the filled cells into a new sheet, and save "
        "that as .xlsx.",
    ),
}
