"""Labels and other paper: what keeps something from being printed."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    "paper-no-address": Rule(
        "还没有网站地址，码里没有东西可印。",
        "The site has no address yet, so there is nothing to put in a code.",
        "在 mkdocs.yml 里写 site_url，例如 https://你们的域名/；印了以后不能再改。",
        "Write site_url in mkdocs.yml; once printed it must not change.",
    ),
    "paper-no-sheet": Rule(
        "批次页关掉了（trace: false），码扫了打不开。",
        "Batch sheets are switched off (trace: false), so the code would lead nowhere.",
        "在 mkdocs.yml 里把 trace 打开。",
        "Switch trace on in mkdocs.yml.",
    ),
    "label-recalled": Rule(
        "批次 {value} 已经召回，不印标签。",
        "Lot {value} is recalled; no label is printed for it.",
        "召回的货不再出门。状态写错了，先把状态改对。",
        "Recalled goods leave no more. If the status is wrong, correct it first.",
    ),
    "label-stopped": Rule(
        "批次 {value} 现在是“{state}”，印了标签也先别贴了发货。",
        "Lot {value} is {state_en}: do not ship what carries these labels yet.",
        "等能卖了再发；状态变了，改批次的“状态”。",
        "Wait until it may be sold; change its status then.",
        warning=True,
    ),
    "label-input": Rule(
        "批次 {value} 用了已召回的 {input}，印了标签也先别贴了发货。",
        "The recalled lot {input} went into lot {value}: do not ship what carries these labels yet.",
        "先定这一批要不要也召回（xiangji recall）：要，就把“状态”改成召回；查清了不用，标签照用。",
        "Decide first whether it is recalled too (xiangji recall): if so, set its status; else use them.",
        warning=True,
    ),
    "label-expired": Rule(
        "批次 {value} 到 {day} 已经过期，不印标签。",
        "Lot {value} expired on {day}; no label is printed for it.",
        "核对生产日期和保质期；真的过期了，就不要再卖。",
        "Check its day of making and shelf life; what has expired is not sold.",
    ),
    "label-lacks": Rule(
        "“{product}”的标签按 {rules} 还缺：{missing}。缺着不能印。",
        "By {rules_en} the label of “{product}” lacks: {missing_en}. It cannot be printed so.",
        "把缺的补上；没有的不要编。只想先印个码，用 --template code，贴在已有的标签旁边。",
        "Add what is missing; invent nothing. For a code alone use --template code.",
    ),
    "label-glyph": Rule(
        "字体里没有“{value}”这个字（{code}），印出来会是一个空框。",
        "The fonts have no sign “{value}” ({code}); it would be printed as a box.",
        "换一个写法，或者把有这个字的字体（.ttf、.otf）放进 products/fonts/。",
        "Write it otherwise, or put a font that has it (.ttf, .otf) into products/fonts/.",
    ),
    "label-overflow": Rule(
        "批次 {value} 的{template}（{size} mm）放不下{part}：还差 {over} mm 高。",
        "The {template_en} of lot {value} ({size} mm) has no room for {part_en}: {over} mm short.",
        "用大一些的标签（--size 宽x高），或者把文字写短；字不会缩到法定高度以下，也不会截掉。",
        "Use a larger label (--size WxH) or shorter text; it is never cut or made too small.",
    ),
    "label-wide": Rule(
        "批次 {value} 的{template}（{size} mm）里“{word}”断不开行，放不下。",
        "In the {template_en} of lot {value} ({size} mm) “{word}” cannot be broken and does not fit.",
        "用宽一些的标签（--size 宽x高），或者在这串字母数字里加空格。",
        "Use a wider label (--size WxH), or put a space into it.",
    ),
    "label-code-room": Rule(
        "批次 {value} 的{template}（{size} mm）放不下码：要 {need} mm 见方，只有 {room} mm。",
        "The {template_en} of lot {value} ({size} mm) has no room for the code: "
        "it needs {need} mm square and has {room} mm.",
        "用大一些的标签；或者网址短一些（短域名、短的产品文件夹名）；打印机的点更细（--dpi 大一些）也能小一点。",
        "Use a larger label, a shorter address, or a printer with finer dots (a higher --dpi).",
    ),
    "label-code-small": Rule(
        "批次 {value} 的码，一个点阵格只有 {module} mm，旧手机、磨花了的标签可能扫不出来。",
        "The code of lot {value} has modules of {module} mm; old phones may fail on it.",
        "能用大一些的标签最好，到 0.5 mm 就稳了。",
        "Better use a larger label: 0.5 mm is safe.",
        warning=True,
    ),
    "label-telling-dropped": Rule(
        "批次 {value} 的{template}（{size} mm）放不下故事的短文，没有印。",
        "The {template_en} of lot {value} ({size} mm) has no room for the short telling.",
        "要印，就用大一些的标签，或者把故事的“六十字”写短。",
        "Use a larger label, or a shorter telling.",
        hint=True,
    ),
    "paper-unread": Rule(
        "做出来的文件里，{count} 个码有 {failed} 个没有读出来，所以没有交付：{value}。",
        "Of {count} codes in the finished file {failed} could not be read, so it was not delivered: {value}.",
        "换大一些的标签再试；还是这样，把这条消息发给乡记的维护者。",
        "Try a larger label; if it stays, tell the maintainers of Xiangji.",
    ),
}
