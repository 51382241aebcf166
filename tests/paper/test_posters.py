"""Posters: every code is read after what WeChat and a hand-held phone do to it; nothing overflows,
nothing is invented, nobody is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from built import ROOT, here, run, write
from paper.degraded import texts
from paper.desk import Desk, at_desk, small_desk
from photos import phone, scene
from xiangji.cache import Cache
from xiangji.model.vocabularies import PosterLayout
from xiangji.paper.posters import upright
from xiangji.paper.posters.file import SENT, SITE
from xiangji.paper.posters.poster import SHAPES, Draft, Poster, draft, layout_for, make, unpacked
from xiangji.paper.posters.text import all_subjects, find_subjects
from xiangji.paper.typesetter import typeset
from xiangji.problems import Problem

EVERY = [(layout, shape) for layout in PosterLayout for shape in SHAPES]


@pytest.fixture(scope="module")
def demo() -> Desk:
    """Without a cache: every poster is made."""
    return at_desk(ROOT)


@pytest.fixture(scope="module")
def made(demo: Desk) -> dict[tuple[PosterLayout, str], list[Poster]]:
    """Every poster of the demo in every shape of one layout; in the others every subject in one of
    the shapes, turn and turn about."""
    found: dict[tuple[PosterLayout, str], list[Poster]] = {}
    for layout, shape in EVERY:
        found[layout, shape] = []
        turn = list(SHAPES).index(shape)
        for at, subject in enumerate(all_subjects(demo.context)):
            if layout is not PosterLayout.PICTURE and at % len(SHAPES) != turn:
                continue
            planned, problems = draft(
                demo.context, subject, SHAPES[shape], demo.fonts, SITE, layout
            )
            assert problems == [] and planned is not None
            poster, problems = make(planned, demo.fonts, demo.cache)
            assert problems == [] and poster is not None, (subject.key, layout, shape)
            found[layout, shape].append(poster)
    return found


def opened(poster: Poster) -> Image.Image:
    return Image.open(BytesIO(poster.content)).convert("RGB")


def half(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.BICUBIC)


def recompressed(picture: Image.Image) -> Image.Image:
    out = BytesIO()
    picture.save(out, "JPEG", quality=70)
    return Image.open(BytesIO(out.getvalue())).convert("L")


def tilted(picture: Image.Image) -> Image.Image:
    w, h = picture.size
    corners = (-0.06 * w, -0.02 * h, 0.03 * w, 1.04 * h, 1.05 * w, 0.96 * h, 0.95 * w, 0.03 * h)
    return picture.transform(
        picture.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor="#888"
    )


DAMAGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "as it is": lambda picture: picture,
    "half": half,
    "JPEG 70": recompressed,
    "half and JPEG 70": lambda picture: recompressed(half(picture)),
    "blur": lambda picture: picture.filter(ImageFilter.GaussianBlur(2)),
    "15 degrees": lambda picture: picture.rotate(
        15, Image.Resampling.BICUBIC, expand=True, fillcolor="#888"
    ),
    "perspective": tilted,
}


# The code is the same in every layout, so one of them is put through everything.
TRIED = [
    *((PosterLayout.PICTURE, each) for each in DAMAGES),
    (PosterLayout.TITLE, "half and JPEG 70"),
    (PosterLayout.LETTER, "half and JPEG 70"),
]


@pytest.mark.parametrize(("layout", "damage"), TRIED)
def test_every_code_is_read_after(
    layout: PosterLayout, damage: str, made: dict[tuple[PosterLayout, str], list[Poster]]
) -> None:
    posters = [each for shape in SHAPES for each in made[layout, shape]]
    assert len(posters) >= (40 if layout is PosterLayout.PICTURE else 15)
    lost = [
        (each.subject.key, each.shape.key)
        for each in posters
        if texts(DAMAGES[damage](opened(each).convert("L")))
        != [f"https://yanglang.example.cn/{each.subject.page}"]
    ]
    assert lost == []


def test_every_poster_has_its_shape_and_stays_inside_the_ceiling(
    made: dict[tuple[PosterLayout, str], list[Poster]],
) -> None:
    for (_, shape), posters in made.items():
        for each in posters:
            assert opened(each).size == (SHAPES[shape].width, SHAPES[shape].height)
            assert 30_000 < len(each.content) <= 180_000


def test_a_poster_names_nobody(
    demo: Desk, made: dict[tuple[PosterLayout, str], list[Poster]]
) -> None:
    names = {
        person.name.removesuffix("（示例）") for person in demo.context.library.people.values()
    }
    told = [each.words for posters in made.values() for p in posters for each in p.subject.tellings]
    assert "编匠丙" in names and len(told) > 100
    assert [words for words in told if any(name in words for name in names)] == []


# --- one village, changed ------------------------------------------------------------------------

BRAND = "名称: 示例村\n村: 示例村\n印章:\n  文字: 村记\n示例: 是\n"
TELLING = "一缸酱晒够一百天，早晚各搅一回，雨来了先盖缸，再收衣服。"


def village(root: Path, story: str, files: dict[str, str] | None = None) -> Desk:
    """A village with one story; `story` is its front matter."""
    content = f"---\n{story}\n---\n\n正文。\n"
    base = {"products/brand.yml": BRAND, "stories/jiang/story.md": content}
    return small_desk(root, {**base, **(files or {})})


def story(title: str = "一缸酱", short: str = TELLING, more: str = "") -> str:
    told = f"短讲法:\n  六十字: {short}\n" if short else ""
    return f"题目: {title}\n{told}{more}示例: 是"


def planned(
    desk: Desk, layout: PosterLayout | None = None, shape: str = "tall"
) -> tuple[Draft | None, list[Problem]]:
    [subject] = find_subjects(desk.context, "jiang")[0]
    return draft(desk.context, subject, SHAPES[shape], desk.fonts, SENT, layout)


def posters_of(desk: Desk) -> Iterator[tuple[Poster | None, list[Problem]]]:
    for layout, shape in EVERY:
        plan, found = planned(desk, layout, shape)
        assert plan is not None, found
        yield make(plan, desk.fonts, desk.cache)


def test_without_a_picture_the_title_stands_alone(tmp_path: Path) -> None:
    desk = village(tmp_path, story())
    [subject] = find_subjects(desk.context, "jiang")[0]
    assert layout_for(desk.context, subject) is PosterLayout.TITLE
    assert layout_for(desk.context, subject, PosterLayout.PICTURE) is PosterLayout.TITLE
    for poster, found in posters_of(desk):
        assert poster is not None and found == []


def test_without_a_telling_there_is_none_on_it(tmp_path: Path) -> None:
    desk = village(tmp_path, story(short=""))
    [subject] = find_subjects(desk.context, "jiang")[0]
    assert layout_for(desk.context, subject, PosterLayout.LETTER) is PosterLayout.TITLE
    for poster, found in posters_of(desk):
        assert poster is not None and found == [] and poster.subject.tellings == ()


@pytest.mark.parametrize("title", ["名" * 400, "a" * 200, "一，" * 60])
def test_a_name_that_does_not_fit_is_a_problem(title: str, tmp_path: Path) -> None:
    for poster, found in posters_of(village(tmp_path, story(title))):
        assert poster is None
        told = [(each.rule, str(each.location)) for each in found]
        assert ("poster-name-room", "stories/jiang/story.md:2:5") in told


@pytest.mark.parametrize("title", ["酱", "《酱》（一）", "1979年，100斤，MSG", "“一”——二……三？！"])
def test_strange_names_fit(title: str, tmp_path: Path) -> None:
    for poster, _ in posters_of(village(tmp_path, story(f"'{title}'"))):
        assert poster is not None


def test_a_telling_that_does_not_fit_gives_way_to_none(tmp_path: Path) -> None:
    endless = "W" * 60
    for poster, found in posters_of(village(tmp_path, story(short=endless))):
        assert poster is not None
        assert [each.rule for each in found] == ["poster-telling-dropped"]


def test_what_authors_write_stays_text(tmp_path: Path) -> None:
    nasty = '#read("/etc/passwd") *粗* $x$ <told> @ref \\ #panic(1)'
    desk = village(tmp_path, story("'#panic(1)*酱*'", f"'{nasty}'"))
    plan, found = planned(desk)
    assert plan is not None and found == []
    told = typeset("poster", plan.data, desk.fonts, {}).told()
    assert [each["kind"] for each in told] == ["telling"]


def test_a_sign_that_no_font_has_is_told_where_it_stands(tmp_path: Path) -> None:
    plan, found = planned(village(tmp_path, story("一缸\U000323af酱")))
    assert plan is None
    assert [(each.rule, str(each.location)) for each in found] == [
        ("label-glyph", "stories/jiang/story.md:2:5")
    ]


def test_a_photo_leaves_everything_but_pixels_behind(tmp_path: Path) -> None:
    file = tmp_path / "stories/jiang/media/gang.jpg"
    file.parent.mkdir(parents=True)
    file.write_bytes(phone(scene(), 6))
    assert b"Exif" in file.read_bytes()
    desk = village(tmp_path, story(more="图片: media/gang.jpg\n"))
    for layout in PosterLayout:
        plan, _ = planned(desk, layout)
        assert plan is not None
        poster, found = make(plan, desk.fonts, desk.cache)
        assert poster is not None and found == [] and poster.ending == "jpg"
        with Image.open(BytesIO(poster.content)) as picture:
            assert picture.format == "JPEG" and dict(picture.getexif()) == {}
        assert b"Exif" not in poster.content and b"GPS" not in poster.content


def test_a_portrait_is_no_picture_of_a_poster(tmp_path: Path) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>'
    people = (
        "人物:\n  - 编号: jia\n    姓名: 甲\n    肖像: media/jia.svg\n    同意:\n"
        "      - {用途: 姓名, 同意日期: 2026-01-01}\n      - {用途: 肖像, 同意日期: 2026-01-01}\n"
    )
    files = {"stories/people.yml": people, "stories/media/jia.svg": svg}
    files["stories/jiang/media/hero.svg"] = svg
    desk = village(tmp_path, story(more="图片: media/hero.svg\n"), files)
    [subject] = find_subjects(desk.context, "jiang")[0]
    assert desk.context.library.picture(desk.context.library.stories["jiang"]) is not None
    assert subject.picture is None


def test_who_agreed_to_advertising_may_be_named(tmp_path: Path) -> None:
    consent = "人物:\n  - 编号: jia\n    姓名: 王大娘\n    同意:\n      - {用途: 姓名, 同意日期: 2026-01-01}\n"
    told = story(short="王大娘说，雨来了先盖缸。")
    desk = village(tmp_path / "a", told, {"stories/people.yml": consent})
    _, found = planned(desk)
    assert [each.rule for each in found] == ["poster-telling-of"]
    agreed = consent + "      - {用途: 广告, 同意日期: 2026-01-01}\n"
    desk = village(tmp_path / "b", told, {"stories/people.yml": agreed})
    assert planned(desk)[1] == []


def test_the_same_bytes_twice_and_from_a_cache(demo: Desk, tmp_path: Path) -> None:
    subject = all_subjects(demo.context)[0]
    plan, _ = draft(demo.context, subject, SHAPES["square"], demo.fonts, SITE)
    assert plan is not None
    cache = Cache(tmp_path)
    cold, plain = make(plan, demo.fonts, cache)[0], make(plan, demo.fonts, demo.cache)[0]
    assert cache.stored(plan.key, unpacked) is not None
    assert cold == plain == make(plan, demo.fonts, cache)[0]


def test_what_was_left_out_is_told_from_a_cache_too(tmp_path: Path) -> None:
    desk = village(tmp_path / "v", story(short="W" * 60))
    plan, _ = planned(desk)
    assert plan is not None
    cache = Cache(tmp_path / "cache")
    assert make(plan, desk.fonts, cache)[1] == make(plan, desk.fonts, cache)[1] != []


STATES = {
    "laziji/2026-05A": "poster-state",  # recalled
    "laziji/2026-04B": "poster-state",  # on hold
    "laziji/2025-10A": "poster-state",  # expired
    "laziji/2026-09A": "",
}


@pytest.mark.parametrize("key", STATES)
def test_only_a_batch_that_is_fine_is_shown_around(key: str, demo: Desk) -> None:
    subjects, problems = find_subjects(demo.context, key)
    assert [each.rule for each in problems] == ([STATES[key]] if STATES[key] else [])
    assert len(subjects) == (not STATES[key])
    for subject in subjects:
        assert subject.state == "这一批正常（2026 年 11 月 22 日查）"
        assert subject.facts[0] == "批号 2026-09A"


# --- from top to bottom ----------------------------------------------------------------------------


def test_what_stands_together_and_what_is_turned() -> None:
    found = [(each.text, each.kind) for each in upright.tokens("共27家、1979 “好”——GB")]
    assert found == [
        ("共", "sign"), ("27", "pair"), ("家", "sign"), ("、", "close"), ("1979", "turned"),
        (" ", "gap"), ("﹃", "open"), ("好", "sign"), ("﹄", "close"), ("——", "turned"),
        ("GB", "turned"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "set_in"), [("1979 年", "一九七九年"), ("从2006年起", "从二〇〇六年起")]
)
def test_a_year_stands_as_in_columns(said: str, set_in: str) -> None:
    found = upright.tokens(said)
    assert "".join(each.text for each in found) == set_in
    assert {each.kind for each in found} == {"sign"}


def test_a_title_breaks_at_its_pauses() -> None:
    parts = [
        "".join(t.text for t in column) for column in upright.title_columns("路通了，鸡也出了门")
    ]
    assert parts == ["路通了", "鸡也出了门"]
    assert upright.title_parts("路通了，鸡也出了门") == ("路通了，", "鸡也出了门")


def test_a_maker_who_agreed_and_an_event_to_come_have_posters(demo: Desk) -> None:
    subjects = {each.page: each for each in all_subjects(demo.context)}
    maker = subjects["people/cook-yi/"]
    assert (maker.name, maker.line) == ("灶上阿乙", "舂糍粑辣椒，炒辣子鸡")
    assert maker.picture is not None and maker.sample and not maker.facts
    others = {each for each in subjects if each.startswith("people/")}
    assert others == {"people/cook-yi/"}, "nobody else agreed to be named on posters"
    event = subjects["events/niantou-laziji/"]
    assert event.facts == ("2027 年 1 月 16 日 10:00", "立碑村")
    assert "events/jishi-chahui/" not in subjects, "what is over is not announced"
    assert find_subjects(demo.context, "weaver-bing") == ([], [])


# --- the command -----------------------------------------------------------------------------------


def test_the_command_writes_what_was_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ("posters", "zheergen", "--shape", "square", "--layout", "title", "--out", str(out))
    done = run("xiangji", *words, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    # A story and a product may have the same id: both are meant.
    names = ["products-zheergen-square.png", "stories-zheergen-square.png"]
    assert sorted(file.name for file in out.glob("*.png")) == names
    assert "2 张海报" in done.stdout


def test_a_refused_batch_is_told_and_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = here("xiangji", "posters", "laziji/2026-05A", "--out", str(out), cwd=ROOT)
    assert done.returncode == 1 and "poster-state" in done.stderr and not out.exists()


def test_wrong_use_says_what_to_write(tmp_path: Path) -> None:
    for words in ((), ("nobody",), ("laziji", "--all")):
        done = here("xiangji", "posters", *words, cwd=ROOT)
        assert done.returncode == 2 and "Traceback" not in done.stderr


def test_without_the_extra_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    write(tmp_path, {"typst.py": "raise ImportError\n"})
    done = run("xiangji", "posters", "--all", cwd=ROOT, env={"PYTHONPATH": with_first(tmp_path)})
    assert done.returncode == 1 and "xiangji[print]" in done.stderr
    assert "Traceback" not in done.stderr


def with_first(folder: Path) -> str:
    from built import with_path

    return with_path(folder)
