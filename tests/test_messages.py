"""The messages: none is missing, none is idle, all languages say the same, and what is read is what was written."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations
from io import BytesIO
from pathlib import Path
from types import ModuleType

import click
import pytest
from babel.messages.catalog import Catalog, Message

from built import ROOT, environment, here, write
from xiangji.cli.usage import speak
from xiangji.kinds.installed import kind_rules
from xiangji.messages import CLICK, DOMAINS, FOLDER, compiled, message
from xiangji.rules import RULES

LANGUAGES = ("zh", "en")
CODE = sorted((ROOT / "plugins" / "xiangji").rglob("*.py"))

CLICK_CODE = sorted(Path(click.__file__).parent.rglob("*.py"))

LESS_IN_ENGLISH = {
    ("problem", "code-target-needless"): {"state"},
    ("problem", "digital-label-kind"): {"kind"},
    ("problem", "claim-unproved"): {"reason", "kind"},
    ("problem", "other-site-data"): {"value"},
}
"""Placeholders of one language alone: the other tells it without them."""


def _tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


TOOL = _tool()


@pytest.fixture(scope="module")
def catalogues() -> dict[str, Catalog]:
    return {each: TOOL.catalogue(file) for each, file in TOOL.sources().items()}


def messages(catalogue: Catalog) -> dict[tuple[str, str], Message]:
    """All but the head, in the order of the file."""
    return {(each.context, each.id): each for each in catalogue if each.id}


def test_there_is_one_file_a_language(catalogues: dict[str, Catalog]) -> None:
    assert sorted(catalogues) == sorted(LANGUAGES)


def test_what_is_read_is_what_was_written() -> None:
    """Nothing else lies there either, such as what an editor of such files compiled by itself."""
    made = TOOL.compiled_files()
    assert {*FOLDER.rglob("*.mo")} == made.keys()
    for file, content in made.items():
        fresh, there = (told(each) for each in (content, file.read_bytes()))
        assert fresh == there, f"python tools/messages.py ({file.name})"


def told(compiled: bytes) -> dict[str, str]:
    """What a compiled file says, without its head, where the compiler may tell of itself."""
    found = dict(GNUTranslations(BytesIO(compiled))._catalog)  # type: ignore[attr-defined]
    return {key: text for key, text in found.items() if key}


def test_all_languages_have_the_same_messages(catalogues: dict[str, Catalog]) -> None:
    """In the same order, so that a translator can read them side by side."""
    keys = [list(messages(each)) for each in catalogues.values()]
    assert all(each == keys[0] for each in keys)
    contexts = {context for context, _ in keys[0]}
    assert contexts <= {context for several in DOMAINS.values() for context in several}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_says_something(language: str, catalogues: dict[str, Catalog]) -> None:
    for key, each in messages(catalogues[language]).items():
        assert isinstance(each.string, str) and each.string.strip(), key
        assert not each.fuzzy, key
        assert message(*key, language) == each.string
    assert not catalogues[language].obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_there_twice(language: str) -> None:
    """The later one would hide the earlier."""
    text = (FOLDER / f"{language}.po").read_text("utf-8")
    keys = re.findall(r'^msgctxt "(.+)"\nmsgid "(.+)"$', text, re.M)
    assert len(keys) == len(set(keys)) == text.count("\nmsgctxt ") == text.count("\nmsgid ") - 1


def test_what_is_not_there_is_no_text() -> None:
    for context in (context for several in DOMAINS.values() for context in several):
        with pytest.raises(KeyError, match="no-such-message"):
            message(context, "no-such-message", "zh")


def placeholders(each: Message) -> set[str]:
    return {name.removesuffix("_en") for name in re.findall(r"\{(\w+)(?:![rsa])?\}", each.string)}


def test_all_languages_have_the_same_placeholders(catalogues: dict[str, Catalog]) -> None:
    """`{note_en}` is what English says for `{note}`."""
    zh, en = (messages(catalogues[each]) for each in LANGUAGES)
    for key, each in zh.items():
        apart = placeholders(each) ^ placeholders(en[key])
        assert apart == LESS_IN_ENGLISH.get(key, set()), key


# --- rules ---------------------------------------------------------------------------------------


def test_every_rule_has_its_wording_and_every_wording_its_rule(
    catalogues: dict[str, Catalog],
) -> None:
    wanted = {(context, rule) for rule in RULES for context in DOMAINS["rules"]}
    there = {key for key in messages(catalogues["zh"]) if key[0] in DOMAINS["rules"]}
    assert there == wanted


def test_every_rule_that_is_told_is_there() -> None:
    """Those that the code names in full; a kind may bring its own. That each is told by something shows its golden case."""
    named = set(rules_named())
    assert named - RULES.keys() - kind_rules().keys() == set()
    assert len(named) > len(RULES) / 2


@cache
def nodes(file: Path) -> tuple[ast.AST, ...]:
    """All that a module is made of."""
    return tuple(ast.walk(ast.parse(file.read_text("utf-8"))))


def rules_named() -> Iterator[str]:
    """First words of calls of `problem`, `Problem`, and of a report's `add`."""
    for file in CODE:
        for node in nodes(file):
            match node:
                case ast.Call(
                    func=ast.Name(id="problem" | "Problem") | ast.Attribute(attr="problem" | "add"),
                    args=[ast.Constant(value=str(name)), _, *_],
                ):
                    yield name


