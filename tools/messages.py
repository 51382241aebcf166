"""Compile the messages anew, after a change of `plugins/xiangji/locale/*.po`.

The `.mo` files that come out are committed, as every installation reads them: a wheel, one that is edited, a fresh clone.
Any editor of gettext files will do for the `.po` files; what it compiles beside them is of no use here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from textwrap import fill, indent

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from xiangji.messages import DOMAINS, FOLDER, compiled

NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""Same messages, same bytes, whatever day it is. A part names no language either: gettext would compile that one's rule
for plurals with every start, and no message has a plural."""

KEYS = FOLDER.parent / "cli" / "message_keys.py"
KEYS_HEAD = '''"""The keys of all sentences that commands say. Written by `tools/messages.py`."""

from __future__ import annotations

from typing import Literal

# fmt: off
'''


def sources() -> dict[str, Path]:
    """The file of each language."""
    return {file.stem: file for file in sorted(FOLDER.glob("*.po"))}


def catalogue(file: Path) -> Catalog:
    """What a translator wrote. Raises PoFileError for what is no such file."""
    with file.open("rb") as stream:
        return read_po(stream, locale=file.stem, abort_invalid=True)


def keys_module() -> str:
    """The keys of all sentences of commands as a type, so that mypy finds one that is not there."""
    keys = sorted(each.id for each in catalogue(sources()["zh"]) if each.context == "command")
    listed = fill(", ".join(f'"{key}"' for key in keys), 96, break_on_hyphens=False)
    return f"{KEYS_HEAD}MessageKey = Literal[\n{indent(listed, '    ')},\n]\n# fmt: on\n"


def compiled_files() -> dict[Path, bytes]:
    """Each file that is read, and what has to stand in it."""
    found = {}
    for language, file in sources().items():
        everything = catalogue(file)
        for domain, contexts in DOMAINS.items():
            part = Catalog(None, creation_date=NO_DAY, revision_date=NO_DAY, fuzzy=False)
            for each in everything:
                if each.context in contexts:
                    part.add(each.id, each.string, flags=each.flags, context=each.context)
            found[compiled(domain, language)] = _bytes(part)
    return found


def _bytes(part: Catalog) -> bytes:
    stream = BytesIO()
    write_mo(stream, part)
    return stream.getvalue()


if __name__ == "__main__":
    KEYS.write_text(keys_module(), "utf-8", newline="\n")
    for path, content in compiled_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
