"""What lies in the folder of hand-written pages and does not go into the site as it is."""

from __future__ import annotations

from xiangji.rules.rule import Rule

RULES: dict[str, Rule] = {
    "site-file-link": Rule(
        "“{value}”是链接（{what}），没有放进网站。",
        "“{value}” is a link ({what_en}); it was left out of the site.",
        "要放上网站，把真正的文件复制到这里；不要的就删掉这个链接。",
        "Copy the real file here; or delete the link.",
        warning=True,
    ),
    "site-file-hidden": Rule(
        "“{value}”的名字以点开头，是藏起来的，没有放进网站。",
        "“{value}” is hidden, since its name begins with a dot; it was left out of the site.",
        "不该公开的，搬到这个文件夹外面去。要公开的，改一个不以点开头的名字；"
        "证明网站是谁的文件放在 .well-known 文件夹里。",
        "Move it elsewhere; or rename it. Proofs of ownership belong in .well-known.",
        warning=True,
    ),
    "site-file-kind": Rule(
        "“{value}”没有放进网站：网站上不放{kind}。",
        "“{value}” was left out of the site: {kind_en} are not published.",
        "{do}不该公开的，搬到这个文件夹外面去。",
        "{do_en} What is not to be public belongs elsewhere.",
        warning=True,
    ),
    "site-file-unfit": Rule(
        "“{value}”没有放进网站：{why}。",
        "“{value}” was left out of the site: {why_en}.",
        "换一个没有这个毛病的文件；不该公开的，搬到这个文件夹外面去。",
        "Put another file in its place; what is not to be public belongs elsewhere.",
        warning=True,
    ),
    "site-file-html": Rule(
        "“{value}”没有放进网站：这一行的 {what} 会让网页做事、装别处的东西，或者看不准是什么。",
        "“{value}” was left out of the site: {what} in this line does or loads something, or is not plain.",
        "删掉它，只留文字和普通的标签。非要不可的，在 mkdocs.yml 的 xiangji 下面写：原样: [{value}]",
        "Remove it. If it must be, write under xiangji in mkdocs.yml: raw: [{value}]",
        warning=True,
    ),
    "site-file-taken": Rule(
        "“{value}”没有放进网站：网站里已经有一个叫这个名字的文件，是乡记做的。",
        "“{value}” was left out of the site, which has a made file of that name.",
        "换一个名字，或者删掉它。",
        "Rename it, or delete it.",
        warning=True,
    ),
    "site-file-pdf": Rule(
        "“{value}”照原样放上网站，里面还写着{what}。",
        "“{value}” is published as it is, and holds {what_en}.",
        "打开它，用“打印”另存成一份新的 PDF，写的人、时间和照片的地点多半就没有了；没有不能公开的，就不用管。",
        "Print it into a new PDF to be rid of most of this; or leave it, if nothing of it is private.",
        hint=True,
    ),
    "site-file-raw": Rule(
        "“{value}”照原样放上网站：里面的脚本会在看的人的浏览器里运行，照片的地点、写的人都不去掉。",
        "“{value}” is published as it is: scripts in it run, and places and names in it stay.",
        "这是 mkdocs.yml 的“原样”里写的。只给看得懂、信得过的文件这样写；不要了就从那里删掉。",
        "mkdocs.yml says so (raw). Name there only what you understand and trust.",
        hint=True,
    ),
    "site-raw-missing": Rule(
        "mkdocs.yml 的“原样”里写的“{value}”不在 {folder} 里，或者是链接、藏起来的文件。",
        "“{value}”, named under raw in mkdocs.yml, is no plain file in {folder}.",
        "写文件在 {folder} 里的路径，例如 files/map.html；不要了就删掉这一条。",
        "Write its path below {folder}, such as files/map.html; or remove the entry.",
        warning=True,
    ),
    "site-page-html": Rule(
        "这里的 {what} 不会出现在网页上。",
        "{what} in this page is left out.",
        "自己写的网页里只用文字和普通的标签，不用脚本、样式、框架和别的网站上的图片；删掉它。",
        "Use text and plain tags; remove scripts, styles, frames and pictures of other sites.",
        warning=True,
    ),
}
