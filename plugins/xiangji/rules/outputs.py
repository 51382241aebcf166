"""Where a site may be written: a build replaces a whole folder, so nothing of anybody's may be in it."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    "target-village": Rule(
        "网站不能写到“{value}”：它就是村子的文件夹，或者包着它，或者是一整块盘、一个人的主文件夹。生成会换掉整个文件夹。",
        "The site cannot be written to “{value}”: that is the village's folder or one above it, a whole disk or somebody's "
        "home. A build replaces the whole folder.",
        "换成一个专门放网站的文件夹，例如 site。什么也没有动。",
        "Name a folder that is for the site alone, such as site. Nothing was touched.",
    ),
    "target-content": Rule(
        "网站不能写到“{value}”：它和村子自己的“{name}”套在一起，生成会把那里的东西换掉。",
        "The site cannot be written to “{value}”: it is, lies in or holds the village's own “{name}”, which a build would "
        "replace.",
        "换成一个专门放网站的文件夹，例如 site。什么也没有动。",
        "Name a folder that is for the site alone, such as site. Nothing was touched.",
    ),
    "target-no-folder": Rule(
        "网站不能写到“{value}”：那里不是文件夹，或者打不开。",
        "The site cannot be written to “{value}”: what is there is no folder, or cannot be opened.",
        "换成一个还没有的、或者空的文件夹，例如 site。什么也没有动。",
        "Name a folder that is empty or not there yet, such as site. Nothing was touched.",
    ),
    "setting-folder": Rule(
        "“{name}”写的“{value}”不能当文件夹名。",
        "“{value}” under `{name}` can be the name of no folder.",
        "换一个短一点、平常一点的名字，例如 site_src、site。",
        "Write a shorter, plainer name, such as site_src or site.",
    ),
    "target-others": Rule(
        "网站不能写到“{value}”：里面有不是乡记写的东西，例如“{name}”，生成会把它们换掉。",
        "The site cannot be written to “{value}”: it holds what Xiangji did not write, such as “{name}”, and a build would "
        "replace it.",
        "换成一个还没有的、或者空的文件夹；里面的东西真不要了，自己移走再来。什么也没有动。",
        "Name a folder that is empty or not there yet; or move away yourself what is in it. Nothing was touched.",
    ),
    "target-tracked": Rule(
        "网站不能写到“{value}”：里面有 Git 管着的文件，例如“{name}”。",
        "The site cannot be written to “{value}”: Git keeps files in it, such as “{name}”.",
        "换一个文件夹；如果那是以前生成的网站，先 git rm -r --cached，写进 .gitignore，再来一次。什么也没有动。",
        "Name another folder; if it is a site from before, `git rm -r --cached` it first and add it to .gitignore. "
        "Nothing was touched.",
    ),
    "target-kind": Rule(
        "“{value}”里是 xiangji build 写的另一种东西（{name}），不能换成这一种。",
        "“{value}” holds the other thing that xiangji build writes ({name_en}).",
        "网站和 --stage 的文件各用各的文件夹：换一个。什么也没有动。",
        "Use one folder for the site and another for --stage. Nothing was touched.",
    ),
}
