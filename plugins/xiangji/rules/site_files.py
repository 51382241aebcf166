"""What of the files beside hand-written pages is published, and what is left out."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    "site-file": Rule(
        "“{value}”没有放到网站上：{why}。",
        "“{value}” is not published: {why_en}.",
        "不要上网的，移到 site_src/ 外面；要上网的，把文件本身放进来，换成网页能用的格式"
        "（md、jpg、png、webp、gif、svg、pdf、csv、xlsx、mp3、m4a、txt、html）。"
        "非用不可的，在 mkdocs.yml 的 xiangji 下面写进“信任”。",
        "Move it out of site_src/; or put the file itself here, as md, jpg, png, webp, gif, svg, pdf, csv, xlsx, mp3, m4a, "
        "txt or html. If nothing else will do, name it under `trusted` of the plugin xiangji in mkdocs.yml.",
        warning=True,
    ),
    "site-name": Rule(
        "文件名“{value}”写坏了：不是 UTF-8，或者有看不见的字符。",
        "The file name “{value}” is broken: it is not UTF-8, or holds signs that cannot be seen.",
        "给它换一个名字。多半是 Windows 的压缩包解出来的：用支持中文名的软件重新解压。",
        "Rename it. It probably comes from a zip made on Windows: unpack that again with the right encoding.",
    ),
    "site-loop": Rule(
        "“{value}”是一个链接，指回了自己所在的文件夹：走进去就出不来。",
        "“{value}” is a link to a folder that it lies in itself: whoever follows it never comes out.",
        "删掉这个链接。",
        "Delete the link.",
    ),
    "site-html": Rule(
        "“{value}”没有放到网站上：里面有“{what}”，会运行程序、跳转，或者从别的网站取东西。",
        "“{value}” is not published: it holds “{what}”, which runs, leads elsewhere or loads from another site.",
        "删掉这一处。信得过、非用不可的，在 mkdocs.yml 的 xiangji 下面写进“信任”。",
        "Remove that; or, if you answer for it, name the file under `trusted` of the plugin xiangji in mkdocs.yml.",
        warning=True,
    ),
    "site-markup": Rule(
        "这一段里有网页上不许有的东西（程序、跳转、框架、外站图片），放到网站上的时候去掉了。",
        "This passage holds what no page may have (a program, a redirect, a frame, a picture of another site); it is left "
        "out of the site.",
        "改用 Markdown 写。信得过、非用不可的，在 mkdocs.yml 的 xiangji 下面把这一页写进“信任”。",
        "Write it in Markdown; or, if you answer for it, name the page under `trusted` of the plugin xiangji in mkdocs.yml.",
        warning=True,
    ),
    "site-picture": Rule(
        "“{value}”没有放到网站上：{why}。",
        "“{value}” is not published: {why_en}.",
        "换一个好的文件；照片用 JPEG、PNG、WebP 或 GIF，录音用 MP3。",
        "Replace it by a sound file: JPEG, PNG, WebP or GIF for a picture, MP3 for a recording.",
        warning=True,
    ),
    "site-trusted": Rule(
        "“{value}”是村里信任的：照原样放到网站上，里面的程序会在每个看它的人的手机上运行。",
        "The village trusts “{value}”: it is published as it is, and what it runs, it runs on every reader's phone.",
        "确认是自己写的、每一行都看得懂；不是的，从“信任”里删掉。",
        "Make sure that it is your own and that you know each line of it; else take it off the list.",
        warning=True,
    ),
}
