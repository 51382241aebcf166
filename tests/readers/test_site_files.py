"""What leaves a village with everything planted in it: under each host the same, and nothing by the side door."""

from __future__ import annotations

import shutil
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from built import ROOT, run, tree
from xiangji.pages.host_markup import cleaned
from xiangji.preview.preview import Preview
from xiangji.readers.site.site_html import flaw_in
from xiangji.render.files_beside import is_plain, plain_gif

WAYS = {
    "mkdocs": ("mkdocs", "build", "--site-dir"),
    "properdocs": ("properdocs", "build", "-f", "mkdocs.yml", "--site-dir"),
    "none": ("xiangji", "build", "--host", "none", "--out"),
    "stage": ("xiangji", "build", "--stage"),
}
SIGNS = (
    b"PLANTED",
    b"planted.example",
    b"Exif\0\0",
    b"eXIf",
    b"EXIF",
    b"Planted Camera",
    b"<img src=x",
    b"<p onclick",
    b'" http-equiv="refresh" content="0',
)
LEFT = (
    ".secret", "draft.docx", "draw.svg", "key.pem", "run.html", "run.php", "tool.js", "outside.txt", "folder", "hidden.txt",
)  # fmt: skip


def with_gps(form: str) -> bytes:
    """A photo, higher than wide, that lies on its side in the file and says where it was taken."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Planted Camera", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (26.0, 50.0, 12.0), 3: "E", 4: (106.0, 30.0, 1.0)})
    out = BytesIO()
    Image.new("RGB", (60, 40), "#a33").save(out, form, exif=exif)
    return out.getvalue()


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("hostile")
    root = top / "village"
    shutil.copytree(ROOT / "tests" / "sites" / "hostile", root)
    docs = root / "site_src"
    (top / "secrets").mkdir()
    (top / "secrets" / "a.txt").write_text("PLANTED")
    (docs / "outside.txt").symlink_to(top / "secrets" / "a.txt")
    (docs / "folder").symlink_to(top / "secrets")
    (docs / "hidden.txt").symlink_to(".secret")
    for form, name in (("JPEG", "a.jpg"), ("PNG", "a.png"), ("WEBP", "a.webp")):
        (docs / name).write_bytes(with_gps(form))
    gif = BytesIO()
    Image.new("P", (9, 9)).save(gif, "GIF", comment=b"PLANTED")
    (docs / "a.gif").write_bytes(gif.getvalue() + b"PLANTED")
    return root


@pytest.mark.parametrize("way", WAYS)
def test_nothing_leaves_by_the_side_door(way: str, village: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run(*WAYS[way], out, cwd=village)
    assert done.returncode == 0, done.stdout + done.stderr
    files = tree(out)
    below = "docs/" if way == "stage" else ""
    for name, content in files.items():
        assert not [sign for sign in SIGNS if sign in content], name
    for name in LEFT:
        assert f"{below}{name}" not in files
        assert f"site_src/{name}:" in done.stdout + done.stderr, name
    assert files[f"{below}google12.html"] == (village / "site_src" / "google12.html").read_bytes()
    assert files[f"{below}.well-known/proof.txt"] == b"proof\n"
    for name in ("a.jpg", "a.png", "a.webp"):
        with Image.open(BytesIO(files[below + name])) as picture:
            assert picture.size == (40, 60), name
            assert not picture.getexif(), name
    assert "._index" not in done.stdout + done.stderr
    assert "Thumbs.db" not in done.stdout + done.stderr


def test_a_preview_shows_no_more_than_a_build(village: Path) -> None:
    preview = Preview(village / "mkdocs.yml", None, lambda problems: None)
    for name in (*LEFT, "folder/a.txt", "a.jpg", "a.gif", "", "._index.md", "index.md"):
        content = preview.answer(f"/{name}").content
        assert not [sign for sign in SIGNS if sign in content], name
    assert preview.answer("/.well-known/proof.txt").content == b"proof\n"
    assert preview.answer("/a.jpg").status == 200


@pytest.mark.parametrize("way", ["mkdocs", "none"])
def test_a_name_of_other_bytes_is_told(way: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "sites" / "hostile", tmp_path / "village")
    name = b"\xcb\xb5\xc3\xf7.md"
    try:
        (
            Path(str(tmp_path / "village" / "site_src")) / name.decode("utf-8", "surrogateescape")
        ).write_text("# x\n")
    except OSError:
        pytest.skip("this disk takes no such name")
    done = run(*WAYS[way], tmp_path / "out", cwd=tmp_path / "village")
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert said.count("[site-name]") == 1
    assert "\\xc3\\xf7.md" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_with_nothing_else_in_it_is_known(form: str) -> None:
    out = BytesIO()
    Image.new("RGB", (60, 40), "#a33").save(out, form)
    plain = out.getvalue()
    assert is_plain(plain)
    assert not is_plain(plain + b"\0\0\0\0more")
    assert not is_plain(with_gps(form))
    assert not is_plain(plain[: len(plain) // 2])


def test_a_text_in_a_png_is_seen() -> None:
    out = BytesIO()
    Image.new("RGB", (9, 9)).save(out, "PNG")
    body = b"tEXtComment\0PLANTED"
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    assert not is_plain(out.getvalue()[:-12] + chunk + out.getvalue()[-12:])


def test_an_animation_goes_on_moving() -> None:
    out = BytesIO()
    first, second = (Image.new("P", (9, 9), each) for each in (0, 1))
    first.save(
        out, "GIF", save_all=True, append_images=[second], loop=0, duration=90, comment=b"PLANTED"
    )
    plain = plain_gif(out.getvalue())
    assert b"PLANTED" not in plain
    with Image.open(BytesIO(plain)) as moving:
        assert getattr(moving, "n_frames", 1) == Image.open(out).n_frames  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "html",
    [
        '<div class="admonition note" id="a" data-x="1"><p class="admonition-title">注意</p></div>',
        '<td style="text-align: right;">1</td>'.join(
            ("<table><tbody><tr>", "</tr></tbody></table>")
        ),
        "<p>a<br />b &quot;c&quot; <code>&lt;script&gt;</code></p>",
    ],
)
def test_what_extensions_make_keeps_its_bytes(html: str) -> None:
    assert cleaned(html) is html


@pytest.mark.parametrize(
    "html",
    [
        "<!--><script>X()</script>-->",
        "<p onclick=X()>",
        '<a href="java\tscript:X()">a</a>',
        "<svg><style><img src=x onerror=X()></style></svg>",
        '<math><mtext><table><mglyph><style><img src=x onerror="X()">',
        '<img src="\\\\x.cn/X()">',
        '<p style="background:u\\72l(X())">',
        '<form action="X()"><button formaction="X()">',
    ],
)
def test_what_no_page_may_do_is_gone(html: str) -> None:
    assert "X()" not in cleaned(html).replace("&gt;", "").replace("<p>X()", "")
    assert flaw_in(html.encode())
