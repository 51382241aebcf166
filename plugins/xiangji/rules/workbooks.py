"""What a workbook says beside its values."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    "cell-error": Rule(
        "{where}是 {value}：表格软件没有算出来，这一格等于没有写。",
        "{where_en} shows {value}: the spreadsheet could not compute it, so the cell says nothing.",
        "在表格软件里改好公式，或者直接写上值；本来就没有的，清空这一格。",
        "Mend the formula, or write the value itself; if there is none, clear the cell.",
    ),
    "cell-formula": Rule(
        "{where}是公式 {value}，文件里没有存下结果。",
        "{where_en} holds the formula {value}, and the file does not keep its result.",
        "在 WPS 或 Excel 里打开这个文件，再保存一次；还是这样，就直接写上值。",
        "Open the file in a spreadsheet and save it once more; if that does not help, write the value itself.",
    ),
    "cell-picture": Rule(
        "{where}里嵌了一张图片，表格里的图片不读。",
        "{where_en} holds a picture, and pictures in tables are not read.",
        "图片另存成文件，在产品或者故事里写上文件名；这一格写字，或者清空。",
        "Save the picture as a file and name it in a record; write words into the cell, or clear it.",
    ),
    "cell-merged": Rule(
        "合并的格子，每一行都当作写了同样的内容：{value}。",
        "Merged cells count for each of their rows: {value}.",
        "核对一下；不是每一行都一样的，取消合并，一行一行写。",
        "Check that; where rows differ, unmerge the cells and write each.",
        hint=True,
    ),
    "merged-key": Rule(
        "{name} 把几行的“{field}”合并成了一格“{value}”：分不清哪一行是哪一条。",
        "{name} merges “{field}” of several rows into one cell “{value}”, so nobody can tell them apart.",
        "取消合并，一行写一个；同一批的几样事，写在一行里。",
        "Unmerge it and write one in each row; write all of one lot into one row.",
    ),
    "merged-quantity": Rule(
        "{name} 把几行的“{field}”合并成了一格“{value}”：看不出每一行各是多少。",
        "{name} merges “{field}” of several rows into one cell “{value}”; how much each has cannot be told.",
        "取消合并，每一行写自己的数；只知道总数的，空着。",
        "Unmerge it and write the amount of each row; leave it empty if only the sum is known.",
    ),
    "row-struck": Rule(
        "第 {line} 行“{value}”划了删除线：看不出它还算不算。",
        "Row {line}, “{value}”, is struck through: whether it still counts cannot be told.",
        "不能卖了的，“状态”写停售或者召回，写上原因；根本没有做成的，删掉这一行；划错了的，去掉删除线。",
        "If it is not sold any more, give it that status and the reason; if it never was, delete the row; else remove the line.",
    ),
    "cell-struck": Rule(
        "{name}（“{field}”）有划掉的字：“{value}”。",
        "{name} (“{field}”) holds words that are struck through: “{value}”.",
        "只留现在对的字，别的删掉；划错了的，去掉删除线。",
        "Keep what holds now and delete the rest, or remove the line.",
    ),
    "cell-notes": Rule(
        "这些格子有批注，网站上不会有：{value}。",
        "These cells have notes, which are not on the site: {value}.",
        "要让人看到的，写进“备注”或者别的列。",
        "Write what people should see into a column.",
        hint=True,
    ),
    "cells-hidden": Rule(
        "表里藏起来了，照样读了：{value}。",
        "These are hidden in the sheet and were read all the same: {value_en}.",
        "取消筛选、取消隐藏，看一看；不该公开的，挪到另一个文件里。",
        "Remove the filter or unhide them and look; move what is not public to another file.",
        warning=True,
    ),
    "rows-coloured": Rule(
        "这几行的颜色和别的行不一样：{value}。颜色读不出来。",
        "These rows have another colour than the rest: {value_en}. Colours are not read.",
        "颜色要是有意思，例如停售，写进“状态”或者“备注”。",
        "If the colour means something, such as a stop, write it into the status or a note.",
        hint=True,
    ),
    "sheet-hidden": Rule(
        "工作表“{value}”藏起来了，没有读。",
        "The sheet “{value}” is hidden and was not read.",
        "要读的，在表格软件里右键工作表的标签，取消隐藏；不要的，取消隐藏以后把它删掉。",
        "Unhide it to have it read; unhide and delete it if it is not needed.",
        warning=True,
    ),
    "workbook-shallow": Rule(
        "{value} 是旧的或者别的格式：只读得到字和数，出错的公式、批注、颜色、删除线、藏起来的行都看不到。",
        "From {value} only words and numbers are read: formulas in error, notes, colours, struck and hidden rows cannot be seen.",
        "在 WPS 或 Excel 里另存为 .xlsx，放在它的位置。",
        "Save it as .xlsx in a spreadsheet, in its place.",
        warning=True,
    ),
}
