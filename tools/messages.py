"""Compile the messages anew, after a change of `plugins/xiangji/locale/*.po`.

The `.mo` files that come out are committed, as every installation reads them: a wheel, one that is edited, a fresh clone.
Any editor of gettext files will do for the `.po` files; what it compiles beside them is of no use here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from xiangji.messages import DOMAINS, FOLDER, compiled

NO_DAY = datetime(2026, 1, 1, tzinfo=UTC)
"""Same messages, same bytes, whatever day it is."""


def sources() -> dict[str, Path]:
    """The file of each language."""
    return {file.stem: file for file in sorted(FOLDER.glob("*.po"))}


def catalogue(file: Path) -> Catalog:
    """What a translator wrote. Raises PoFileError for what is no such file."""
    with file.open("rb") as stream:
        return read_po(stream, locale=file.stem, abort_invalid=True)


def compiled_files() -> dict[Path, bytes]:
    """Each file that is read, and what has to stand in it."""
    found = {}
    for language, file in sources().items():
        everything = catalogue(file)
        for domain, contexts in DOMAINS.items():
            part = Catalog(
                language, project="xiangji", creation_date=NO_DAY, revision_date=NO_DAY, fuzzy=False
            )
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
    for path, content in compiled_files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
