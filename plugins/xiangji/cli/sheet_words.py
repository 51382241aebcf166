"""What the commands for sheets and cards say, in Chinese and English."""

from __future__ import annotations

SHEET_WORDS: dict[str, tuple[str, str]] = {
    "sheets": (
        "批次表：一批一页 A4，没有网络也看得懂；或者合成一本小册子",
        "batch sheets on A4, a page each, to be read without a network; or as one booklet",
    ),
    "sheets-booklet": (
        "合成一本：封面、目录、一批一页",
        "one booklet: cover, contents, a page for each lot",
    ),
    "sheets-all": ("所有批次，过期的也在内", "every lot, expired ones as well"),
    "cards": (
        "摊位牌、货架卡、意见卡：印在 A4 上自己裁，或者交给印刷厂",
        "cards for stall and shelf and to write on: on A4 to cut, or for a print shop",
    ),
    "cards-kind": (
        "哪种：stall 摊位牌（A5），shelf 货架卡（100x70，大字码），feedback 意见卡（A6）",
        "kind: stall (A5), shelf (100x70, code of the large form), feedback (A6)",
    ),
    "cards-copies": ("每种几张；意见卡不写是 4 张", "how many of each; default 1, feedback 4"),
    "cards-stock": (
        "a4 排满自己裁；shop 一页一张带出血，交印刷厂",
        "a4 to cut, or one a page with bleed for a print shop",
    ),
    "pledge-pdf": (
        "做成能印的 PDF：label 标签纸，a4-8 不干胶，a4 一张一页；没有 --issue 就是校样",
        "as PDF: label, a4-8 die-cut sheet, a4; a proof without --issue",
    ),
    "sheets-none": ("没有能印的。", "There is nothing to print."),
    "sheets-chosen-named": ("这里有点名要的 {count} 批。", "The {count} lots that were asked for."),
    "sheets-chosen-every": ("这里有登记过的全部 {count} 批。", "All {count} lots on record."),
    "sheets-file": (
        "{name}：{pages} 页，{read} 个码都读出来了，最小的点阵格 {module} mm",
        "{name}: {pages} page(s); all {read} code(s) read back, smallest module {module} mm",
    ),
}
