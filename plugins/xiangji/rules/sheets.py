"""Batch sheets, booklets and cards on paper: what keeps one from being printed, what was left out."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    "sheet-overflow": Rule(
        "批次 {value} 的内容一张 A4 放不下：字已经用到最小，步骤也都留给网页了，还差 {over} mm 高。",
        "Lot {value} does not fit on one A4 page: in the smallest type and with all steps left to "
        "the web page it is {over} mm short.",
        "把备注、怎么办、名称、标签上的内容写短；字不会再缩小，也不会截掉。",
        "Shorten remark, advice, name or label items; nothing is made smaller or cut.",
    ),
    "sheet-left": Rule(
        "批次 {value} 步骤多，一张 A4 只印了最近 {most} 步；纸上写明了另有 {count} 步，见网页。",
        "Lot {value} has many steps: one A4 page holds the latest {most}; the paper says that "
        "{count} more stand on the web page.",
        "要印全，把几步并成一步，或者把每一步的说明写短。",
        "To print all, join steps or shorten their notes.",
        hint=True,
    ),
    "sheet-telling-dropped": Rule(
        "批次 {value} 的批次表放不下故事的短文，没有印。",
        "The sheet of lot {value} has no room for the short telling.",
        "要印，就把故事的“六十字”或者备注写短。",
        "Shorten the telling or the remark.",
        hint=True,
    ),
    "card-stopped": Rule(
        "批次 {value} {state}，不印{template}。",
        "Lot {value} is {state_en}; no {template_en} is printed for it.",
        "换一批能卖的；状态写错了，先把状态改对。",
        "Choose a lot that is sold; if the state is wrong, correct it first.",
    ),
    "card-no-lot": Rule(
        "“{product}”没有能卖的批次，{template}上的码没有地方去，没有印。",
        "“{product}” has no lot on sale, so the code of its {template_en} would lead nowhere; "
        "it was not printed.",
        "登记一批再印；要给已经停售的批次印意见卡，写明批号。",
        "Record a lot first; for a feedback card of a stopped lot, name the lot.",
        warning=True,
    ),
    "card-overflow": Rule(
        "{value} 的{template}（{size} mm）放不下：还差 {over} mm 高。",
        "The {template_en} of {value} ({size} mm) has too much on it: {over} mm short.",
        "把产品名称、一句话或者规格的名字写短；字不会截掉，也不会小到看不清。",
        "Shorten the name, the lead or the sizes' names; nothing is cut or made too small.",
    ),
}
