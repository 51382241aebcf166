"""Splits HTML into pieces that can be compared: two spellings of the same HTML give the same pieces."""

from __future__ import annotations

from html.parser import HTMLParser


def pieces_of(html: str) -> list[object]:
    """Return the pieces of HTML in order: tags with sorted attributes, texts, comments and declarations."""
    reader = _PieceReader(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    return reader.pieces()


class _PieceReader(HTMLParser):
    """Splits HTML into comparable pieces: tags with sorted attributes, texts, comments and declarations.

    Two spellings of the same HTML give the same pieces.
    """

    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self._found: list[object] = []
        self._text: list[str] = []

    def _add(self, piece: object) -> None:
        self._found += [*filter(None, ["".join(self._text)]), piece]
        self._text = []

    def pieces(self) -> list[object]:
        self._add(None)
        return self._found

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add((tag, sorted((name, value or "") for name, value in attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._add(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self._add(("!", data))

    def handle_decl(self, decl: str) -> None:
        self._add(("!", decl))

    def handle_pi(self, data: str) -> None:
        self._add(("?", data))

    def unknown_decl(self, data: str) -> None:
        self._add(("!", data))
