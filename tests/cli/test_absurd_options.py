"""Every option and argument of every command, and every setting of mkdocs.yml, with values that nobody means: the
command ends with a sentence and a status, never with a traceback, and never waits.

The options come from the commands themselves, so a new one is held to it without a line here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path

import click
import pytest

from built import run
from xiangji.build import build
from xiangji.cli.main import commands
from xiangji.readers.config import read_settings

ABSURD = (
    "9" * 5_000, "字" * 300, "a" * 300, "-1", "0", "1e999", "NaN", "", "\u3000", "/dev/zero", "x\udcff",
    "{name}", "%s", "²", "2026-99-99", "0000-00-00", "9" * 20, "1:2:3", "[::1", "http://[", "s3://", "h:99999999",
    "127.0.0.1:-1", "tcp://", "HEAD..", "--",
)  # fmt: skip
NEEDED = {
    "import": ["t.csv"], "recall": ["X"], "publish": ["out"], "labels": ["x"], "cards": ["laziji"],
    "pledge": ["laziji/X"], "sheets": ["laziji"], "posters": ["x"],
}  # fmt: skip
"""Arguments that a command wants before it looks at its options."""

SLOW = {("serve", "--config"), ("serve", "--host")}
"""What would open a preview of the village that stands there."""


def each_command(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from each_command(command, (*above, name))
        else:
            yield (*above, name)


def command_of(names: tuple[str, ...]) -> click.Command:
    found: click.Command = commands("zh")
    for name in names:
        assert isinstance(found, click.Group)
        found = found.commands[name]
    return found


def lines(names: tuple[str, ...], param: click.Parameter) -> Iterator[list[str]]:
    for value in ABSURD[::2] if names == ("build",) else ABSURD:
        if isinstance(param, click.Argument):
            yield [*names, "--", value]
        else:
            yield [*names, *NEEDED.get(names[0], []), param.opts[0], value]


def ended(group: click.Group, line: list[str]) -> tuple[int, str]:
    """The status of a command, and what it said. The streams take any text, as those of the program do."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        try:
            status = group.main(line, standalone_mode=False)
        except click.ClickException as error:
            return error.exit_code, error.format_message()
        except SystemExit as error:
            status = error.code
    return int(status or 0), out.getvalue() + err.getvalue()


@pytest.mark.parametrize("names", [*each_command(commands("zh"))], ids=" ".join)
def test_every_option_of_every_command(
    names: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run("xiangji", "new", "v", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    monkeypatch.chdir(tmp_path / "v")
    group = commands("zh")
    for param in command_of(names).params:
        if getattr(param, "is_flag", False) or (names[0], param.opts[0]) in SLOW:
            continue
        for line in lines(names, param):
            status, told = ended(group, line)
            assert status in (0, 1, 2), (line, status)
            assert status == 0 or told.strip(), line


SETTINGS = (
    "site_name", "site_url", "docs_dir", "site_dir", "nav", "plugins", "theme", "extra", "markdown_extensions",
    "extra_css", "extra_javascript", "hooks", "INHERIT", "validation", "exclude_docs", "not_in_nav", "use_directory_urls",
)  # fmt: skip
SHAPES = ("{}", "[{}]", "[[{}]]", "{{a: {}}}", "{{{}: {{}}}}", "[{{xiangji: {}}}]", "[{{xiangji: {{catalogue: {}}}}}]",
    "[{{xiangji: {{trusted: {}}}}}]", "[{{xiangji: {{stories: {{{}: {}}}}}}}]", "{{xiangji: {}}}", "[{{a: [{{b: {}}}]}}]",
)  # fmt: skip
WRITTEN = ('"' + "9" * 5_000 + '"', "9" * 400, "-1", "~", '""', "1e999", '"{a}"', "/dev/zero", '"\\0"', "2026-99-99",
    '"' + "../" * 300 + '"', "http://[", "!!python/name:os.system a", "2026-01-01", "yes", "{a: b}",
)  # fmt: skip


@pytest.mark.parametrize("key", SETTINGS)
def test_every_setting(key: str, tmp_path: Path) -> None:
    made = run("xiangji", "new", "v", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    file = tmp_path / "v" / "mkdocs.yml"
    kept = "".join(
        line
        for line in file.read_text("utf-8").splitlines(keepends=True)
        if line.startswith(("site_name:", "site_url:", "docs_dir:"))
        and not line.startswith(f"{key}:")
    )
    for turn, shape in enumerate(SHAPES):
        for value in WRITTEN[turn % 5 :: 5]:
            text = (
                shape.replace("{}", value)
                if "{{" not in shape
                else shape.format(*[value] * shape.count("{}"))
            )
            file.write_text(f"{kept}{key}: {text}\n", "utf-8")
            settings, found = read_settings(file, date(2026, 9, 30))
            site = build(settings, found)
            assert site.pages or site.problems, (key, text)
