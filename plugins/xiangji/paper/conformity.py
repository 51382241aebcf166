"""Makes the printed 承诺达标合格证 on labels or A4, from its row in the register.

The paper has only what is recorded (`standards.md` §4.1). The box of a basis that is not recorded stays open. A
certificate without a number in the register is printed as a proof, and says so.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from xiangji.cache import Cache
from xiangji.conformity.certificate import TITLE, boxes
from xiangji.model.fields import label
from xiangji.model.values import said_date
from xiangji.paper.art import brand_art
from xiangji.paper.coded import code_for, unreachable
from xiangji.paper.fonts import Fonts
from xiangji.paper.formats import A4, STOCKS, Grid, Piece, grid
from xiangji.paper.glyphs import missing_signs
from xiangji.paper.labels.text import sheet_address, short_address
from xiangji.paper.sheet_text import broken, words_in
from xiangji.paper.sheets import SEAL, PrintedDocument, paper_data, paper_inks
from xiangji.paper.symbol import Sized
from xiangji.paper.typesetter import typeset
from xiangji.problems import Problem, fatal, problem
from xiangji.records.batch import Batch
from xiangji.records.conformity import IssuedCertificate, promise_of
from xiangji.render.context import RenderContext


class CertificateFormat(Piece, frozen=True, kw_only=True):
    """A format of a printed certificate.

    `code_room` is the side in millimetres of the square for the code. `least` is the smallest type size in points.
    `stock` is the key of the die-cut sheet in `STOCKS`, or empty if each certificate is a page.
    """

    code_room: float
    least: float
    stock: str = ""

    @property
    def grid(self) -> Grid | None:
        """The grid of certificates on the stock. None if each has a page of its own."""
        return grid(STOCKS[self.stock], self.width, self.height) if self.stock else None


FORMS = {
    each.key: each
    for each in (
        CertificateFormat(
            "label",
            "合格证（标签纸，一枚一页）",
            "certificate on a label",
            100,
            70,
            code_room=30,
            least=7,
        ),
        CertificateFormat(
            "a4-8",
            "合格证（A4 不干胶，每张 8 枚）",
            "certificate on A4 labels",
            99.1,
            67.7,
            code_room=30,
            least=7,
            stock="a4-8",
        ),
        CertificateFormat("a4", "合格证（A4）", "certificate on A4", *A4, code_room=50, least=14),
    )
}


class CertificatePrint(Struct, frozen=True):
    """One certificate that may be printed, `copies` times."""

    batch: Batch
    form: CertificateFormat
    text: dict[str, Any]
    code: Sized
    copies: int

    @property
    def file_name(self) -> str:
        """The file's name, such as `HGZ-2026-001_a4.pdf`. The name of a proof contains the lot instead."""
        name = self.text["number"] or f"{self.batch.product}_{self.batch.lot}_proof"
        return f"{name.replace('/', '-')}_{self.form.key}.pdf"


def prepare(
    context: RenderContext,
    row: IssuedCertificate,
    batch: Batch,
    form: CertificateFormat,
    fonts: Fonts,
    copies: int = 1,
) -> tuple[CertificatePrint | None, list[Problem]]:
    """Return a certificate for printing and its problems. It is None if a problem keeps it from being printed.

    `row` is its row in the register. The number is empty if the row is not in the register yet. Whether a batch may get
    a certificate is decided by `conformity.certificate.pledge`.
    """
    found = unreachable(context)
    address = sheet_address(context, batch)
    if address is None:
        return None, found
    text = words_of(row, batch, address)
    product = context.library.products[batch.product]
    found += missing_signs(context, batch, product, words_in(text), fonts)
    place = batch.origin.of("lot")
    sized, told = code_for(address, form.code_room, batch.key, place, form.named())
    found += told
    if sized is None or fatal(found, strict=False):
        return None, found
    return CertificatePrint(batch, form, text, sized, copies), found


def words_of(row: IssuedCertificate, batch: Batch, address: str) -> dict[str, Any]:
    """Return the items that the law requires, with the headings of the law, and the number, the lot and the address."""
    text = {
        "title": TITLE,
        "sample": row.sample,
        "promise": promise_of(row.form, row.issued_on),
        "boxes": [[str(basis), ticked] for basis, ticked in boxes(row.bases)],
        "rows": [
            ["产品名称", row.name or ""],
            ["数量（重量）", str(row.quantity)],
            ["产地", row.place or ""],
            ["承诺主体", row.subject],
            ["联系方式", row.telephone or ""],
            ["开具时间", said_date(row.issued_on)],
            ["批号", batch.lot],
        ],
    }
    return {
        **broken(text),
        "number": row.number,
        "key": batch.key,
        "short": short_address(address),
    }


def set_certificate(
    context: RenderContext,
    made: CertificatePrint,
    fonts: Fonts,
    cache: Cache,
    black_only: bool = False,
) -> tuple[PrintedDocument, list[Problem]]:
    """Set a certificate with all its copies. Returns the document with the problems of what did not fit."""
    form, cells = made.form, made.form.grid
    paper = paper_inks(context, black_only)
    art = brand_art(context.library, paper.inks, fonts, cache, SEAL)
    stock = STOCKS[form.stock].sheet if form.stock else None
    data = {
        **paper_data(context, paper, art),
        "title": f"{TITLE} {made.text['number']}".strip(),
        "width": form.width,
        "height": form.height,
        "least": form.least,
        "sheet": {**asdict(cells), "width": stock[0], "height": stock[1]}
        if cells and stock
        else None,
        "certificate": {**made.text, "symbol": made.code.told(), "copies": made.copies},
    }
    document = typeset("pledge", data, fonts, art.files)
    told = [
        problem(
            "card-overflow",
            made.batch.origin.of("lot"),
            value=made.batch.key,
            over=fact["over"],
            **_longest(made.text),
            **form.named(),
        )
        for fact in document.told()
        if fact["kind"] == "overflow"
    ]
    addresses = (made.code.symbol.address,) * made.copies
    return PrintedDocument(document, addresses), list(dict.fromkeys(told))


def _longest(text: dict[str, Any]) -> dict[str, str]:
    """Name the longest text of a certificate that can be shortened."""
    parts = {label(IssuedCertificate, name): text[name] for name in ("name", "place", "subject")}
    longest = max(parts, key=lambda each: len(parts[each]))
    return {"cause": longest, "count": str(len(parts[longest].replace("\u200b", "")))}