OPENED = """
import sys
sys.addaudithook(lambda event, given: event == "open" and str(given[0]).endswith("rules.mo") and sys.stderr.write("READ"))
from xiangji.cli.main import main
main(["build", "--quiet"])
"""


@pytest.mark.parametrize(("name", "reads"), [("名称", False), ("名秤", True)])
def test_the_wording_of_rules_is_read_where_one_is_told(
    name: str, reads: bool, tmp_path: Path
) -> None:
    files = {
        "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
        "products/brand.yml": f"{name}: 立碑村\n",
        "site_src/index.md": "# 立碑村\n",
    }
    done = subprocess.run(
        [sys.executable, "-c", OPENED],
        cwd=write(tmp_path, files),
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == int(reads), done.stderr
    assert ("READ" in done.stderr) == reads, done.stdout + done.stderr


# --- commands ------------------------------------------------------------------------------------

REPORT = {"error", "warning", "notice", "next", "remedy", "summary", "summary-hints"}


def test_the_keys_of_sentences_are_a_type() -> None:
    """So mypy finds one that is not there."""
    assert TOOL.KEYS.read_text("utf-8") == TOOL.keys_module(), "python tools/messages.py"


def test_how_problems_are_told_is_worded(catalogues: dict[str, Catalog]) -> None:
    assert {key for context, key in messages(catalogues["zh"]) if context == "report"} == REPORT


def test_every_sentence_is_said_somewhere(catalogues: dict[str, Catalog]) -> None:
    keys = {key for context, key in messages(catalogues["zh"]) if context == "command"}
    texts, put_together = set(), []
    for node in (each for file in CODE if file != TOOL.KEYS for each in nodes(file)):
        match node:
            case ast.Constant(value=str(text)):
                texts.add(text)
            case ast.Call(func=ast.Name(id="message_key"), args=[ast.JoinedStr() as name]):
                put_together.append(pattern(name))
    idle = {k for k in keys - texts if not any(each.fullmatch(k) for each in put_together)}
    assert idle == set()
    nothing = [each.pattern for each in put_together if not any(map(each.fullmatch, keys))]
    assert nothing == [], "keys put together that are none"


def pattern(name: ast.JoinedStr) -> re.Pattern[str]:
    """Which keys an f-string may be."""
    parts = (
        re.escape(str(each.value)) if isinstance(each, ast.Constant) else ".+"
        for each in name.values
    )
    return re.compile("".join(parts))


def test_every_sentence_gets_what_it_tells(catalogues: dict[str, Catalog]) -> None:
    """Where key and values are written out."""
    sentences = messages(catalogues["zh"])
    seen = 0
    for file in CODE:
        for node in nodes(file):
            match node:
                case ast.Call(
                    func=ast.Name(id="say"),
                    args=[ast.Constant(value=str(key)), _],
                    keywords=[*given],
                ) if all(each.arg for each in given):
                    seen += 1
                    assert ("command", key) in sentences, f"{file.name}: {key}"
                    wanted = placeholders(sentences["command", key])
                    assert wanted == {each.arg for each in given}, f"{file.name}: {key}"
    assert seen > 150


# --- Click ---------------------------------------------------------------------------------------


def click_asks() -> dict[str, str]:
    """What the Click that is installed asks gettext for: each sentence, with what else it is called in the plural."""
    found = {"required": ""}  # The one that Click asks for by a variable.
    for node in (each for file in CLICK_CODE for each in nodes(file)):
        match node:
            case ast.Call(func=ast.Name(id="_" | "gettext"), args=[ast.Constant(value=str(one))]):
                found[one] = ""
            case ast.Call(
                func=ast.Name(id="ngettext"),
                args=[ast.Constant(value=str(one)), ast.Constant(value=str(several)), _],
            ):
                found[one] = several
    return found


@pytest.fixture(scope="module")
def of_click() -> dict[str, Message]:
    """What Click says in Chinese, by its English sentence."""
    found = TOOL.catalogue(TOOL.click_source())
    return {each.id[0] if each.pluralizable else each.id: each for each in found if each.id}


def test_all_that_click_says_is_there_in_chinese(of_click: dict[str, Message]) -> None:
    asked = click_asks()
    assert len(asked) > 60
    assert asked.keys() - of_click.keys() == set()
    idle = of_click.keys() - asked.keys()
    older = {one for one in idle if of_click[one].user_comments[:1][0].startswith("Click 8.")}
    assert idle == older, "no Click says it any more"


def test_what_click_says_in_chinese_fits(of_click: dict[str, Message]) -> None:
    """Its placeholders are of those that Click fills, whatever the number."""
    kind = re.compile(r"\{[a-z_.]+|%\(\w+\)s")
    for one, each in of_click.items():
        (text,) = each.string if each.pluralizable else (each.string,)
        filled = set(kind.findall(one + click_asks().get(one, "")))
        assert text.strip() and not each.fuzzy, one
        assert set(kind.findall(text)) <= filled, one


def test_click_speaks_the_language_of_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of its sentences, one thing or several."""
    monkeypatch.setitem(os.environ, "LANGUAGE", "fr")
    before = gettext.textdomain()
    try:
        speak("zh")
        assert gettext.gettext("Missing command.") == "还要写上做什么，例如 xiangji check。"
        one, several = "Got unexpected extra argument ({args})", "{args}"
        told = {gettext.ngettext(one, several, count) for count in (1, 2, 5)}
        assert told == {"后面多了“{args}”。"}
        speak("en")
        assert gettext.gettext("Missing command.") == "Missing command."
    finally:
        gettext.textdomain(before)


def test_english_is_clicks_own() -> None:
    assert not compiled(CLICK, "en").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["new"], "用法不对：还要写上“文件夹”。"),
        (["bild"], "用法不对：没有“bild”这个命令。是不是想写“build”？"),
        (["build", "--form", "x"], "用法不对：没有“--form”这个选项。是不是想写“--format”？"),
        (["build", "--format", "xml"], "用法不对：“--format”的值不对：没有“xml”，可以写“text”、“json”。"),
        (["labels", "--copies", "x"], "用法不对：“--copies”“-n”的值不对：“x”不是数（整数）。"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_command_is_told_with_the_marks_of_one_language(
    arguments: list[str], told: str, tmp_path: Path
) -> None:
    assert here("xiangji", "--lang", "zh", *arguments, cwd=tmp_path).stderr.splitlines()[-1] == told
    english = here("xiangji", "--lang", "en", *arguments, cwd=tmp_path).stderr
    assert not re.search("[“”。]", english)


def test_no_remedy_tells_to_delete_a_ledger() -> None:
    """What lies in a table is all that a cooperative has; it is put aside and never thrown away."""
    for rule in (
        "table-sheets",
        "sheet-hidden",
        "file-name",
        "file-unread",
        "file-orphan",
        "file-kept",
    ):
        for language in ("zh", "en"):
            text = message("remedy", rule, language)
            assert not re.search(r"删(?!掉这个链接)|delet|remove", text, re.IGNORECASE), (
                rule,
                text,
            )
