"""What volunteers are told about photos: the bad ones, and silence about good ones."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from built import ROOT
from photos import blurred, exposed, grain, moved, phone, scene
from xiangji.cache import Cache
from xiangji.images.pictures import CARD, HERO, STRIP, PictureRole, Pictures
from xiangji.model.location import Location
from xiangji.problems import Problem, Report
from xiangji.readers.media.pictures import Media, read_media

BODY = PictureRole("body", ((750, None, 42_000),))


def told(folder: Path, content: bytes, *roles: PictureRole, name: str = "p.jpg") -> list[Problem]:
    """What is said about a photo in some roles; in a card if none is given."""
    (folder / name).write_bytes(content)
    report = Report()
    media = read_media(folder, name, Location("x"), report)
    assert media is not None, report.problems
    pictures = Pictures(Cache())
    for role in roles or (CARD,):
        pictures.show(media, role, "")
    return list(pictures.finish())


def rules(folder: Path, content: bytes, *roles: PictureRole, name: str = "p.jpg") -> list[str]:
    return [each.rule for each in told(folder, content, *roles, name=name)]


def png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("as it is", []),
        ("a stop darker", []),
        ("a stop brighter", []),
        ("three stops darker", ["photo-dark"]),
        ("four stops brighter", ["photo-bright"]),
        ("a little soft", []),
        ("out of focus", ["photo-blurred"]),
        ("hand shook", ["photo-blurred"]),
        ("grain", []),
        ("on its head", ["photo-upside-down"]),
    ],
)
def test_light_focus_and_heads(change: str, said: list[str], tmp_path: Path) -> None:
    good = scene()
    photo = {
        "as it is": lambda: good,
        "a stop darker": lambda: exposed(good, -1),
        "a stop brighter": lambda: exposed(good, 1),
        "three stops darker": lambda: exposed(good, -3),
        "four stops brighter": lambda: exposed(good, 4),
        "a little soft": lambda: blurred(good, 0.7),
        "out of focus": lambda: blurred(good, 2),
        "hand shook": lambda: moved(good, 12),
        "grain": lambda: Image.blend(good, grain(good.size).convert("RGB"), 0.08),
        "on its head": lambda: good.transpose(Image.Transpose.ROTATE_180),
    }[change]()
    assert rules(tmp_path, phone(photo)) == said


def test_in_a_back_light_everybody_is_black(tmp_path: Path) -> None:
    """A bright window does not make a dark kitchen a light one."""
    kitchen = exposed(scene(), -5)
    kitchen.paste("#FFFFFF", (600, 100, 1000, 500))
    assert rules(tmp_path, phone(kitchen)) == ["photo-dark"]


def test_a_sharp_jar_before_a_smooth_wall_is_sharp(tmp_path: Path) -> None:
    wall = blurred(scene(), 8)
    jar = scene().crop((120, 650, 420, 1150))
    wall.paste(jar, (650, 500))
    assert rules(tmp_path, phone(wall)) == []


def test_a_date_printed_by_the_phone_does_not_make_a_photo_sharp(tmp_path: Path) -> None:
    photo = blurred(scene(), 3)
    draw = ImageDraw.Draw(photo)
    for n in range(12):
        draw.rectangle((40 + 22 * n, 1130, 52 + 22 * n, 1160), fill="#FFFFFF")
    assert rules(tmp_path, phone(photo)) == ["photo-blurred"]


def test_a_sheet_of_paper_and_a_jar_on_white_may_be_white(tmp_path: Path) -> None:
    sheet = Image.new("RGB", (1200, 900), "#FFFFFF")
    sheet.paste(scene(600, 450), (300, 225))
    assert rules(tmp_path, phone(sheet)) == []
    letter = Image.new("RGB", (1200, 900), "#FFFFFF")
    for n in range(20):
        ImageDraw.Draw(letter).line((120, 100 + 30 * n, 1080, 100 + 30 * n), "#999999", 3)
    assert rules(tmp_path, phone(letter)) == []


def test_the_phone_knows_that_it_was_upside_down(tmp_path: Path) -> None:
    """It is told over a table; where the light comes from above, the phone was right."""
    table = Image.blend(scene(), Image.new("RGB", (1600, 1200), "#777777"), 0.2)
    table = table.crop((0, 600, 1600, 1200))
    assert rules(tmp_path, phone(table, 1)) == []
    for orientation in (3, 4):
        (found,) = told(tmp_path, phone(table, orientation))
        assert found.rule == "photo-upside-down" and "倒着拿" in found.message("zh")
    assert rules(tmp_path, phone(table, 6)) == []
    assert rules(tmp_path, phone(scene(), 3)) == [], "turned by the phone, and rightly"


def bare(picture: Image.Image) -> bytes:
    """A JPEG that says nothing of how the phone was held, as chat programs send it."""
    out = BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()


@pytest.mark.parametrize(("turn", "side"), [("ROTATE_90", "左边"), ("ROTATE_270", "右边")])
def test_the_sky_is_not_at_a_side(turn: str, side: str, tmp_path: Path) -> None:
    lying = scene().transpose(Image.Transpose[turn])
    (found,) = told(tmp_path, bare(lying))
    assert found.rule == "photo-sideways" and side in found.message("zh")
    assert rules(tmp_path, phone(lying)) == [], "the phone noted how it was held"
    assert rules(tmp_path, bare(scene())) == []
    assert rules(tmp_path, bare(scene().crop((0, 600, 1600, 1200)))) == [], "no sky, no clue"


def test_a_house_in_the_corner_is_upright(tmp_path: Path) -> None:
    """Sky at one side, and ground below it."""
    photo = scene()
    photo.paste(scene().crop((0, 600, 700, 1200)).resize((900, 1200)), (700, 0))
    assert rules(tmp_path, bare(photo)) == []


def test_too_small_is_told_for_the_role_that_misses_most(tmp_path: Path) -> None:
    small = phone(scene(500, 375))
    assert rules(tmp_path, small, CARD) == []
    assert rules(tmp_path, small, BODY) == [], "in a text it simply stands smaller"
    (found,) = told(tmp_path, small, CARD, HERO, STRIP)
    assert found.rule == "photo-small"
    assert "500×375" in found.message("zh") and "750" in found.message("zh")
    assert str(found.location) == "p.jpg:1:1"
    assert rules(tmp_path, phone(scene(750, 560)), HERO, CARD) == []
    assert rules(tmp_path, phone(scene(239, 400)), CARD) == ["photo-small"]


def test_drawings_are_not_asked_for_light_or_size(tmp_path: Path) -> None:
    """A dark seal, a small flat picture: only photographs can be bad ones."""
    flat = Image.new("RGB", (200, 200), "#1A0A08")
    ImageDraw.Draw(flat).ellipse((40, 40, 160, 160), fill="#3A1A10")
    assert rules(tmp_path, png(flat), HERO, name="p.png") == []
    assert rules(tmp_path, phone(flat), HERO) == ["photo-small", "photo-dark"]
    photo = exposed(scene(500, 375), -3)
    noisy = Image.blend(photo, Image.merge("RGB", [grain((500, 375), n) for n in (1, 2, 3)]), 0.06)
    assert set(rules(tmp_path, png(noisy), HERO, name="p.png")) == {"photo-small", "photo-dark"}


@pytest.mark.parametrize(
    "file", sorted(ROOT.glob("[sp][tr]o*/**/media/*.png")), ids=lambda f: f.name
)
def test_no_drawing_of_the_demo_raises_an_alarm(file: Path) -> None:
    raw = file.read_bytes()
    with Image.open(file) as picture:
        width, height = picture.size
    media = Media(file.name, file, "png", width, height, hashlib.sha256(raw).hexdigest())
    pictures = Pictures(Cache())
    pictures.share(media)
    if width >= 750:
        pictures.show(media, HERO, "")
    assert pictures.finish() == ()


def test_what_had_to_be_degraded_is_told_with_numbers(tmp_path: Path) -> None:
    pebbles = Image.merge("RGB", [grain((1600, 1200), n) for n in (1, 2, 3)])
    (found,) = told(tmp_path, phone(pebbles.resize((900, 675))), HERO, CARD)
    assert (found.rule, str(found.location)) == ("photo-degraded", "p.jpg:1:1")
    said = found.message("zh")
    assert "750×562 像素" in said or "375×281 像素" in said
    assert "KB 以内" in said and ("模糊" in said or "质量只有" in said)
    assert "KB" in found.message("en") and found.remedy("zh") and found.remedy("en")


def test_one_photo_under_two_names_is_told_once(tmp_path: Path) -> None:
    content = phone(blurred(scene(), 3))
    pictures = Pictures(Cache())
    for name in ("b.jpg", "a.jpg"):
        (tmp_path / name).write_bytes(content)
        media = read_media(tmp_path, name, Location("x"), Report())
        assert media is not None
        pictures.show(media, CARD, "")
    assert [str(each.location) for each in pictures.finish()] == ["a.jpg:1:1"]
