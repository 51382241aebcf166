"""What is no content: programs that a village names, and what a build leaves in its folder."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    "family-broken": Rule(
        "页面插件“{value}”（来自 {source}）装坏了：{why}。",
        "The page family “{value}” (from {source}) cannot be loaded: {why_en}.",
        "重新安装 {source}，或者在 mkdocs.yml 里写 {value}: false，先不用它。",
        "Install {source} again, or switch it off in mkdocs.yml: {value}: false.",
    ),
    "kind-broken": Rule(
        "记录种类“{value}”（来自 {source}）装坏了：{why}。",
        "The kind of record “{value}” (from {source}) cannot be loaded: {why}.",
        "重新安装 {source}；不用它就卸掉。",
        "Install {source} again, or remove it.",
    ),
    "host-runs": Rule(
        "用 MkDocs 生成网站的时候，会运行{what}“{value}”。",
        "A build by MkDocs runs {what} “{value}”.",
        "自己写的、信得过的就不用管。别人的村子，先看过它再生成；或者用 xiangji build --host none，什么也不运行。",
        "Nothing to do if it is your own. In a stranger's village look at it first, or use xiangji build --host none, "
        "which runs none of it.",
        hint=True,
    ),
    "tracked-output": Rule(
        "“{value}”被 Git 收着：里面是生成出来的，不是内容。",
        "Git keeps “{value}”: what is in it was generated and is no content.",
        "把 /{value}/ 写进 .gitignore，再运行 git rm -r --cached {value}。文件还在，只是 Git 不再收它。",
        "Write /{value}/ into .gitignore, then run git rm -r --cached {value}; the files themselves stay.",
        warning=True,
    ),
}
