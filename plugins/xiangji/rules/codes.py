"""The register of printed codes."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    "register-no-address": Rule(
        "印刷登记里没有“地址”这一列，一行也没有读。",
        "The register of printed codes has no column “地址” (address); no row was read.",
        "在 products/codes.csv 的表头里加上“地址”：码里的网址，例如 t/laziji/2026-09A/。",
        "Add the column 地址: the address in the code, such as t/laziji/2026-09A/.",
    ),
    "register-since": Rule(
        "在 Git 里找不到版本“{value}”，没法和它比。",
        "There is no revision “{value}” in Git to compare with.",
        "核对 --since 后面写的版本；浅克隆先运行 git fetch --unshallow。不写 --since 就和最近一次提交比。",
        "Check what stands after --since; in a shallow clone run git fetch --unshallow first.",
    ),
    "code-address": Rule(
        "“{value}”不是码里能印的地址。",
        "“{value}” is no address that a code could hold.",
        "写成 {example}，或者把印的网址抄全；整卷预印的码写 c/编号/，编号用小写字母、数字和短横。",
        "Write {example}, or the whole printed address; a pre-printed code is c/ID/.",
    ),
    "code-target": Rule(
        "“{value}”看不出是哪一批。",
        "“{value}” does not say which batch it is.",
        "写成“产品/批号”，例如 {example}。",
        "Write product/lot, such as {example}.",
    ),
    "code-target-missing": Rule(
        "“{value}”写了转向，没有写转到哪里。",
        "“{value}” is redirected to nothing.",
        "在“转到”里写产品/批号，例如 laziji/2026-11A；不再用的码，状态写“停用”。",
        "Write product/lot under 转到 (target), or close the code.",
    ),
    "code-target-needless": Rule(
        "“{value}”的状态是{state}，又写了转到别处。",
        "“{value}” has a target, which its state does not allow.",
        "要它转过去，状态写“转向”；不要，就把“转到”空着。",
        "Make its state 转向 (redirected), or leave 转到 (target) empty.",
    ),
    "code-unbound": Rule(
        "“{value}”不是预印的码，不能是“未绑定”。",
        "“{value}” is no pre-printed code, so it cannot be unbound.",
        "预印的码，地址是 c/编号/；已经印了批号的，状态写“在用”。",
        "Pre-printed codes have the address c/ID/; any other is active.",
    ),
    "code-twice": Rule(
        "“{value}”在登记里有两种说法：{one}，{other}。",
        "The register sends “{value}” to two places: {one}, {other}.",
        "一个地址只能有一个去处：同一个地址的几行，改成一样。",
        "Give all rows of one address the same end.",
    ),
    "code-round": Rule(
        "“{value}”转来转去，又转回了自己。",
        "“{value}” is redirected in a circle.",
        "让其中一行的“转到”写真有页面的那一批。",
        "Let one of these rows lead to a batch that has a page.",
    ),
    "code-no-page": Rule(
        "印出去的码“{value}”没有页面了，扫了会打不开。",
        "The printed code “{value}” leads to no page.",
        "{near}批次改了名，在这一行的“状态”写“转向”、“转到”写新的产品/批号；不再用的码，写“停用”。",
        "{near_en}If the batch has a new name, redirect the code (转向, 转到: product/lot); else close it.",
    ),
    "code-target-page": Rule(
        "“{address}”要转到“{value}”，那里没有页面。",
        "“{address}” leads to “{value}”, where there is no page.",
        "{near}核对“转到”：写真有的产品/批号。",
        "{near_en}Write the product/lot of a batch that is there.",
    ),
    "code-page": Rule(
        "登记里写“{value}”{told}，可是这个地址还有自己的页面。",
        "The register says that “{value}” {told_en}, but the address has a page of its own.",
        "那一批还在，状态就写“在用”；真不用了，先把那一批改名或者拿掉。",
        "Make it active while its batch is there, or rename or remove the batch.",
    ),
    "code-order": Rule(
        "印刷日期 {value} 比第 {line} 行的 {before} 早，登记的次序乱了。",
        "The printing day {value} is earlier than {before} in line {line}.",
        "登记只在末尾加行，按印刷日期从早到晚；旧的行不挪、不删。",
        "Only add rows at the end, by day of printing; never move or delete rows.",
    ),
    "code-deleted": Rule(
        "“{value}”原来登记了 {had} 行，现在只有 {has} 行：印出去的码不能从登记里删掉。",
        "“{value}” had {had} row(s) in the register and has {has}: a printed code was deleted.",
        "把那一行放回来；码不再用，状态写“停用”。",
        "Put the row back; close the code if it is no longer used.",
    ),
    "code-repointed": Rule(
        "“{value}”原来{old}，现在{new}：印出去的码不能悄悄换一批。",
        "“{value}” did this: {old_en}; now: {new_en}. A printed code must not change silently.",
        "改回来；确实要换，状态写“转向”，说明里写为什么。",
        "Change it back; if it must be, make its state 转向 (redirected) and note why.",
    ),
    "code-reused": Rule(
        "“{value}”停用过，现在又变成{new}：停用的码不能再给别的批次用。",
        "“{value}” was closed and is given out again: {new_en}.",
        "改回“停用”，给这一批另用一个码。",
        "Close it again and take another code for this batch.",
    ),
    "code-kept": Rule(
        "“{value}”那一批改了名，这个地址自己转到 {to}，印出去的码照样能用。",
        "The batch of “{value}” has a new name; the address leads on to {to} by itself.",
        "没有认错就不用管；最好在这一行写上：状态“转向”，转到 {to}。",
        "Nothing must be done; better write it down: 转向, 转到 {to}.",
        hint=True,
    ),
}
