"""Wrong use of the command line, told in the reader's language.

Click speaks English only. Its handful of messages is recognised here; one that is not stays as it
is, since half a hint is better than none.
"""

from __future__ import annotations

import re
import sys

import click

_CHINESE: tuple[tuple[str, str], ...] = (
    (r"No such command '(.+?)'\.", r"没有“\1”这个命令。"),
    (r"No such option '(.+?)'\.", r"没有“\1”这个选项。"),
    (r"No such option:? (\S+?)\.?(?= |$)", r"没有“\1”这个选项。"),
    (r" ?\(?Did you mean one of: (.+?)\?\)?", r"是不是想写 \1？"),
    (r" ?\(?Did you mean '?(.+?)'?\?\)?$", r"是不是想写“\1”？"),
    (r" ?\(Possible options?: (.+?)\)", r"是不是想写 \1？"),
    (r"Invalid value for '(.+?)': (.+)", r"\1 的值不对：\2"),
    (r"'([^']*)' is not one of (.+?)\.", r"没有“\1”，可以写 \2。"),
    (r"Missing argument '(.+?)'\.", r"还要写上 \1。"),
    (r"Missing command\.", "还要写上做什么，例如 xiangji check。"),
    (r"Got unexpected extra arguments? \((.+?)\)", r"后面多了“\1”。"),
    (r"Option '(.+?)' requires an argument\.", r"“\1”后面还要写上值。"),
    (r"Option '(.+?)' requires (\d+) arguments\.", r"“\1”后面要写 \2 个值。"),
    (r"Option '(.+?)' does not take a value\.", r"“\1”后面不要写值。"),
)
_USAGE = (
    ("Usage: ", "用法："),
    ("[OPTIONS]", "[选项]"),
    ("COMMAND [ARGS]...", "命令 [参数]……"),
    ("[LOTS]...", "[批号]……"),
    ("FOLDER", "文件夹"),
    ("TARGET", "地方"),
)
"""Words of the line that shows how a command is written."""


def in_utf8() -> None:
    """Have both streams speak UTF-8: a Windows console may still be set to a code page without the
    characters we print."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def run(group: click.Group, arguments: list[str] | None, lang: str) -> None:
    """Run a command group and leave with its exit status."""
    try:
        status = group.main(arguments, prog_name="xiangji", standalone_mode=False)
    except click.ClickException as error:
        # Without any words Click shows the help, which is in the right language already.
        if lang == "zh" and not isinstance(error, click.exceptions.NoArgsIsHelpError):
            click.echo(in_chinese(error), err=True)
        else:
            error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        sys.exit(1)
    sys.exit(status if isinstance(status, int) else 0)


def in_chinese(error: click.ClickException) -> str:
    """What Click says about a wrong use, in Chinese."""
    message = error.format_message()
    for english, chinese in _CHINESE:
        message = re.sub(english, chinese, message)
    message = message.replace("FOLDER", "文件夹").replace("TARGET", "地方")
    lines = [f"用法不对：{message}"]
    context = getattr(error, "ctx", None)
    if context is not None:
        usage = context.get_usage()
        for english, chinese in _USAGE:
            usage = usage.replace(english, chinese)
        lines = [usage, f"看说明：{context.command_path} --help", "", *lines]
    return "\n".join(lines)
