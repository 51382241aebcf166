"""Captions: whatever stands in the file, it is told and not raised; what is right is read as written."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from xiangji.model.location import Location
from xiangji.problems import Report
from xiangji.readers.media.captions import MOST, Captions, Cue, paired, parse_captions

PATH = "stories/gong/media/a.vtt"

PIECES = st.sampled_from(
    [
        *("WEBVTT", "\n", "\n\n", "NOTE ", "STYLE\n", "-->", " --> ", "→", "00:01.000", "0:1,5"),
        *(
            "００：０1。2",
            "99:99:99.999",
            "9" * 5000 + ":00",
            "<v 甲>",
            "</v>",
            "<",
            ">",
            "<c.x",
            "&",
        ),
        *("&#", "9" * 5000, ";", "&amp;", "捏着响", " ", "\t", "align:start", "1", "-", "\u3000"),
    ]
)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)))
@example(f"WEBVTT\n\n{'9' * 5000}:00:01.000 --> 00:01.000\n{'&#' + '9' * 5000};")
@example(f"WEBVTT\n\n{'9' * 5000}:01,0 --> 00:{'9' * 5000}")
def test_any_text_is_read(text: str) -> None:
    report = Report()
    captions = parse_captions(text, PATH, report)
    lines = text.split("\n")
    assert len(report.problems) <= MOST
    for each in report.problems:
        assert each.location.path == PATH
        assert 1 <= each.location.line <= len(lines)
        assert 1 <= each.location.column <= len(lines[each.location.line - 1]) + 1
        assert each.message("zh") and each.remedy("en")
    assert captions.cues or report.problems


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=20
).filter(lambda text: "-->" not in text)
TIMES = st.lists(st.integers(0, 5_000_000), min_size=2, max_size=20, unique=True).map(sorted)


def stamp(thousandths: int) -> str:
    seconds, part = divmod(thousandths, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    head = f"{hours:02}:" if hours else ""
    return f"{head}{minutes:02}:{seconds:02}.{part:03}"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


# With the mark's own `>` behind it this would be the arrow, which no text may hold.
NAMES = WORDS.filter(lambda name: not name.endswith("--"))


@given(TIMES, st.data())
def test_what_is_right_is_read_as_written(times: list[int], data: st.DataObject) -> None:
    wanted = []
    blocks = ["WEBVTT 示例", "NOTE 采访"]
    for number, (start, end) in enumerate(pairwise(times), start=1):
        said, voice = data.draw(WORDS), data.draw(st.one_of(st.just(""), NAMES))
        head = f"{number}\n" if data.draw(st.booleans()) else ""
        mark = f"<v {escaped(voice)}>" if voice else ""
        blocks.append(f"{head}{stamp(start)} --> {stamp(end)} align:start\n{mark}{escaped(said)}")
        wanted.append((start / 1000, end / 1000, said, voice))
    report = Report()
    captions = parse_captions("\n\n".join(blocks) + "\n", PATH, report)
    assert report.problems == []
    assert [(cue.start, cue.end, cue.text, cue.voice) for cue in captions.cues] == wanted


def captions(*times: tuple[float, float]) -> Captions:
    cues = (Cue(a, b, f"{a}", "", Location(PATH)) for a, b in times)
    return Captions(PATH, tuple(cues))


def starts(one: Captions | None, other: Captions | None) -> list[tuple[float | None, float | None]]:
    return [(a.start if a else None, b.start if b else None) for a, b in paired(one, other)]


def test_cues_that_share_half_their_time_belong_together() -> None:
    left, right = captions((0, 2), (2, 4), (6, 8)), captions((0.3, 2), (1.9, 4.2), (6, 9))
    assert starts(left, right) == [(0, 0.3), (2, 1.9), (6, 6)]


def test_a_cue_without_its_like_stands_alone_in_its_order() -> None:
    left, right = captions((0, 2), (2, 4), (6, 8)), captions((0, 4), (7.5, 9), (9, 10))
    assert starts(left, right) == [(0, 0), (2, None), (6, None), (None, 7.5), (None, 9)]
    assert starts(left, None) == [(0, None), (2, None), (6, None)]
    assert starts(None, None) == []


def test_a_file_full_of_mistakes_is_told_soon_enough() -> None:
    report = Report()
    parse_captions("WEBVTT\n\n" + "00:00,0 --> 1\n<p>\n\n" * 20_000, PATH, report)
    assert len(report.problems) == MOST
