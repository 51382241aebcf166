"""Photos on pages: upright, in sRGB, inside the ceiling, with nothing of the camera left."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from photos import phone
from xiangji.cache import Cache
from xiangji.images.pictures import CARD, HERO, SHARE, STRIP, TILE, PictureRole, Pictures
from xiangji.model.location import Location
from xiangji.problems import Report
from xiangji.readers.media.pictures import Media, read_media


def media_of(folder: Path, name: str = "p.jpg") -> Media:
    report = Report()
    media = read_media(folder, name, Location("x"), report)
    assert media is not None, report.problems
    return media


def made(media: Media, role: PictureRole) -> dict[str, Image.Image]:
    pictures = Pictures(Cache())
    if role is SHARE:
        pictures.share(media)
    else:
        pictures.show(media, role, "")
    return {each.uri: Image.open(BytesIO(each.content)) for each in pictures.artifacts()}


def save(file: Path, picture: Image.Image, **options: object) -> None:
    picture.save(file, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_whatever_way_the_phone_was_held(
    tmp_path: Path, orientation: int
) -> None:
    upright = Image.new("RGB", (600, 400), "#FFFFFF")
    upright.paste("#D00000", (0, 0, 600, 60))  # a red edge on top
    (tmp_path / "p.jpg").write_bytes(phone(upright, orientation, 95))
    media = media_of(tmp_path)
    assert (media.width, media.height) == (600, 400)
    for picture in made(media, HERO).values():
        shown = picture.convert("RGB")
        red, green, blue = shown.getpixel((shown.width // 2, 5))  # type: ignore[misc]
        assert red > 150 and green < 90 and blue < 90
        assert shown.width > shown.height


def test_colours_come_out_in_srgb(tmp_path: Path) -> None:
    """A photo whose profile calls pure green something else is converted, not relabelled."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    picture = Image.new("RGB", (300, 200), "#00FF00")
    wide = ImageCms.createProfile("XYZ")
    save(tmp_path / "p.jpg", picture, icc_profile=ImageCms.ImageCmsProfile(wide).tobytes())
    assert profile is not None
    for made_picture in made(media_of(tmp_path), HERO).values():
        assert "icc_profile" not in made_picture.info


@pytest.mark.parametrize("role", [HERO, STRIP, CARD, TILE, SHARE], ids=lambda role: role.name)
def test_the_ceiling_holds_whatever_the_photo(tmp_path: Path, role: PictureRole) -> None:
    save(tmp_path / "p.jpg", Image.effect_noise((2400, 1600), 90).convert("RGB"), quality=90)
    sizes = {(width, ceiling) for width, _, ceiling in role.sizes}
    pictures = Pictures(Cache())
    media = media_of(tmp_path)
    _ = pictures.share(media) if role is SHARE else pictures.show(media, role, "")
    for each in pictures.artifacts():
        width = Image.open(BytesIO(each.content)).width
        ceiling = next(limit for wanted, limit in sizes if wanted == width)
        assert len(each.content) <= ceiling, (each.uri, len(each.content))


def test_nothing_of_the_camera_is_left(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRETPLACE"
    exif.get_ifd(0x8825)[29] = "SECRETPLACE"
    picture = Image.new("RGB", (800, 600), "#345678")
    options = {"exif": exif.tobytes(), "comment": b"SECRETPLACE"}
    save(tmp_path / "p.jpg", picture, **options)
    assert b"SECRETPLACE" in (tmp_path / "p.jpg").read_bytes()
    pictures = Pictures(Cache())
    for role in (HERO, CARD, STRIP, TILE):
        pictures.show(media_of(tmp_path), role, "")
    pictures.share(media_of(tmp_path))
    assert pictures.artifacts()
    for each in pictures.artifacts():
        assert b"SECRETPLACE" not in each.content
        assert b"Exif" not in each.content


def test_a_cached_picture_is_the_same_and_a_damaged_cache_is_not_believed(tmp_path: Path) -> None:
    save(tmp_path / "p.jpg", Image.effect_noise((500, 500), 50).convert("RGB"))
    media = media_of(tmp_path)

    def bytes_of(cache: Cache) -> list[bytes]:
        pictures = Pictures(cache)
        pictures.show(media, CARD, "")
        return [each.content for each in pictures.artifacts()]

    fresh = bytes_of(Cache())
    store = tmp_path / "cache"
    assert bytes_of(Cache(store)) == fresh == bytes_of(Cache(store))
    for file in store.rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:-3] + b"xyz")
    assert bytes_of(Cache(store)) == fresh
