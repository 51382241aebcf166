"""What the command line says, in Chinese and English."""

from __future__ import annotations

import locale
import os
import sys

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
    "format": ("报告的格式", "format of the report"),
    "out": ("写到哪个文件夹", "folder to write to"),
    "stage": (
        "写成普通文件，给别的网站生成器用",
        "write plain files for another site generator instead",
    ),
    "host": (
        "首页、手册用谁来排：mkdocs，或 none（用乡记自己的简单样式）",
        "who makes home and handbook: mkdocs, or none (our own plain frame)",
    ),
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
    "staged": ("写好了：{out}，{count} 个文件。", "Staged {out}: {count} files."),
    "made": ("新村子在 {out}。接着：", "The new village is in {out}. Next:"),
    "next": (
        "  cd {out}\n  xiangji check\n  xiangji build\n  xiangji serve",
        "  cd {out}\n  xiangji check\n  xiangji build\n  xiangji serve",
    ),
    "not-empty": (
        "{out} 里已经有东西，换一个文件夹。",
        "{out} is not empty; choose another folder.",
    ),
    "no-config": (
        "这里没有 {path}。先进到村子的文件夹，或者用 xiangji new 建一个。",
        "There is no {path} here. Go to the village's folder, or make one with `xiangji new`.",
    ),
    "bad-date": ("“{value}”不是日期，写成 2026-03-12。", "“{value}” is no date; write 2026-03-12."),
    "no-host": (
        "没有装 mkdocs-material，首页和手册用了简单样式。",
        "mkdocs-material is not installed; home and handbook use the plain frame.",
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
        "过几秒打开 http://{address}/ ；改了文件，页面自己刷新。按 Ctrl+C 停。",
        "In a few seconds open http://{address}/ ; pages reload when files change. Ctrl+C stops.",
    ),
    "scan": (
        "手机连同一个无线网，打开 http://{address}/，或者扫预览里的码。这些码只用来看，不要印。",
        "With the phone in the same network open http://{address}/, or scan a code of the preview. "
        "These codes are for looking only: do not print them.",
    ),
    "no-write": ("写不进 {out}：{why}", "Cannot write to {out}: {why}"),
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
