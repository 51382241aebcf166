"""What `xiangji import --kind` says, in Chinese and English."""

from __future__ import annotations

IMPORT_WORDS: dict[str, tuple[str, str]] = {
    "records-kind": (
        "表里是哪一种：活动、项目……，不写就是批次",
        "what the table holds: projects, events …; batches if absent",
    ),
    "records-no-kind": (
        "没有“{value}”这一种。{near}能导入的：{known}。",
        "There is no kind “{value}”. {near}Known: {known}.",
    ),
    "records-elsewhere": (
        "“{value}”不是这样导入的：它写在 {place} 里。能导入的：{known}。",
        "“{value}” is not imported: it is written in {place}. Known: {known}.",
    ),
    "records-product": (
        "--kind 和 --product 只写一个：产品里的是批次。",
        "Use either --kind or --product: what belongs to a product are batches.",
    ),
    "records-column": ("第 {n} 列 → {name}", "column {n} → {name}"),
    "records-heads": ("行|编号|{title}|另有几格|结果", "row|id|{title}|other cells|result"),
    "records-count": (
        "一共 {rows} 行：{new} 行新的，{there} 行已经有了，{wrong} 行有错。",
        "{rows} row(s): {new} new, {there} there already, {wrong} with errors.",
    ),
    "records-nothing": ("没有新的，什么也没有写。", "Nothing new; nothing was written."),
    "records-ask": (
        "{count} 条新的，还没有写。看过没有问题，再加 --write 运行一次。",
        "{count} new record(s), not written yet. If all is well, run it again with --write.",
    ),
    "records-done": (
        "写好了，{count} 条新的，一条一个文件：",
        "Wrote {count} new record(s), a file each:",
    ),
    "records-file-there": (
        "{about} 已经在那里，不盖掉。什么也没有写。看看它里面是什么；或者在表格里换一个编号。",
        "{about} is there already and is not written over. Nothing was written. See what is in it, or choose another "
        "id in the table.",
    ),
    "records-not-same": (
        "“{about}”写成文件以后读出来会不一样，所以什么也没有写。看看那一行有没有怪的符号。",
        "“{about}” would read differently from a file, so nothing was written. Look for odd signs in its row.",
    ),
}
