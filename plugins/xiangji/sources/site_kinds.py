"""Kinds of files that a site does not hold, and what to do with each."""

from __future__ import annotations

from xiangji.frozen import dataclass
from xiangji.sources.why import Why


@dataclass(frozen=True, slots=True)
class Unfit:
    """Why a file stays outside: the rule, what it says, and in which line of the file."""

    rule: str
    details: tuple[tuple[str, str], ...]
    line: int = 1


def unfit(why: Why) -> Unfit:
    """A file whose kind is known and whose content is refused."""
    return Unfit("site-file-unfit", (("why", why.zh), ("why_en", why.en)))


_NAME_IT = Why(
    "非要不可的，在 mkdocs.yml 的 xiangji 下面写进“原样”。",
    "If it must be, name it under raw in mkdocs.yml.",
)
_KINDS = (
    (
        ".heic .heif .avif .gif .tif .tiff .bmp .ico .jfif .raw .dng .psd",
        Why("这种图片", "such pictures"),
        Why("另存为 JPEG、PNG 或 WebP。", "Save it as JPEG, PNG or WebP."),
    ),
    (
        ".mp4 .mov .m4v .avi .mkv .webm .3gp .wmv",
        Why("视频（里面常常记着拍的地点，也太大）", "videos (they hold places, and are large)"),
        Why("放到视频网站上，这里写一个链接。", "Put it on a video site and link to it."),
    ),
    (
        ".amr .silk .aac .flac .wma .opus .aiff",
        Why("这种录音", "such recordings"),
        Why("转成 MP3。", "Convert it to MP3."),
    ),
    (
        ".doc .docx .xls .xlsx .ppt .pptx .odt .ods .wps .et .pages .numbers .rtf",
        Why(
            "办公软件的文件（里面有写的人、批注、改过的字）",
            "office files (they hold names and comments)",
        ),
        Why("另存为 PDF。", "Save it as PDF."),
    ),
    (
        ".css .js .mjs",
        Why("样式和脚本", "style sheets and scripts"),
        Why(
            "要用的，在 mkdocs.yml 里写进 extra_css 或 extra_javascript。",
            "Name it under extra_css or extra_javascript in mkdocs.yml.",
        ),
    ),
    (
        ".markdown .mdown .mkd .mkdn",
        Why("尾巴是 {ending} 的网页", "pages with the ending {ending}"),
        Why("把尾巴改成 .md。", "Change its ending to .md."),
    ),
    (
        ".zip .rar .7z .gz .tar .tgz .apk .exe .msi .bat .cmd .ps1 .sh .php .jsp .asp .aspx .py .lnk .url .desktop"
        " .jar .dll .so .vbs .swf",
        Why("压缩包和程序", "archives and programs"),
        _NAME_IT,
    ),
    (
        ".key .pem .p12 .pfx .env .sqlite .db .mdb .bak .old .orig .sql .log .ini .conf .yml .yaml .toml .lock",
        Why("钥匙、设置、备份和数据库", "keys, settings, backups and data bases"),
        _NAME_IT,
    ),
)


def unfit_kind(ending: str) -> Unfit:
    """A file whose ending is not among those that a site holds."""
    for endings, kind, remedy in _KINDS:
        if ending in endings.split():
            return _kind(kind, remedy, ending)
    if not ending:
        return _kind(Why("没有尾巴的文件", "files without an ending"), _NAME_IT, ending)
    return _kind(Why("尾巴是 {ending} 的文件", "files that end in {ending}"), _NAME_IT, ending)


def _kind(kind: Why, remedy: Why, ending: str) -> Unfit:
    said = {"kind": kind.zh, "kind_en": kind.en, "do": remedy.zh, "do_en": remedy.en}
    details = tuple((key, text.replace("{ending}", ending)) for key, text in said.items())
    return Unfit("site-file-kind", details)
