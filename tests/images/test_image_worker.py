"""What saves work on a photo changes nothing that anybody sees."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

from photos import grain, leaves, scene
from xiangji.images import renditions
from xiangji.images.measurements import _edges
from xiangji.images.renditions import HIGHEST, LOWEST, DecodedPhoto, RenditionOrder, develop

SMALL = {"small": scene(320, 240), "leaves": leaves((160, 160)).convert("RGB")}
SMALL["grain"] = grain((120, 90)).convert("RGB")


@pytest.mark.parametrize("size", [(120, 120), (375, 281), (440, 220), (750, 562), (1200, 630)])
def test_a_picture_drawn_small_by_steps_is_the_one_drawn_at_once(size: tuple[int, int]) -> None:
    photo = scene()
    made = renditions._fitted(photo, size)
    plain = ImageOps.fit(photo, size, Image.Resampling.LANCZOS)
    assert made.size == plain.size
    assert max(ImageStat.Stat(ImageChops.difference(made, plain)).rms) < 1.5


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 5))
def test_the_range_around_each_pixel_is_what_the_rank_filters_say(
    width: int, height: int, seed: int
) -> None:
    grey = grain((width, height), seed)
    highest, lowest = grey.filter(ImageFilter.MaxFilter(5)), grey.filter(ImageFilter.MinFilter(5))
    assert _edges(grey).tobytes() == ImageChops.subtract(highest, lowest).tobytes()


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "CMYK"])
def test_colours_are_counted_as_pillow_counts_them(mode: str) -> None:
    picture = scene(256, 256).convert(mode)
    assert renditions._colours(picture) == len(picture.getcolors(256 * 256) or ())


@settings(deadline=None, max_examples=80)
@given(st.sampled_from(sorted(SMALL)), st.sampled_from(["webp", "jpeg"]), st.integers(200, 40_000))
def test_a_quality_fills_its_ceiling_or_the_next_does_not_fit(
    name: str, form: str, ceiling: int
) -> None:
    picture = SMALL[name]
    order = RenditionOrder(*picture.size, ceiling, form)
    found = renditions._best(picture, order)

    def size(quality: int) -> int:
        return len(renditions._bytes_of(picture, quality, form))

    if found is None:
        assert size(LOWEST) > ceiling
        return
    content, quality = found
    assert len(content) == size(quality) <= ceiling
    if len(content) < ceiling * 0.95 and quality < HIGHEST:
        assert size(quality + 1) > ceiling


def test_a_photo_is_drawn_once_for_each_size_and_encoded_a_few_times(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Halving the range takes up to seven encodings."""
    drawn: list[tuple[int, int]] = []
    encoded: list[int] = []
    fitted, bytes_of = renditions._fitted, renditions._bytes_of

    def drawing(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
        drawn.append(size)
        return fitted(picture, size)

    def encoding(picture: Image.Image, quality: int, form: str) -> bytes:
        encoded.append(quality)
        return bytes_of(picture, quality, form)

    monkeypatch.setattr(renditions, "_fitted", drawing)
    monkeypatch.setattr(renditions, "_bytes_of", encoding)
    sizes = [(750, 562), (480, 288), (240, 240)]
    orders = [
        RenditionOrder(*size, size[0] * size[1] // 11, form) for size in sizes for form in FORMS
    ]
    made = dict(develop(DecodedPhoto(scene(), 9999, 1), orders))
    assert set(made) == set(orders)
    assert sorted(drawn) == sorted(sizes)
    assert len(encoded) <= 4 * len(orders)


FORMS = ("webp", "jpeg")
