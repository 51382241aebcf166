"""Reports and certificates as files: linked from their pages, without what they carry beside what one sees."""

from __future__ import annotations

import io
import shutil
import zlib
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from built import write
from rebuilt import build
from xiangji.readers.media.pdf_file import plain_pdf
from xiangji.readers.media.reasons import Reason
from xiangji.readers.village import gather

AUTHOR = b"(Wu \\(2\\) (Xiaoman))"


def pdf(info: bytes = b"", extra: bytes = b"", trailer: bytes = b"", revisions: int = 1) -> bytes:
    """A PDF of one empty page that readers open: with properties and further objects."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
        b"<< " + info + b" >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    out += extra
    start = len(out)
    out += b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    out += b"trailer << /Size 5 /Root 1 0 R /Info 4 0 R " + trailer + b" >>\n"
    return out + b"startxref\n%d\n" % start + b"%%EOF\n" * revisions


def opened(raw: bytes) -> dict[str, str]:
    with pypdfium2.PdfDocument(raw) as document:
        assert len(document) == 1
        return dict(document.get_metadata_dict())


def test_who_wrote_it_and_when_is_gone_and_it_still_opens() -> None:
    info = b"/Author " + AUTHOR + b" /Creator <57 75> /CreationDate (D:20260312) /Producer (WPS)"
    xmp = b"5 0 obj << /Type /Metadata /Subtype /XML /Length 66 >> stream\n<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>Wu Xiaoman</a></x:xmpmeta>\nendstream endobj\n"
    raw = pdf(info, xmp)
    assert opened(raw)["Author"] == "Wu (2) (Xiaoman)"
    plain = plain_pdf(raw)
    assert isinstance(plain, bytes) and len(plain) == len(raw)
    for word in (b"Wu", b"Xiaoman", b"57 75", b"20260312", b"WPS"):
        assert word in raw and word not in plain
    assert not any(each.strip(" \0") for each in opened(plain).values())
    assert plain_pdf(plain) == plain


def test_the_place_of_a_photo_in_it_is_gone() -> None:
    picture = io.BytesIO()
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x0110] = "Wu's phone"
    Image.new("RGB", (8, 8)).save(picture, "JPEG", exif=exif)
    extra = (
        b"5 0 obj << /Filter /DCTDecode >> stream\n" + picture.getvalue() + b"\nendstream endobj\n"
    )
    plain = plain_pdf(pdf(b"", extra))
    assert isinstance(plain, bytes)
    assert b"Wu's phone" in pdf(b"", extra) and b"Wu's phone" not in plain
    begin = plain.index(b"\xff\xd8\xff")
    Image.open(io.BytesIO(plain[begin : begin + len(picture.getvalue())])).load()


PACKED = zlib.compress(b"4 0 << /Author (Wu) >> /JavaScript")


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.4\n",
        pdf(trailer=b"/Encrypt 9 0 R"),
        pdf(extra=b"5 0 obj << /ByteRange [0 1 2 3] >> endobj\n"),
        pdf(extra=b"5 0 obj << /EmbeddedFiles 6 0 R >> endobj\n"),
        pdf(extra=b"5 0 obj << /S /JavaScript >> endobj\n"),
        pdf(extra=b"5 0 obj << /Subtype /Text /Contents (x) >> endobj\n"),
        pdf(revisions=3),
        pdf(b"/Author 9 0 R"),
        pdf().replace(b"/Info 4 0 R", b"/Info 8 0 R"),
        pdf(extra=b"5 0 obj << /Type /Metadata /Filter /FlateDecode >> stream\nx\nendstream endobj\n"),
        pdf(extra=b"5 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\n" + PACKED + b"\nendstream endobj\n"),
        pdf(extra=b"5 0 obj << /Type /ObjStm /Filter /LZWDecode >> stream\nx\nendstream endobj\n"),
    ],
)  # fmt: skip
def test_what_cannot_be_cleaned_for_certain_is_refused(raw: bytes) -> None:
    assert isinstance(plain_pdf(raw), Reason)


def test_words_that_stand_in_a_packed_picture_by_chance_do_no_harm() -> None:
    extra = (
        b"5 0 obj << /Filter /FlateDecode >> stream\n/JS /Encrypt %%EOF %%EOF\nendstream endobj\n"
    )
    assert isinstance(plain_pdf(pdf(b"", extra)), bytes)


VILLAGE = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n示例: 是\n",
    "products/laziji/product.yml": "名称: 辣子鸡\n类型: 加工食品\n示例: 是\n证书:\n  - {名称: 委托检验（示例）, 发证机构: 示例机构, 证书文件: zheng.jpg, 示例: 是}\n",
    "products/laziji/batches.csv": "批号,县检,示例\nA1,合格 报告文件：baogao.pdf 县检所,是\nA2,合格 县检所,是\n",
}


@pytest.fixture
def village(tmp_path: Path) -> Path:
    root = write(tmp_path / "village", VILLAGE)
    folder = root / "products/laziji"
    (folder / "baogao.pdf").write_bytes(pdf(b"/Author " + AUTHOR))
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x0110] = "Wu's phone"
    Image.new("RGB", (80, 80), "#a3211b").save(folder / "zheng.jpg", exif=exif)
    return root


def linked(root: Path, page: str, word: str) -> Path:
    """The file behind the link with this word on a page."""
    text = (root / "site" / page / "index.html").read_text("utf-8")
    href = text[: text.index(f">{word}</a>")].rpartition('href="')[2].partition('"')[0]
    return (root / "site" / page / href).resolve()


def test_the_sheet_and_the_product_link_to_files_without_hidden_data(village: Path) -> None:
    build(village)
    report, paper = (
        linked(village, "t/laziji/A1", "看报告"),
        linked(village, "products/laziji", "看证书"),
    )
    assert report.suffix == ".pdf" and b"Xiaoman" not in report.read_bytes()
    assert not any(each.strip() for each in opened(report.read_bytes()).values())
    with Image.open(paper) as picture:
        assert picture.size == (80, 80) and not picture.getexif()
    assert b"Wu's phone" not in paper.read_bytes()
    other = (village / "site/t/laziji/A2/index.html").read_text("utf-8")
    assert "看报告" not in other
    names = [each.name for each in (village / "site").rglob("*") if "baogao" in each.name]
    assert names == [], "the name that the village gave it stays at home"


def test_a_changed_or_missing_report_is_noticed(village: Path) -> None:
    build(village)
    before = linked(village, "t/laziji/A1", "看报告")
    (village / "products/laziji/baogao.pdf").write_bytes(pdf(b"/Author (Li)", b"% anew\n"))
    build(village)
    after = linked(village, "t/laziji/A1", "看报告")
    assert before != after and after.is_file() and not before.exists()
    (village / "products/laziji/baogao.pdf").unlink()
    told = [each for each in gather(village).problems if each.rule == "file-missing"]
    assert [str(each.location) for each in told] == ["products/laziji/batches.csv:2:4"]


def test_a_portrait_without_consent_is_no_report(village: Path) -> None:
    people = "人物:\n  - {编号: mei, 姓名: 阿梅（示例）, 肖像: zheng.jpg, 肖像说明: 一位老人, 示例: 是}\n"
    write(village, {"stories/people.yml": people})
    shutil.copy(village / "products/laziji/zheng.jpg", village / "stories/zheng.jpg")
    with pytest.raises(AssertionError, match="picture-withheld-file"):
        build(village)
