"""What `xiangji pledge` says, in Chinese and English. What stands on a certificate is Chinese only."""

from __future__ import annotations

PLEDGE_WORDS: dict[str, tuple[str, str]] = {
    "pledge": (
        "看一批农产品的承诺达标合格证，或者为什么不能开；加 --issue 才登记",
        "show the commitment certificate of a lot of produce, or why it gets none; --issue records it",
    ),
    "pledge-quantity": (
        "证上的数量（重量），带单位；不写就是整批",
        "amount on it, with its unit; default the whole lot",
    ),
    "pledge-copies": ("一样的开几份，记在登记里", "how many copies, for the register"),
    "pledge-issue": (
        "开：编一个号，在 products/pledges.csv 末尾加一行",
        "issue it: take the next number and add a row to products/pledges.csv",
    ),
    "pledge-bad-quantity": (
        "“{value}”看不出数量，写成 60 公斤、120 把。",
        "“{value}” is no amount; write it as 60 公斤.",
    ),
    "pledge-refused": ("不能开", "refused"),
    "pledge-refusal": (
        "{about} 的合格证不能开，一共 {count} 条原因：",
        "{about} gets no certificate, for {count} reason(s):",
    ),
    "pledge-sample": ("（示例，不是真的）", " (sample, not real)"),
    "pledge-number": ("编号", "number"),
    "pledge-not-yet": ("还没有开，开的时候再编", "not issued yet"),
    "pledge-name": ("产品名称", "product"),
    "pledge-amount": ("数量（重量）", "quantity (weight)"),
    "pledge-place": ("产地", "place of origin"),
    "pledge-promise": ("承诺内容", "promise"),
    "pledge-bases": ("承诺依据", "basis"),
    "pledge-subject": ("承诺主体", "pledged by"),
    "pledge-telephone": ("联系方式", "contact"),
    "pledge-day": ("开具时间", "issued on"),
    "pledge-lot": ("批号", "lot"),
    "pledge-sheet": ("网页", "sheet"),
    "pledge-own": (
        "这是 {subject} 自己的承诺，要自己担责任；不是政府发的证明。",
        "This is {subject}'s own promise, at its own risk; no authority certifies it.",
    ),
    "pledge-before": ("这一批已经开过：", "Issued for this lot before:"),
    "pledge-before-row": (
        "{number}，{day}，{quantity}{ended}",
        "{number}, {day}, {quantity}{ended}",
    ),
    "pledge-ask": (
        "还没有开。每一行都是真的，再加 --issue 运行一次。",
        "Not issued. When every line is true, run it again with --issue.",
    ),
    "pledge-done": (
        "开好了，记在 {place}：{number}，{copies} 份。这一行不要删。",
        "Issued and recorded in {place}: {number}, {copies} copies. Keep this row.",
    ),
    "pledge-unsound": (
        "合格证登记自己有问题，先改好再开；现在什么也没有写。",
        "The register of certificates has mistakes; mend them first. Nothing was written.",
    ),
}
