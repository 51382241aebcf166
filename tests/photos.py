"""Generates photos for tests: a scene with sky, a hill, jars and grain.

The same call gives the same pixels, since every texture has a fixed seed.
"""

from __future__ import annotations

from io import BytesIO
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

GPS = "SECRETPLACE"


def leaves(size: tuple[int, int], seed: int = 7) -> Image.Image:
    """Return a grey texture like foliage, of three noise layers from coarse to fine. Its mean is middle grey."""
    whole = Image.new("L", size, 128)
    for cells in (12, 40, 130):
        layer = grain((cells, cells), seed + cells).resize(size, Image.Resampling.BICUBIC)
        whole = ImageChops.add(whole, layer, 1, -128).point(lambda v: 128 + (v - 128) * 3 // 4)
    return whole


def grain(size: tuple[int, int], seed: int = 7) -> Image.Image:
    """Return noise with an independent value for each pixel, like a photo taken in the dark."""
    return Image.frombytes("L", size, Random(seed).randbytes(size[0] * size[1]))


def scene(width: int = 1600, height: int = 1200) -> Image.Image:
    """Return a picture of a village in the afternoon: sky, a hill, and jars with labels."""
    sky = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge(
        "RGB",
        (
            sky.point(lambda v: 90 + v // 4),
            sky.point(lambda v: 150 + v // 5),
            sky.point(lambda v: 225 + v // 12),
        ),
    )
    texture = leaves((width, height))
    hill = Image.merge(
        "RGB",
        (
            texture.point(lambda v: v * 5 // 12),
            texture.point(lambda v: v * 7 // 12),
            texture.point(lambda v: v // 3),
        ),
    )
    outline = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(outline)
    top = height * 5 // 12
    draw.polygon(
        [(0, top), (width // 3, top - height // 10), (width * 2 // 3, top + height // 20),
         (width, top - height // 12), (width, height), (0, height)],
        fill=255,
    )  # fmt: skip
    picture.paste(hill, (0, 0), outline)
    draw = ImageDraw.Draw(picture)
    for n in range(4):
        left = width * (2 * n + 1) // 10
        box = (left, height * 6 // 10, left + width // 9, height * 9 // 10)
        draw.rounded_rectangle(box, width // 60, fill=(150 + 12 * n, 40, 25), outline="#2A1410")
        label = (box[0], height * 7 // 10, box[2], height * 8 // 10)
        draw.rectangle(label, fill="#F2E6CF")
        for line in range(4):
            y = label[1] + (line + 1) * (label[3] - label[1]) // 5
            draw.line(
                (label[0] + 6, y, label[2] - 6, y), fill="#30241C", width=max(1, width // 500)
            )
    return picture


def exposed(picture: Image.Image, stops: float) -> Image.Image:
    """Return the picture with 2 ** `stops` times the light."""
    curve = [
        min(255, round(255 * min(1.0, (v / 255) ** 2.2 * 2.0**stops) ** (1 / 2.2)))
        for v in range(256)
    ]
    return picture.point(curve * 3)


def blurred(picture: Image.Image, share: float) -> Image.Image:
    """Return the picture out of focus. `share` is the blur radius in pixels if the long side had 512 pixels."""
    return picture.filter(ImageFilter.GaussianBlur(share * max(picture.size) / 512))


def moved(picture: Image.Image, share: float) -> Image.Image:
    """Return the picture with motion blur sideways. `share` is its length in pixels if the long side had 512."""
    steps = round(share * max(picture.size) / 512)
    whole = picture
    for step in range(1, steps):
        whole = Image.blend(whole, ImageChops.offset(picture, step, 0), 1 / (step + 1))
    return whole.crop((steps, 0, picture.width, picture.height))


def phone(picture: Image.Image, orientation: int = 1, quality: int = 92) -> bytes:
    """Return a JPEG as a phone writes it: with an EXIF orientation, a place, a description and a comment.

    `GPS` is in each of these texts, so that a test can search for it in published files.
    """
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    stored = picture.transpose(undo[orientation]) if orientation in undo else picture
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = GPS
    exif.get_ifd(0x8825)[29] = GPS
    out = BytesIO()
    stored.save(out, "JPEG", quality=quality, exif=exif.tobytes(), comment=GPS.encode())
    return out.getvalue()
