"""What the command line says, in Chinese and English."""

from __future__ import annotations

import locale
import os
import sys

from xiangji.cli.import_words import IMPORT_WORDS
from xiangji.cli.label_words import LABEL_WORDS
from xiangji.cli.output_words import OUTPUT_WORDS
from xiangji.cli.pledge_words import PLEDGE_WORDS
from xiangji.cli.publish_words import PUBLISH_WORDS
from xiangji.cli.sheet_words import SHEET_WORDS
from xiangji.cli.written_words import WRITTEN_WORDS

WORDS: dict[str, tuple[str, str]] = {
    "about": (
        "乡记：把村里人记得的事，做成陌生人扫码也敢信的牌子。",
        "Xiangji: what a village remembers, as a brand that a stranger with a phone can trust.",
    ),
    "lang": ("界面语言：zh 或 en", "language of messages: zh or en"),
    "version": ("显示版本", "show the version"),
    "help": ("显示这段说明", "show this help"),
    "new": ("新建一个小村子，马上就能生成网站", "write a small village that builds at once"),
    "check": ("检查内容，一次说清所有问题", "check the content; tell every problem at once"),
    "build": ("生成网站", "build the site"),
    "serve": ("边改边看：保存以后页面自己刷新", "preview with live reload"),
    "config": ("村子的 mkdocs.yml", "the village's mkdocs.yml"),
    "strict": ("有提醒也算不通过", "treat warnings as errors"),
    "of-next": (
        "升级以前先看：下一版会拦下的提醒，也算错误",
        "before an upgrade: warnings that stop the next version count as errors",
    ),
    "next-stops": (
        "其中 {count} 处现在只是提醒，下一版是错误：不改就生成不了网站。",
        "{count} of them are warnings now and errors with the next version: it will not build until they are mended.",
    ),
    "next-fine": ("下一版不会多拦下什么。", "The next version will stop at nothing more."),
    "format": ("报告的格式", "format of the report"),
    "out": (
        "写到哪个文件夹；也可以是 s3://… 这样的地方",
        "folder to write to, or a place such as s3://…",
    ),
    "stage": (
        "写成普通文件，给别的网站生成器用",
        "write plain files for another site generator instead",
    ),
    "host": (
        "mkdocs.yml 里 reading 写的文件夹用谁来做：mkdocs，或 none（和别的页面一样）",
        "who makes the folders that `reading` in mkdocs.yml names: mkdocs, or none (like all other pages)",
    ),
    "cluster": (
        "批次页让一个 Dask 集群的几台电脑一起做（要装 xiangji[cluster]）",
        "have the batch sheets made by the computers of a Dask cluster (needs xiangji[cluster])",
    ),
    "cluster-driver": (
        '用集群要多装一组软件：pip install "xiangji[cluster]"。（{why}）',
        'A cluster needs a few more packages: pip install "xiangji[cluster]". ({why})',
    ),
    "cluster-unreached": (
        "连不上 {address} 的调度程序，没有生成网站，原来的没有动。看看它开着没有，地址、端口对不对。不用集群也能"
        "生成：去掉 --cluster。（{why}）",
        "No scheduler answers at {address}; nothing was built, and the site that was there is untouched. See "
        "whether it runs there, and under that port. Without --cluster this computer builds alone. ({why})",
    ),
    "cluster-idle": (
        "{address} 的调度程序开着，可是没有一台电脑在它那里干活。没有生成网站，原来的没有动。先开 dask worker。",
        "The scheduler at {address} runs, but nobody works for it. Nothing was built; the site that was there "
        "is untouched. Start a dask worker.",
    ),
    "cluster-unlike": (
        "集群里有电脑装的程序跟这台不一样，做出来的网页可能不一样。没有生成网站，原来的没有动。两边装一样的"
        "再来。这台 ≠ 那台：\n  {rows}",
        "A computer of the cluster runs another program than this one and might make other pages. Nothing was "
        "built; the site that was there is untouched. Install the same on both. Here ≠ there:\n  {rows}",
    ),
    "cluster-broke": (
        "集群没有做完，没有生成网站，原来的没有动。看看那边的电脑都装了乡记、还开着没有；不用集群也能生成：去掉 "
        "--cluster。（{why}）",
        "The cluster did not finish; nothing was built, and the site that was there is untouched. See whether its "
        "computers have xiangji installed and still run. Without --cluster this computer builds alone. ({why})",
    ),
    "quiet": ("只说问题，别的不说", "say nothing but problems"),
    "summary": (
        "最后怎么说：text，或者 json（页数、文件、字节、秒数、问题）",
        "how it ends: text, or json (pages, files, bytes, seconds, problems)",
    ),
    "profile": ("时间花在哪一步", "show where the time goes, stage by stage"),
    "profile-head": ("步骤|秒|CPU 秒|占", "stage|s|CPU s|share"),
    "profile-start": ("启动", "start"),
    "profile-fingerprint": ("看变化", "fingerprint"),
    "profile-write": ("写文件", "write"),
    "profile-manifest": ("记账", "manifest"),
    "profile-rest": ("其余", "the rest"),
    "profile-all": ("合计", "all"),
    "date": ("按哪一天生成（2026-03-12）；不写就是今天", "day to build for; default today"),
    "site-url": ("网站地址，代替 mkdocs.yml 里的", "site address instead of mkdocs.yml's"),
    "address": ("预览地址，例如 127.0.0.1:8000", "preview address, such as 127.0.0.1:8000"),
    "fine": ("内容没有问题：{summary}。", "The content is fine: {summary}."),
    "found": ("一共 {summary}。", "Found {summary}."),
    "stopped": (
        "没有生成网站，原来的没有动。",
        "Nothing was built; the site that was there is untouched.",
    ),
    "built": ("写好了：{out}，{pages} 个页面。", "Built {out}: {pages} pages."),
    "unchanged": (
        "没有变化：{out} 已经是最新的，{pages} 个页面。",
        "Nothing changed: {out} is up to date, {pages} pages.",
    ),
    "staged": ("写好了：{out}，{count} 个文件。", "Staged {out}: {count} files."),
    "made": ("新村子在 {out}。接着：", "The new village is in {out}. Next:"),
    "next": (
        "  cd {out}\n  xiangji check\n  xiangji build\n  xiangji serve",
        "  cd {out}\n  xiangji check\n  xiangji build\n  xiangji serve",
    ),
    "no-config": (
        "这里没有 {path}。先进到村子的文件夹，或者用 xiangji new 建一个。",
        "There is no {path} here. Go to the village's folder, or make one with `xiangji new`.",
    ),
    "place-name": (
        "“{value}”不能当文件名或者文件夹名，换一个短一点、平常一点的。",
        "No file or folder can be named “{value}”; choose a shorter, plainer name.",
    ),
    "place-address": (
        "“{value}”是网上的地方，这里要写这台电脑上的文件或者文件夹。",
        "“{value}” is a place on the network; name a file or folder of this computer.",
    ),
    "bad-date": ("“{value}”不是日期，写成 2026-03-12。", "“{value}” is no date; write 2026-03-12."),
    "no-host": (
        "mkdocs.yml 里 reading 写的文件夹要用 MkDocs 来做，这台电脑没有装。什么也没有写。\n"
        '装上：pip install "xiangji[mkdocs]"；或者用 --host none，这些页面也用乡记自己的样子。',
        "MkDocs makes the folders that `reading` in mkdocs.yml names, and is not installed. Nothing was written.\n"
        'Install it: pip install "xiangji[mkdocs]"; or use --host none, and these pages have our own frame.',
    ),
    "host-failed": (
        "MkDocs 没有生成成功，原来的网站没有动。",
        "MkDocs failed; the site is untouched.",
    ),
    "phone": (
        "让同一个无线网里的手机也能看：预览里的码可以扫",
        "let a phone in the same network look: codes in the preview can be scanned",
    ),
    "serving": (
        "打开 http://{address}/ ；改了文件，页面自己刷新。按 Ctrl+C 停。",
        "Open http://{address}/ ; pages reload when files change. Ctrl+C stops.",
    ),
    "no-port": (
        "http://{address}/ 开不了：{why}。多半是已经开着一个预览；或者用 --address 换一个端口。",
        "http://{address}/ cannot be opened: {why}. Perhaps a preview runs already; or choose another "
        "port with --address.",
    ),
    "bad-address": (
        "--address 要写成 主机:端口，比如 127.0.0.1:8000；这里写的是“{value}”",
        "--address wants HOST:PORT, such as 127.0.0.1:8000, not {value!r}",
    ),
    "scan": (
        "手机连同一个无线网，打开 http://{address}/，或者扫预览里的码。这些码只用来看，不要印。",
        "With the phone in the same network open http://{address}/, or scan a code of the preview. "
        "These codes are for looking only: do not print them.",
    ),
    "import": (
        "读一张表（CSV 或 Excel），批次、活动、项目……，说清读懂了什么；加 --write 才写",
        "read a table (CSV or Excel) of batches, events, projects …, show what was understood; --write keeps it",
    ),
    "import-product": ("写给哪个产品：它的文件夹名", "the product's folder name"),
    "import-write": ("把新的写进去", "write what is new"),
    "import-no-table": ("没有这个文件：{path}", "There is no file {path}."),
    "import-kind": (
        "{path}：只认 .csv、.xlsx、.xls 和 .ods。别的先在表格软件里另存为 .xlsx。",
        "{path}: only .csv, .xlsx, .xls and .ods are read. Save it as .xlsx first.",
    ),
    "import-no-product": (
        "没有“{value}”这个产品。{near}已有的：{known}。",
        "There is no product “{value}”. {near}Known: {known}.",
    ),
    "import-which": (
        "写给哪个产品？加上 --product，例如 --product laziji。已有的：{known}。",
        "Which product? Add --product ID. Known: {known}.",
    ),
    "import-from": ("读的是：{name}{sheet}", "Read: {name}{sheet}"),
    "import-sheet": ("，工作表“{name}”", ", sheet “{name}”"),
    "import-to": ("写到：{place}", "Goes to: {place}"),
    "import-column-is": ("第 {n} 列“{title}”", "column {n} “{title}”"),
    "import-unit": ("，没写单位的算“{unit}”", ", in “{unit}” where no unit stands"),
    "import-column-number": ("只是序号，不读", "row numbers, not read"),
    "import-column-unknown": ("没有认出来", "not understood"),
    "import-skipped-title": ("第 {line} 行在表头上面，不读", "row {line} is above the header"),
    "import-skipped-header": ("第 {line} 行又是表头，不读", "row {line} is the header again"),
    "import-skipped-sum": ("第 {line} 行是合计，不读", "row {line} is a sum"),
    "import-heads": (
        "行|批号|生产日期|数量|状态|另有几格|结果",
        "row|lot|made on|quantity|status|other cells|result",
    ),
    "import-new": ("新的", "new"),
    "import-there": ("已经有了，不动", "is there, left alone"),
    "import-other": ("（{names}和这里写的不一样）", " ({names} differ from this table)"),
    "import-stopped": (
        "有错误，什么也没有写。改好表格，再来一次。",
        "There are errors, so nothing was written. Correct the table and try again.",
    ),
    "import-nothing": ("没有新的批次，什么也没有写。", "No new batches; nothing was written."),
    "import-ask": (
        "{count} 个新批次，还没有写。看过没有问题，再加 --write 运行一次。",
        "{count} new batch(es), not written yet. If all is well, run it again with --write.",
    ),
    "import-done": ("写好了，{count} 个新批次：", "Wrote {count} new batch(es):"),
    "import-workbook": (
        "{place} 是表格软件的文件，乡记不改它。在表格软件里把新的行加进去，或者先把它另存为 CSV。",
        "{place} is a workbook, which is never changed here. Add the rows in the spreadsheet, or save it "
        "as CSV first.",
    ),
    "import-column": (
        "{place} 没有这些列：{about}。先在它的表头末尾加上，再来一次。什么也没有写。",
        "{place} has no column for: {about}. Add them to its header and try again. Nothing was written.",
    ),
    "import-not-same": (
        "批次 {about} 写进 {place} 以后读出来会不一样，所以什么也没有写。"
        "看看那里的列名、单位和别的批号。",
        "Lot {about} would read differently in {place}, so nothing was written. Compare the headers, "
        "units and lots there.",
    ),
    "import-file-there": (
        "{place} 里已经有 {about}，里面是别的批号。什么也没有写。",
        "{place} already has {about} with another lot in it. Nothing was written.",
    ),
    "fix": (
        "改掉机器能有把握改的小错；先看，加 --write 才写",
        "mend what is mechanical; shows it first, --write keeps it",
    ),
    "fix-diff": ("用差异格式显示", "show a unified diff"),
    "fix-write": ("写进文件，再检查一遍", "write the files and check again"),
    "fix-none": ("没有要改的。", "Nothing to mend."),
    "fix-shown": (
        "{files} 个文件，{count} 处。没有写。没有错就加 --write 再来一次。",
        "{count} change(s) in {files} file(s). Nothing was written; add --write to keep them.",
    ),
    "fix-written": (
        "写好了：{files} 个文件，{count} 处。",
        "Wrote {files} file(s): {count} change(s).",
    ),
    "fix-blank": ("冒号后面空一格", "a blank after the colon"),
    "fix-colon": ("中文冒号改成英文冒号", "an ASCII colon"),
    "fix-digits": ("全角数字和横线改成半角", "plain digits and dashes"),
    "fix-hidden": ("删掉看不见的字符", "an invisible character less"),
    "fix-key": ("名字写错了一个字", "a name with one slip"),
    "fix-quotes": ("去掉引号", "no quotation marks"),
    "fix-tab": ("Tab 换成空格", "blanks for a tab"),
    "fix-trailing": ("去掉行尾的空格", "no blanks at the end of the line"),
    "none": ("没有", "none"),
    "kinds": (
        "能写哪些东西、写在哪个文件、有哪些字段",
        "what can be written down, where, with which fields",
    ),
    "kinds-name": ("哪一种：名字或叫法，例如 projects、活动", "which one: projects, events, …"),
    "kinds-one": ("看其中一种：xiangji kinds projects", "One of them: xiangji kinds projects"),
    "kinds-example": ("照着写：", "An example:"),
    "kinds-fields": ("所有字段：", "All fields:"),
    "kinds-required": ("必填", "required"),
    "kinds-unknown": ("没有“{value}”这一种。{near}", "There is no kind “{value}”. {near}"),
    "report": ("各种报告", "reports"),
    "report-exposure": (
        "小店里各家轮流排在前面，一年下来各有几次",
        "how often each maker is shown first in the catalogue over a year",
    ),
    "exposure-weeks-option": ("数多少周，不写就是 52", "how many weeks to count; default 52"),
    "exposure-head": (
        "从 {begin} 那一周起，{weeks} 周里：",
        "In {weeks} weeks, beginning with that of {begin}:",
    ),
    "exposure-rule": (
        "轮流的规矩：同一类里，各家按编号排好，每周一往后挪一家；2024 年 1 月 1 日那一周从头一家开始。\n"
        "一家一样，依次往下；一栏里的各类也这样轮。按生成网站的那一天算，所以每周要重新生成一次。",
        "The rule: on a shelf, makers stand in the order of their ids, and every Monday the next one\n"
        "comes first; the week of 1 January 2024 began with the first. One thing of each in turn. The\n"
        "shelves of a tab take turns too. The day is the one the site is built for: build it weekly.",
    ),
    "exposure-none": ("小店里还没有东西。", "There is nothing in the catalogue yet."),
    "exposure-nobody": ("（没有写生产者）", "(no maker recorded)"),
    "exposure-tab": ("栏目", "tab"),
    "exposure-shelf": ("类别", "shelf"),
    "exposure-maker": ("谁", "maker"),
    "exposure-goods": ("几样", "goods"),
    "exposure-first": ("排第一", "first"),
    "exposure-early": ("在前三", "first three"),
    "exposure-top": ("整栏头一个", "first of the tab"),
    "exposure-weeks": ("共几周", "weeks"),
    "consent": ("同意书：谁出现在哪里", "consent: who appears where"),
    "consent-report": (
        "列出谁出现在哪一页、凭哪一条同意、哪些快到期、哪些收回了",
        "list who appears on which page, on what ground, and what ends",
    ),
    "consent-form": ("text 给人看，csv 给表格软件", "text to read, csv for a spreadsheet"),
    "consent-head-appears": ("出现在网站上：", "On the site:"),
    "consent-head-nowhere": ("名单里有，哪一页都没有：", "Listed, and on no page:"),
    "consent-head-soon": ("六十天内到期，要再问一次：", "Ends within 60 days; ask again:"),
    "consent-head-expired": ("已经过期，这些地方不再出现：", "Expired; no longer here:"),
    "consent-head-withdrawn": ("已经收回，这些地方不再出现：", "Withdrawn; no longer here:"),
    "consent-ground-open": (
        "凭“{use}”（{since} 起，没有期限，{by}同意）",
        "on “{use}” (since {since}, no term, by {by})",
    ),
    "consent-ground-until": (
        "凭“{use}”（{since} 起，到 {until}，{by}同意）",
        "on “{use}” (from {since} until {until}, by {by})",
    ),
    "consent-ground-withdrawn": (
        "“{use}”（{since} 同意，{until} 收回，{by}）",
        "“{use}” (given {since}, withdrawn {until}, by {by})",
    ),
    "consent-alias": (
        "不写姓名，页面上写“{alias}”",
        "not by name; the page says “{alias}”",
    ),
    "consent-lots": (
        "同意的时候做的批次，标签可能已经贴出去：{lots}",
        "lots made while it held, whose labels may be out: {lots}",
    ),
    "consent-run": ("登记过：{what}，{run}", "registered: {what}: {run}"),
    "consent-unregistered": (
        "登记里没有：{lots}",
        "not in the register: {lots}",
    ),
    "consent-no-register": (
        "没有印刷登记（products/codes.csv），所以印过什么，只能照批次去查。",
        "There is no register of printed codes (products/codes.csv); look through the lots.",
    ),
    "consent-private": (
        "这份名单里有姓名，只给合作社自己看，不要发到网上。",
        "This list holds names. It is for the cooperative; do not publish it.",
    ),
    "consent-state": ("情况", "state"),
    "consent-state-appears": ("出现", "appears"),
    "consent-state-nowhere": ("没有出现", "nowhere"),
    "consent-state-soon": ("快到期", "ends soon"),
    "consent-state-expired": ("已过期", "expired"),
    "consent-state-withdrawn": ("已收回", "withdrawn"),
    "consent-id": ("编号", "id"),
    "consent-name": ("姓名", "name"),
    "consent-address": ("网址", "address"),
    "consent-part": ("身份", "as"),
    "consent-use": ("用途", "use"),
    "consent-since": ("自", "since"),
    "consent-until": ("至", "until"),
    "consent-by": ("同意人", "by"),
    "consent-printed": ("可能印过的批次", "lots that may be printed"),
    "since": (
        "印刷登记和哪个 Git 版本比；不写就是最近一次提交",
        "Git revision to compare the register of codes with; default the latest",
    ),
    "recall": (
        "列出一批召回牵到的码、印次、批次和页面，写好一份通知；什么也不改",
        "list what a recall reaches, with a notice to post; changes nothing",
    ),
    "recall-head-lot": ("这一批：", "The lot:"),
    "recall-head-further": ("用到它的批次：", "Lots that it went into:"),
    "recall-state": ("状态：{state}", "state: {state}"),
    "recall-sheet": ("页面：", "sheet: "),
    "recall-quantity": ("数量：", "quantity: "),
    "recall-destination": ("去向：", "went to: "),
    "recall-codes": ("印出去的码：", "printed code: "),
    "recall-unregistered": (
        "没有登记（products/codes.csv 里没有）",
        "none registered in products/codes.csv",
    ),
    "recall-run": (
        "印次 {run}，数量 {quantity}，材料 {material}，印于 {day}",
        "run {run}, quantity {quantity}, material {material}, printed on {day}",
    ),
    "recall-unknown": ("未记录", "not recorded"),
    "recall-write": (
        "还没有写召回。要写的一行是 状态: 召回，在 {place}（表格里就是 {about} 的“状态”那一格）；"
        "再写上原因和怎么办，然后 xiangji build。",
        "Not recalled yet. Write 状态: 召回 for {about} at {place} (in a table the cell under 状态), with "
        "reason and advice; then xiangji build.",
    ),
    "recall-write-further": (
        "{about} 用了它，状态还不是召回（{place}）。要不要召回，由合作社定；页面上已经会提到用料召回。",
        "{about} holds it and is not recalled itself ({place}). That is for the cooperative to decide.",
    ),
    "recall-written": ("都已经写了召回。", "All of them are recalled already."),
    "recall-notice": (
        "—— 可以发到村群里的通知（只用记下来的事；未记录的先补上）——",
        "—— notice for the village group (only recorded facts) ——",
    ),
    "recall-no-lot": (
        "没有“{value}”这一批。{near}写成 产品/批号，例如 laziji/2026-09A。",
        "There is no lot “{value}”. {near}Write product/lot.",
    ),
    "recall-which": (
        "“{value}”有几批：{several}。写成 产品/批号。",
        "“{value}” may be {several}. Write product/lot.",
    ),
    "progress-batches": ("批次", "batches"),
    "progress-photos": ("照片", "photos"),
    "progress-posters": ("海报", "posters"),
    "posters": (
        "做海报：故事、产品、每一批，长按就能发；写名字，或者 --all",
        "make posters of stories, products and batches; give names, or --all",
    ),
    "posters-all": ("全部都做", "make all of them"),
    "posters-shape": (
        "tall（1080 × 1440）、long（1080 × 1920）或 square；不写三种都做",
        "tall (1080 × 1440), long (1080 × 1920) or square; default all three",
    ),
    "posters-layout": (
        "大图、题字或信笺，代替品牌文件里的“海报版式”",
        "picture, title or letter, instead of the brand file's",
    ),
    "posters-which": (
        "做哪一张？写故事、产品的文件夹名，或者 产品/批号；全部就写 --all。",
        "Which? Name a story, a product or product/lot; for all of them write --all.",
    ),
    "posters-no-name": (
        "没有“{value}”这个故事、产品或批次。{near}",
        "There is no story, product or lot “{value}”. {near}",
    ),
    "posters-done": ("写好了 {count} 张海报：{out}", "Wrote {count} posters to {out}"),
    "busy": (
        "另一次生成正在写 {out}，等它写完再来。",
        "Another build is writing {out}; try again when it has ended.",
    ),
    "no-write": ("写不进 {out}：{why}", "Cannot write to {out}: {why}"),
    **IMPORT_WORDS,
    **PLEDGE_WORDS,
    **LABEL_WORDS,
    **SHEET_WORDS,
    **PUBLISH_WORDS,
    **OUTPUT_WORDS,
    **WRITTEN_WORDS,
}


def language(arguments: list[str] | None = None) -> str:
    """`zh` or `en`: from `--lang`, else from the locale; Chinese unless that says English."""
    given = sys.argv[1:] if arguments is None else arguments
    for index, argument in enumerate(given):
        if argument == "--lang" and index + 1 < len(given):
            return "en" if given[index + 1].startswith("en") else "zh"
        if argument.startswith("--lang="):
            return "en" if argument[7:].startswith("en") else "zh"
    name = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    return "en" if (name or locale.getlocale()[0] or "").lower().startswith("en") else "zh"


def say(key: str, lang: str, **values: object) -> str:
    """A sentence of the command line."""
    return WORDS[key][0 if lang == "zh" else 1].format(**values)
