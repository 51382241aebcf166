"""Writes the command reference into the manuals, from the `--help` texts.

    python tools/commands.py      after a command, an option or its help has changed

`site_src/handbook/commands.md` is Chinese, `site_src/dev/commands.md` English. The part above the heading in `MARKS` is
written by hand and is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from xiangji.cli.main import commands

ROOT = Path(__file__).resolve().parent.parent
PAGES = {
    "zh": ROOT / "site_src" / "handbook" / "commands.md",
    "en": ROOT / "site_src" / "dev" / "commands.md",
}
MARKS = {"zh": "## 每条命令和它的选项\n", "en": "## Every command and its options\n"}
"""The heading below which the page is generated."""

LEADS = {
    "zh": "这一段是程序照着每条命令的 `--help` 写的。“文件夹”“批号”这样的词和大写的英文词换成自己的，方括号里的可以不写，竖线隔开的挑一个；"
    "每条命令还都认 `--lang` 和 `--help`。",
    "en": "Written by a program from each command's `--help`. Words in capitals are yours to choose, those in brackets may be left "
    "out, of those between bars one is chosen. Every command takes `--lang` and `--help` as well.",
}


def reference(lang: str) -> str:
    """Return every command with its options, as Markdown."""
    parts = (
        one(context, lang) for context in every(click.Context(commands(lang), info_name="xiangji"))
    )
    return "\n".join(parts)


def every(context: click.Context) -> Iterator[click.Context]:
    """Yield the commands of a group and of the groups inside it."""
    group = context.command
    if not isinstance(group, click.Group):
        yield context
        return
    for name in sorted(group.commands):
        yield from every(click.Context(group.commands[name], parent=context, info_name=name))


def one(context: click.Context, lang: str) -> str:
    """Return one command as Markdown: heading, description, usage line, options."""
    command = context.command
    pieces = " ".join(command.collect_usage_pieces(context))
    lines = [f"### {context.command_path}", "", f"{plain(command.help or '')}", ""]
    lines += ["```text", f"{context.command_path} {pieces}", "```", ""]
    between = "：" if lang == "zh" else ": "
    for param in command.get_params(context):
        record = param.get_help_record(context)
        if record and record[1] and not {"--help", "--lang"} & set(param.opts):
            lines.append(f"- `{record[0]}`{between}{plain(record[1])}")
    return "\n".join([*lines, ""])


def plain(text: str) -> str:
    """Escape plain text for Markdown."""
    escaped = re.sub(r"([\\`*_])", r"\\\1", " ".join(text.split()))
    return escaped.replace("<", "&lt;").replace(">", "&gt;")


def whole(lang: str, page: str) -> str:
    """Return a page: its hand-written part, and the present reference. Raises ValueError if the heading is missing."""
    by_hand, mark, _ = page.partition(MARKS[lang])
    if not mark:
        raise ValueError(f"no heading “{MARKS[lang].strip()}” in the page")
    return f"{by_hand}{mark}\n{LEADS[lang]}\n\n{reference(lang)}"


def main() -> None:
    for lang, path in PAGES.items():
        path.write_text(whole(lang, path.read_text("utf-8")), "utf-8", newline="\n")
        print(path.relative_to(ROOT).as_posix())


if __name__ == "__main__":
    main()
