"""What to do with a file in a format that no page can show: HEIC, Word, Photoshop, video, archives.

People drop what they have. Whatever cannot be used is told by what it is, with the way to what can be used.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

from xiangji.readers.media.heic import can_read_heic
from xiangji.readers.media.reasons import Reason


class Conversion(NamedTuple):
    """What a file is, and how it becomes one that can be used, in two languages."""

    what: str
    what_en: str
    do: str
    do_en: str


_TO_JPEG = (
    "在电脑上用“画图”或者看图软件打开，另存为 JPEG（线条和文字多的存 PNG）。",
    "Open it and save it as JPEG, or as PNG if it is made of lines and letters.",
)
_HEIC = Conversion(
    "苹果手机的 HEIC 照片，浏览器打不开", "a HEIC photo, which browsers do not show",
    "在手机的“设置、相机、格式”里选“兼容性最佳”再拍；已经拍好的，在电脑上打开，另存为 JPEG。",
    "Choose Settings, Camera, Formats, Most Compatible on the phone; open this one and save it as JPEG.",
)  # fmt: skip
_RAW = Conversion(
    "相机的原始照片（RAW），浏览器打不开", "a raw photo, which browsers do not show",
    "用相机带的软件导出成 JPEG。", "Export it as JPEG with the software of the camera.",
)  # fmt: skip
_DESIGN = Conversion(
    "设计软件的原稿，浏览器打不开", "a file of a design program, which browsers do not show",
    "请做图的人从设计软件里导出：照片用 JPEG，线条图用 SVG 或 PNG。",
    "Export it from the design program: photos as JPEG, line art as SVG or PNG.",
)  # fmt: skip
_WORDS = Conversion(
    "Word、WPS、Pages 这样的文档，浏览器打不开", "a word processor's document, which browsers do not show",
    "把文字复制到 .md 文件里；证书、报告这样要原样给人看的，在打开它的软件里另存（导出）为 PDF。",
    "Copy the words that shall be published into a .md file; export certificates and reports as PDF.",
)  # fmt: skip
_SLIDES = Conversion(
    "演示文稿，浏览器打不开", "slides, which browsers do not show",
    "在打开它的软件里另存（导出）为 PDF。", "Export them as PDF.",
)  # fmt: skip
_TABLE = Conversion(
    "表格，浏览器打不开", "a spreadsheet, which browsers do not show",
    "在打开它的软件里另存（导出）为 .xlsx 或者 .csv。", "Save it as .xlsx or .csv.",
)  # fmt: skip
_VIDEO = Conversion(
    "视频，里面可能有拍摄地点；网站不放视频", "a video, which may say where it was taken; the site has no videos",
    "传到视频平台，在页面里写上它的链接；要的只是声音，就导出成 MP3。",
    "Put it on a video platform and link to it; if only the sound matters, export it as MP3.",
)  # fmt: skip
_SOUND = Conversion(
    "浏览器不会放的录音", "a recording that browsers do not play",
    "用录音软件或者格式转换软件转成 MP3。", "Convert it to MP3.",
)  # fmt: skip
_PACKED = Conversion(
    "压缩包，里面的东西没有读", "an archive, whose content is not read",
    "先解压，把里面要用的文件一个一个放进来。", "Unpack it, and put in the files that you need.",
)  # fmt: skip
_SHORTCUT = Conversion(
    "快捷方式，不是文件本身", "a shortcut and not the file itself",
    "把它指的那个文件拷到这里来。", "Copy the file that it leads to.",
)  # fmt: skip
_JPEG = Conversion(
    "JPEG 照片，只是尾巴不一样", "a JPEG photo with another ending",
    "把文件名的尾巴改成 .jpg。", "Rename it so that it ends with .jpg.",
)  # fmt: skip
_BY_NAME = (
    (".tif .tiff", Conversion("TIFF 图片，浏览器打不开", "a TIFF picture, which browsers do not show", *_TO_JPEG)),
    (".avif", Conversion("AVIF 图片，旧手机打不开", "an AVIF picture, which older phones do not show", *_TO_JPEG)),
    (".bmp", Conversion("BMP 图片，太大，网页不用", "a BMP picture, too large for pages", *_TO_JPEG)),
    (".jp2 .jxl .tga .pcx .wmf .emf", Conversion("浏览器打不开的图片", "a picture that browsers do not show", *_TO_JPEG)),
    (".jfif .jpe", _JPEG),
    (".heic .heif .hif .heics", _HEIC),
    (".dng .cr2 .cr3 .nef .arw .rw2 .orf .raf .raw", _RAW),
    (".psd .psb .ai .cdr .xcf .sketch .indd .eps .fig .xd", _DESIGN),
    (".doc .docx .docm .dot .dotx .wps .wpt .odt .rtf .pages .uot", _WORDS),
    (".ppt .pptx .pps .ppsx .dps .key .odp", _SLIDES),
    (".xls .xlsm .xlsb .ods .et .ett .numbers", _TABLE),
    (".mov .mp4 .m4v .avi .mkv .wmv .flv .3gp .webm .mpg .mpeg .rmvb .mts", _VIDEO),
    (".amr .silk .slk .aac .wma .flac .ape .caf .aif .aiff .3ga", _SOUND),
    (".zip .rar .7z .tar .gz .tgz .bz2 .xz", _PACKED),
    (".lnk .url .webloc .desktop", _SHORTCUT),
)  # fmt: skip
_KNOWN = {ending: found for endings, found in _BY_NAME for ending in endings.split()}

_BY_BYTES = (
    (0, (b"II*\0", b"MM\0*"), Reason("这是 TIFF 图片，浏览器打不开", "it is a TIFF picture")),
    (0, (b"8BPS",), Reason("这是 Photoshop 的原稿，浏览器打不开", "it is a Photoshop file")),
    (0, (b"GIF8",), Reason("这是 GIF 图片", "it is a GIF picture")),
    (0, (b"BM",), Reason("这是 BMP 图片", "it is a BMP picture")),
    (0, (b"%PDF",), Reason("这是 PDF，不是图片", "it is a PDF and no picture")),
    (0, (b"PK\3\4",), Reason("这是压缩包或者文档，不是图片", "it is an archive or a document")),
    (0, (b"\xd0\xcf\x11\xe0",), Reason("这是 Word 或者 WPS 的文档", "it is a document of an office program")),
    (4, (b"ftypavif", b"ftypavis"), Reason("这是 AVIF 图片，旧手机打不开", "it is an AVIF picture")),
    (4, (b"ftyp",), Reason("这是视频，不是图片", "it is a video and no picture")),
)  # fmt: skip


def conversion_of(name: str) -> Conversion | None:
    """How a file of this name becomes one that can be used; None if its ending tells nothing."""
    found = _KNOWN.get(PurePosixPath(name).suffix.lower())
    return None if found is _HEIC and can_read_heic() else found


def no_picture(raw: bytes) -> Reason | None:
    """What these bytes are instead of a picture that can be used; None if they tell nothing."""
    for at, begins, why in _BY_BYTES:
        if raw.startswith(begins, at):
            return why
    return None
