"""Compile the messages anew, after a change of `plugins/xiangji/locale/*.po`.

The `.mo` files that come out are committed, as every installation reads them: a wheel, one that is edited, a fresh clone.
Any editor of gettext files will do for the `.po` files; what it compiles beside them is of no use here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from textwrap import fill, indent

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from xiangji.messages import CLICK, DOMAINS, FOLDER, compiled

NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""Same messages, same bytes, whatever day it is."""

KEYS = FOLDER.parent / "cli" / "message_keys.py"
KEYS_HEAD = '''"""The keys of all sentences that commands say. Written by `tools/messages.py`."""

from __future__ import annotations

from typing import Literal

# fmt: off
'''


def sources() -> dict[str, Path]:
    """The file of each language."""
    found = {file.stem: file for file in sorted(FOLDER.glob("*.po"))}
    return {language: file for language, file in found.items() if "." not in language}


def click_source(language: str = "zh") -> Path:
    """The file of what Click says in a language."""
    return FOLDER / f"{CLICK}.{language}.po"


def catalogue(file: Path) -> Catalog:
    """What a translator wrote. Raises PoFileError for what is no such file."""
    with file.open("rb") as stream:
        return read_po(stream, locale=file.stem.rpartition(".")[2], abort_invalid=True)


def keys_module() -> str:
    """The keys of all sentences of commands as a type, so that mypy finds one that is not there."""
    keys = sorted(each.id for each in catalogue(sources()["zh"]) if each.context == "command")
    listed = fill(", ".join(f'"{key}"' for key in keys), 96, break_on_hyphens=False)
    return f"{KEYS_HEAD}MessageKey = Literal[\n{indent(listed, '    ')},\n]\n# fmt: on\n"


def compiled_files() -> dict[Path, bytes]:
    """Each file that is read, and what has to stand in it."""
    found = {}
    for language, file in sources().items():
        everything = list(catalogue(file))
        for domain, contexts in DOMAINS.items():
            part = [each for each in everything if each.context in contexts]
            found[compiled(domain, language)] = _bytes(part)
    for file in sorted(FOLDER.glob(f"{CLICK}.*.po")):
        language = file.stem.rpartition(".")[2]
        found[compiled(CLICK, language)] = _bytes(each for each in catalogue(file) if each.id)
    return found


def _bytes(messages: Iterable[Message]) -> bytes:
    """A compiled file. It names no language: gettext would compile that one's rule for plurals with every start, so
    where there are plurals (in Click alone), Chinese has its one form twice."""
    made = Catalog(None, creation_date=NO_DAY, revision_date=NO_DAY, fuzzy=False)
    for each in messages:
        text = each.string * 2 if each.pluralizable else each.string
        made.add(each.id, text, flags=each.flags, context=each.context)
    stream = BytesIO()
    write_mo(stream, made)
    return stream.getvalue()


if __name__ == "__main__":
    KEYS.write_text(keys_module(), "utf-8", newline="\n")
    for path, content in compiled_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
