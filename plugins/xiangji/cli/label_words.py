"""What the commands that print say, in Chinese and English."""

from __future__ import annotations

LABEL_WORDS: dict[str, tuple[str, str]] = {
    "labels": (
        "排好标签，做成能直接印的 PDF，印以前把每个码都译一遍",
        "set labels as PDF that is ready to print; every code in it is read back first",
    ),
    "labels-all": ("所有还能卖的批次", "every lot that may be sold"),
    "labels-roll": (
        "先印一卷没有批次的码，例如 juan-02；以后在登记里绑定",
        "a roll of codes for no lot yet, such as juan-02; bound later in the register",
    ),
    "labels-template": (
        "哪种标签：jar 罐身标、bag 袋标、box 箱标、fresh 鲜品标、tag 吊牌、code 码贴",
        "kind: jar, bag, box, fresh produce, hang tag, code sticker",
    ),
    "labels-size": (
        "标签的宽x高，毫米，例如 90x60；不写就用这种标签的尺寸",
        "width x height in mm, such as 90x60; default the template's",
    ),
    "labels-stock": (
        "印在什么上：shop 交印刷厂，a4 自己裁，a4-24 等不干胶（数字是一张几枚），roll 热敏卷",
        "what it is printed on: shop, a4 to cut, a4-24 and other die-cut sheets, thermal roll",
    ),
    "labels-dpi": (
        "打印机每英寸几个点；热敏卷不写是 203，别的是 300",
        "dots per inch of the printer; default 203 for a roll, else 300",
    ),
    "labels-copies": (
        "每批几张；不写就按批次的数量，没有数量就一张纸",
        "how many of each; default as many as the lot has pieces, else one sheet",
    ),
    "labels-level": (
        "码的纠错：m 平常，q 会磨损的，h 更耐磨（码会变密）",
        "error level: m, q for wear, h for more (a denser code)",
    ),
    "labels-together": ("几批排在一个文件里", "all lots in one file"),
    "labels-pack": (
        "另做一个设计包（zip）：码、印章、纹样、花边和文字，给印刷厂排版",
        "a zip with code, seal, motif, border and texts for a print shop as well",
    ),
    "labels-register": (
        "真的印：在 products/codes.csv 里记一行；不写只是校样",
        "for a real run: add a row to products/codes.csv; without it this is a proof",
    ),
    "paper-out": ("写到哪个文件夹；不写就是 print", "folder to write to; default print"),
    "paper-black": ("只用黑色", "black ink only"),
    "no-printing": (
        '印东西要多装一组软件：pip install "xiangji[print]"',
        'Printing needs a few more packages: pip install "xiangji[print]"',
    ),
    "labels-which": (
        "印哪一批的标签？写批号，例如 xiangji labels laziji/2026-09A；全部就写 --all。",
        "Labels of which lot? Write it, such as laziji/2026-09A, or --all.",
    ),
    "labels-none": ("没有能印的批次。", "There is no lot to print."),
    "labels-bad-size": (
        "“{value}”不是尺寸，写成 90x60（宽x高，毫米）。",
        "“{value}” is no size; write 90x60 (width x height in mm).",
    ),
    "labels-size-range": (
        "标签最小 30x20，最大 148x210（毫米），横竖都行。",
        "Labels are 30x20 to 148x210 mm, either way round.",
    ),
    "labels-stock-size": (
        "{stock} 这种纸的标签就是 {size} mm，不用写 --size。",
        "Labels of {stock} are {size} mm; leave --size out.",
    ),
    "labels-too-large": (
        "{size} mm 的标签，一张 A4 排不下一枚；用 --stock shop。",
        "Not one label of {size} mm fits on A4; use --stock shop.",
    ),
    "labels-roll-copies": (
        "一卷印几个码？加上 --copies，例如 --copies 100。",
        "How many codes on the roll? Add --copies, such as --copies 100.",
    ),
    "labels-bad-roll": (
        "“{value}”不能做一卷的名字：用小写字母、数字和短横，例如 juan-02。",
        "“{value}” cannot name a roll: use lower-case letters, digits and hyphens.",
    ),
    "labels-roll-there": (
        "“{value}”这一卷已经登记过了，换一个名字。",
        "A roll “{value}” is registered already; take another name.",
    ),
    "labels-skipped": (
        "召回、停售、过期的不印：{lots}。",
        "Left out, being recalled, on hold or expired: {lots}.",
    ),
    "paper-stopped": ("有错误，什么也没有写。", "There are errors; nothing was written."),
    "labels-file": (
        "{name}：{template} {size} mm，{count} 枚，{pages} 页",
        "{name}: {template} {size} mm, {count} label(s), {pages} page(s)",
    ),
    "labels-code": (
        "  码：{address}（{length} 字，版本 {version}，纠错 {level}）",
        "  code: {address} ({length} characters, version {version}, level {level})",
    ),
    "labels-module": (
        "  点阵格 {module} mm = {dots} 个点（{dpi} 点/英寸），连静区 {side} mm 见方，静区 4 格",
        "  module {module} mm = {dots} dots at {dpi} dpi, {side} mm square with its quiet zone of 4",
    ),
    "labels-type": (
        "  字高不小于 {least} mm",
        "  type at least {least} mm high",
    ),
    "labels-net": (
        "  净含量的数字高 {net} mm，是法定的最小",
        "  digits of the net content {net} mm high, the least by law",
    ),
    "labels-read": (
        "  译码：{read} / {wanted} 个都读出来了；量得点阵格 {module} mm，静区是空的，反差 {contrast}",
        "  read back: {read} of {wanted}; measured: module {module} mm, quiet zone empty, contrast {contrast}",
    ),
    "labels-not-full": (
        "  {template}不是食品标签：法定内容要另外印在包装上。",
        "  A {template} is no food label: what the law wants must stand on the package.",
    ),
    "labels-proof": (
        "这是校样，没有登记。真的印，再运行一次，加上 --register。",
        "This is a proof; nothing was registered. For a real run add --register.",
    ),
    "labels-registered": (
        "登记好了：products/codes.csv 多了 {count} 行。印出去的码，从现在起不会断。",
        "Registered: {count} row(s) added to products/codes.csv. These codes are kept alive from now on.",
    ),
    "paper-actual": (
        "打印时选“实际大小”（100%），不要选“适应页面”。",
        "Print at actual size (100 %), not “fit to page”.",
    ),
    "labels-unsound": (
        "登记本身有错，先改好；什么也没有写。",
        "The register itself has errors; correct it first. Nothing was written.",
    ),
    "register-column": (
        "{place} 没有这些列：{about}。先在它的表头末尾加上，再来一次。什么也没有写。",
        "{place} has no column for: {about}. Add them to its header and try again. Nothing was written.",
    ),
    "register-not-same": (
        "加进 {place} 以后读出来会不一样（{about}），所以什么也没有写。看看那里的列名。",
        "Rows added to {place} would read differently ({about}), so nothing was written. See its header.",
    ),
    "slug-proof": ("校样，没有登记", "proof, not registered"),
    "progress-labels": ("排版", "typesetting"),
    "progress-print-check": ("译码", "reading codes"),
}
