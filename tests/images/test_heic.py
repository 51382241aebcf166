"""HEIC photos of iPhones: read where the extra `photos` is installed, upright and without metadata."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from built import here
from xiangji.images.renditions import decoded
from xiangji.readers.media.bitmap import bitmap_size
from xiangji.readers.media.heic import can_read_heic, formats_of, is_heic
from xiangji.readers.media.reasons import Reason

needs_extra = pytest.mark.skipif(not can_read_heic(), reason="the extra `photos` is not installed")


def photo(orientation: int = 1) -> bytes:
    """A photo with a red left upper corner, as a phone keeps it that was held in some way."""
    from pillow_heif import register_heif_opener

    register_heif_opener()
    picture = Image.effect_noise((800, 600), 60).convert("RGB")
    picture.paste((220, 0, 0), (0, 0, 200, 150))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0110] = orientation, "Apple", "iPhone 15"
    picture.info["exif"] = exif.tobytes()
    out = BytesIO()
    picture.save(out, "HEIF", quality=70)
    return out.getvalue()


def test_a_photo_in_another_format_never_loads_the_decoder() -> None:
    assert formats_of(b"\xff\xd8\xff") == formats_of(b"") == ("JPEG", "PNG", "WEBP")


@needs_extra
def test_it_is_measured_and_decoded_upright() -> None:
    lying, turned = photo(), photo(6)
    assert is_heic(lying) and is_heic(turned)
    assert bitmap_size(lying) == ("heif", 800, 600)
    assert bitmap_size(turned) == ("heif", 600, 800)
    picture = decoded(turned, 1).picture
    assert picture.size == (600, 800)
    red = picture.getpixel((590, 10))
    assert isinstance(red, tuple) and red[0] > 150 and red[1] < 60


@needs_extra
@pytest.mark.parametrize("cut", [40, 400, -200])
def test_a_damaged_one_is_told(cut: int) -> None:
    assert isinstance(bitmap_size(photo()[:cut]), Reason)


@needs_extra
def test_it_is_published_as_pictures_that_every_phone_shows(tmp_path: Path) -> None:
    root = tmp_path / "village"
    assert here("xiangji", "new", str(root), cwd=tmp_path).returncode == 0
    folder = root / "products/first-product"
    (folder / "IMG_1.HEIC").write_bytes(photo(6))
    with (folder / "product.yml").open("a", encoding="utf-8") as file:
        file.write("图片: IMG_1.HEIC\n")
    done = here("xiangji", "build", cwd=root)
    assert done.returncode == 0, done.stderr
    made = [each for each in (root / "site").rglob("*") if each.suffix in (".jpg", ".webp")]
    assert made and not list((root / "site").rglob("*.[hH][eE][iI][cC]"))
    for each in made:
        content = each.read_bytes()
        assert b"iPhone" not in content and b"Exif" not in content, each
