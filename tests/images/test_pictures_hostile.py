"""Whatever lies beside the YAML: inside the ceilings, nothing of the camera, the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from photos import GPS, grain, leaves, phone, scene
from xiangji.cache import Cache
from xiangji.images.pictures import CARD, HERO, SHARE, STRIP, TILE, PictureRole, Pictures
from xiangji.model.location import Location
from xiangji.problems import Report
from xiangji.readers.media.pictures import Media, read_media

ROLES = (HERO, STRIP, TILE, CARD)
ODD = PictureRole("odd", ((100, 700, 1_500), (60, None, 900)))


def media_of(root: Path, name: str = "p.jpg") -> Media:
    report = Report()
    media = read_media(root, name, Location("x"), report)
    assert media is not None, report.problems
    return media


def asked(
    media: Media, cache: Cache | None = None, roles: tuple[PictureRole, ...] = ROLES
) -> Pictures:
    """Pictures of `media` in every role."""
    pictures = Pictures(cache or Cache())
    for role in roles:
        pictures.show(media, role, "")
    pictures.share(media)
    return pictures


def files(pictures: Pictures) -> dict[str, bytes]:
    return {each.uri: each.content for each in pictures.artifacts()}


def ceiling_of(uri: str, roles: tuple[PictureRole, ...] = (*ROLES, SHARE)) -> int:
    """The highest ceiling of the role that an address names."""
    name = uri.rsplit("/", 1)[1].split("-")[1]
    return max(size[2] for role in roles if role.name == name for size in role.sizes)


def noise(width: int, height: int) -> Image.Image:
    """Leaves and grain: no encoder makes it small."""
    size = (width, height)
    return Image.merge(
        "RGB", [Image.blend(leaves(size, seed), grain(size, seed), 0.7) for seed in (3, 5, 9)]
    )


def clear(width: int, height: int) -> Image.Image:
    """Half of it can be seen through."""
    picture = scene(width, height).convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize((width, height)))
    return picture


HOSTILE: dict[str, tuple[Callable[[], Image.Image], str, dict[str, object]]] = {
    "noise": (lambda: noise(1600, 1200), "jpg", {"quality": 95}),
    "portrait": (lambda: noise(900, 1600), "jpg", {}),
    "panorama": (lambda: noise(12_000, 800), "jpg", {}),
    "chat-log": (lambda: noise(200, 20_000), "jpg", {}),
    "thread": (lambda: noise(9_000, 3), "png", {}),
    "tiny": (lambda: noise(10, 10), "jpg", {}),
    "pixel": (lambda: noise(1, 1), "png", {}),
    "cmyk": (lambda: noise(800, 600).convert("CMYK"), "jpg", {}),
    "grey": (lambda: leaves((1600, 1200)), "jpg", {}),
    "sixteen-bit": (lambda: Image.linear_gradient("L").resize((900, 900)).convert("I;16"), "png", {}),
    "palette": (lambda: noise(800, 600).quantize(64), "png", {}),
    "palette-clear": (lambda: scene(900, 600).quantize(64), "png", {"transparency": 3}),
    "bits": (lambda: leaves((800, 500)).convert("1"), "png", {}),
    "alpha": (lambda: clear(1200, 900), "png", {}),
    "alpha-webp": (lambda: clear(1200, 900), "webp", {}),
    "grey-alpha": (lambda: clear(800, 600).convert("LA"), "png", {}),
    "bad-profile": (lambda: noise(900, 700), "jpg", {"icc_profile": b"not a profile" * 30}),
    "progressive": (lambda: noise(1000, 800), "jpg", {"progressive": True}),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_ceilings_and_sizes_hold(name: str, tmp_path: Path) -> None:
    make, ending, options = HOSTILE[name]
    make().save(tmp_path / f"p.{ending}", **options)
    media = media_of(tmp_path, f"p.{ending}")
    pictures = asked(media)
    assert not [each for each in pictures.finish() if each.rule == "picture-unreadable"]
    found = files(pictures)
    assert len(found) >= 2 * len(ROLES) + 1
    for uri, content in found.items():
        assert len(content) <= ceiling_of(uri), (uri, len(content))
        with Image.open(BytesIO(content)) as picture:
            picture.load()
            assert picture.mode == "RGB"
            assert uri.split("-")[-1].split(".")[0] == f"{picture.width}x{picture.height}"


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    size=st.tuples(st.integers(1, 900), st.integers(1, 900)),
    seed=st.integers(0, 99),
    soft=st.booleans(),
    mode=st.sampled_from(["RGB", "L", "CMYK", "P", "RGBA", "LA", "1"]),
    ending=st.sampled_from(["jpg", "png", "webp"]),
    orientation=st.integers(0, 9),
)
def test_any_photo_keeps_inside_and_fits_its_words(
    tmp_path_factory: pytest.TempPathFactory,
    size: tuple[int, int], seed: int, soft: bool, mode: str, ending: str, orientation: int,
) -> None:  # fmt: skip
    folder = tmp_path_factory.mktemp("any")
    picture = (leaves if soft else grain)(size, seed).convert("RGB").convert(mode)
    if mode in {"jpg": ("P", "RGBA", "LA", "1"), "png": ("CMYK",)}.get(ending, ()):
        picture = picture.convert("RGB")  # This kind of file cannot hold the mode.
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture.save(folder / f"p.{ending}", exif=exif.tobytes())
    media = media_of(folder, f"p.{ending}")
    pictures = Pictures(Cache())
    shown = {role: pictures.show(media, role, "") for role in (*ROLES, ODD)}
    found = files(pictures)
    for role, each in shown.items():
        with Image.open(BytesIO(found[each.src])) as made:
            assert (made.width, made.height) == (each.width, each.height), role
    for uri, content in found.items():
        assert len(content) <= ceiling_of(uri, (*ROLES, ODD)), (uri, len(content))


def test_a_photo_too_small_for_two_sizes_is_made_once(tmp_path: Path) -> None:
    """Under the lower of the two ceilings, and not offered twice."""
    noise(300, 200).save(tmp_path / "p.jpg", quality=95)
    pictures = Pictures(Cache())
    shown = pictures.show(media_of(tmp_path), HERO, "")
    assert (shown.srcset, shown.width) == ("", 300)
    assert shown.webp.count("assets/") == 1 and " " not in shown.webp
    assert all(len(content) <= 16_000 for content in files(pictures).values())
    assert len(files(pictures)) == 2


def test_sixteen_bits_of_grey_are_scaled_and_not_cut_off(tmp_path: Path) -> None:
    Image.new("I;16", (300, 300), 100 * 256).save(tmp_path / "p.png")
    pictures = asked(media_of(tmp_path, "p.png"), roles=(CARD,))
    for content in files(pictures).values():
        grey = Image.open(BytesIO(content)).convert("L").getpixel((50, 50))
        assert isinstance(grey, int) and abs(grey - 100) <= 3


def test_what_can_be_seen_through_stands_on_white(tmp_path: Path) -> None:
    Image.new("RGBA", (300, 300), (200, 0, 0, 0)).save(tmp_path / "p.png")
    for content in files(asked(media_of(tmp_path, "p.png"))).values():
        low = min(low for low, _ in Image.open(BytesIO(content)).convert("RGB").getextrema())
        assert low >= 252  # type: ignore[operator]


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_nothing_of_the_phone_is_in_any_byte(orientation: int, tmp_path: Path) -> None:
    (tmp_path / "p.jpg").write_bytes(phone(scene(1600, 1200), orientation))
    assert (tmp_path / "p.jpg").read_bytes().count(GPS.encode()) >= 3
    store = tmp_path / "cache"
    found = files(asked(media_of(tmp_path), Cache(store)))
    kept = {str(file): file.read_bytes() for file in store.rglob("*") if file.is_file()}
    assert len(found) >= 9 and len(kept) >= 9
    for name, content in (*found.items(), *kept.items()):
        for trace in (GPS.encode(), b"Exif", b"ICC_PROFILE", b"EXIF", b"XMP "):
            assert trace not in content, name


def test_bytes_and_words_depend_on_the_photos_alone(tmp_path: Path) -> None:
    """Not on how many work at once, in which order pages ask, or what was made before."""
    for n in range(4):
        picture = noise(500 + 20 * n, 400) if n % 2 else scene(1400 - 60 * n, 1000)
        (tmp_path / f"p{n}.jpg").write_bytes(phone(picture, (1, 3, 6)[n % 3]))
    all_of = [media_of(tmp_path, f"p{n}.jpg") for n in range(4)]

    def made(
        cache: Cache, threads: int, backwards: bool = False
    ) -> tuple[dict[str, bytes], object]:
        pictures = Pictures(cache)
        wishes = [(media, role) for media in all_of for role in (HERO, CARD)]
        for media, role in reversed(wishes) if backwards else wishes:
            pictures.show(media, role, "")
        problems = pictures.finish(threads=threads)
        return files(pictures), problems

    first = made(Cache(), 1)
    assert first[1], "the grain is told"
    store = Cache(tmp_path / "cache")
    # A card asked for in an earlier build leaves the cache half full.
    asked(all_of[0], store, (CARD,)).finish()
    assert made(store, 4) == first
    assert made(store, 1) == first
    assert made(Cache(), 4, backwards=True) == first


def test_what_was_made_before_is_not_made_again(tmp_path: Path) -> None:
    (tmp_path / "p.jpg").write_bytes(phone(noise(500, 400)))
    told: list[tuple[str, int, int]] = []
    cache = Cache(tmp_path / "cache")
    first = asked(media_of(tmp_path), cache)
    problems = first.finish(lambda *step: told.append(step))
    assert told == [("photos", 0, 1), ("photos", 1, 1)]
    (tmp_path / "p.jpg").write_bytes(phone(noise(500, 400)))  # the same bytes again
    again = asked(media_of(tmp_path), cache)
    assert again.finish(lambda *step: told.append(step)) == problems
    assert len(told) == 2, "nothing to do, nothing to tell"
    assert files(again) == files(first)


def test_a_photo_that_breaks_between_reading_and_making_is_told(tmp_path: Path) -> None:
    (tmp_path / "p.jpg").write_bytes(phone(scene(900, 700)))
    (tmp_path / "q.jpg").write_bytes(phone(scene(901, 700)))
    changed, gone = media_of(tmp_path), media_of(tmp_path, "q.jpg")
    (tmp_path / "p.jpg").write_bytes(b"\xff\xd8 half a copy")
    (tmp_path / "q.jpg").unlink()
    pictures = Pictures(Cache(tmp_path / "cache"))
    for media in (changed, gone):
        pictures.show(media, CARD, "")
    found = {str(each.location): each for each in pictures.finish()}
    assert {each.rule for each in found.values()} == {"picture-unreadable"}
    assert set(found) == {"p.jpg:1:1", "q.jpg:1:1"}
    assert "文件变了" in found["p.jpg:1:1"].message("zh")
    assert not pictures.artifacts()


def test_a_file_that_opens_and_cannot_be_decoded_is_told(tmp_path: Path) -> None:
    """Its head is sound, its end is missing, and nobody looked until the pixels were wanted."""
    import hashlib

    whole = phone(noise(500, 400))
    for name, raw in {"p.jpg": whole[: len(whole) // 2], "q.jpg": whole[:600] + b"x" * 900}.items():
        (tmp_path / name).write_bytes(raw)
        media = Media(name, tmp_path / name, "jpeg", 500, 400, hashlib.sha256(raw).hexdigest())
        pictures = asked(media)
        (found,) = pictures.finish()
        assert (found.rule, str(found.location)) == ("picture-unreadable", f"{name}:1:1")
        assert "文件坏了" in found.message("zh") and found.remedy("zh")
        assert not pictures.artifacts()
