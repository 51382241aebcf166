"""How answers stand: for whom, for what, where, on which day; and what follows where the law speaks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from built import here, write
from signs import seen
from xiangji.appearances.found import appearing
from xiangji.consent import AppearsAs, consent_report
from xiangji.library import Library
from xiangji.library.copied_words import WordIndex, essence
from xiangji.library.references import assemble
from xiangji.model.vocabularies import (
    ConsentAnswer,
    ConsentBy,
    ConsentMedium,
    ConsentState,
    ConsentUse,
)
from xiangji.readers.village import gather
from xiangji.records.person import Consent, Person
from xiangji.settings import Settings

TODAY = date(2026, 5, 1)
NAME, PORTRAIT = ConsentUse.NAME, ConsentUse.PORTRAIT
PAGE, SHEET, LABEL = ConsentMedium.PAGE, ConsentMedium.SHEET, ConsentMedium.LABEL
CARD, POSTER = ConsentMedium.CARD, ConsentMedium.POSTER


def answer(use: ConsentUse = NAME, given: str = "2026-01-01", **more: Any) -> Consent:
    return Consent(use=use, given_on=date.fromisoformat(given), **more)


NO = {"answer": ConsentAnswer.REFUSED}


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ((), ConsentState.NOT_ASKED),
        ((answer(),), ConsentState.AGREED),
        ((answer(given="2026-06-01"),), ConsentState.NOT_ASKED),
        ((answer(**NO),), ConsentState.REFUSED),
        ((answer(expires_on=TODAY),), ConsentState.AGREED),
        ((answer(expires_on=date(2026, 4, 30)),), ConsentState.ENDED),
        ((answer(withdrawn_on=date(2026, 4, 30)),), ConsentState.WITHDRAWN),
        # A later no ends what was agreed, and a later yes a no.
        ((answer(), answer(given="2026-02-01", **NO)), ConsentState.REFUSED),
        ((answer(**NO), answer(given="2026-02-01")), ConsentState.AGREED),
        ((answer(), answer(**NO)), ConsentState.REFUSED),
        ((answer(**NO), answer(given="2026-02-01", withdrawn_on=TODAY)), ConsentState.WITHDRAWN),
        ((answer(PORTRAIT),), ConsentState.NOT_ASKED),
    ],
)
def test_the_states_are_told_apart(answers: tuple[Consent, ...], state: ConsentState) -> None:
    person = Person(id="a", name="王大娘", consent=answers)
    assert person.state(NAME, TODAY) is state
    assert person.agrees(NAME, TODAY) is (state is ConsentState.AGREED)


@pytest.mark.parametrize(
    ("given", "where"),
    [
        (answer(), {PAGE, SHEET}),
        (answer(media=(PAGE,)), {PAGE}),
        (answer(media=(LABEL, POSTER)), {LABEL, POSTER}),
        (answer(media=(ConsentMedium.ADVERTISING,)), {LABEL, CARD, POSTER}),
        (answer(ConsentUse.ADVERTISING), {LABEL, CARD, POSTER}),
        (answer(**NO), set()),
    ],
)
def test_a_consent_is_for_what_was_asked(given: Consent, where: set[ConsentMedium]) -> None:
    person = Person(id="a", name="王大娘", consent=(given,))
    assert {each for each in ConsentMedium if person.agrees(NAME, TODAY, each)} - {
        ConsentMedium.ADVERTISING
    } == where
    assert not any(person.agrees(PORTRAIT, TODAY, each) for each in ConsentMedium)


def test_a_no_without_a_place_is_a_no_everywhere() -> None:
    sold = answer(media=(ConsentMedium.ADVERTISING,))
    person = Person(id="a", name="王大娘", consent=(sold, answer(given="2026-02-01", **NO)))
    assert {person.state(NAME, TODAY, each) for each in (PAGE, LABEL, CARD, POSTER)} == {
        ConsentState.REFUSED
    }


@pytest.mark.parametrize(
    ("person", "minor"),
    [
        (Person(id="a", name="甲甲", minor=True), True),
        (Person(id="a", name="甲甲", birth_year=2012), True),
        (Person(id="a", name="甲甲", birth_year=2008), True),  # Born in December, perhaps.
        (Person(id="a", name="甲甲", birth_year=2007), False),
        (Person(id="a", name="甲甲", birth_year=2012, minor=False), False),
        (Person(id="a", name="甲甲"), False),
    ],
)
def test_who_is_a_minor(person: Person, minor: bool) -> None:
    assert person.is_minor(TODAY) is minor


@pytest.mark.parametrize("by", ConsentBy)
def test_only_a_guardian_agrees_for_a_minor_and_never_to_the_full_name(by: ConsentBy) -> None:
    consent = (answer(by=by), answer(PORTRAIT, by=by))
    child = Person(id="a", name="刘小朵", minor=True, consent=consent)
    assert not child.agrees(NAME, TODAY)
    assert child.agrees(PORTRAIT, TODAY) is (by is ConsentBy.GUARDIAN)
    assert not child.agrees(PORTRAIT, TODAY, POSTER)


def test_a_child_says_no_alone() -> None:
    child = Person(
        id="a",
        name="刘小朵",
        minor=True,
        consent=(answer(PORTRAIT, by=ConsentBy.GUARDIAN), answer(PORTRAIT, "2026-02-01", **NO)),
    )
    assert child.state(PORTRAIT, TODAY) is ConsentState.REFUSED


@pytest.mark.parametrize("name", ["张三夫妇", "李家两口子", "老两口子（示例）", "王家夫妻"])
def test_a_couple_is_two_people(name: str) -> None:
    one, both = answer(of="阿大"), (answer(of="阿大"), answer(of="阿二"))
    assert not Person(id="a", name=name, consent=(answer(),)).agrees(NAME, TODAY)
    couple = {"id": "a", "name": name, "two": ("阿大", "阿二")}
    assert not Person(**couple, consent=(one,)).agrees(NAME, TODAY)
    assert not Person(**couple, consent=(one, answer())).agrees(NAME, TODAY)
    assert Person(**couple, consent=both).agrees(NAME, TODAY)
    no = answer(of="阿二", given="2026-02-01", **NO)
    assert Person(**couple, consent=(*both, no)).state(NAME, TODAY) is ConsentState.REFUSED


# --- words -----------------------------------------------------------------------------------------

WORDS = "那年冬天，挑着担子走到县城才天亮；先放一点盐，立碑村辣椒酱就是这样来的。他笑了。"
NAMES = ("立碑村", "辣椒酱", "立碑村辣椒酱")


@pytest.mark.parametrize(
    "text",
    [
        "她说：挑着担子走到县城才天亮。",
        "挑着担子，走到县城，才天亮",
        "挑着担子　走到县城才天亮（她说）",
        "“挑着**担子走到县城**才天亮”",
        "担子走到县城才天亮；先放",
    ],
)
def test_a_part_of_words_is_found_whatever_its_punctuation(text: str) -> None:
    found = WordIndex([WORDS], NAMES).copies(text)
    assert len(found) == 1 and found[0].words in text


@pytest.mark.parametrize(
    "text",
    [
        "先放一点盐，再放一点糖。",
        "立碑村辣椒酱，手工舂的。",
        "那年冬天，我们在立碑村。",
        "走到县城，天还没有亮。",
        "他笑了。她也笑了。",
        "辣椒酱就是这样做的，一坛一坛封好。",
        "2026 年 1 月 1 日 12:00",
        "",
    ],
)
def test_short_common_phrases_and_names_are_no_copies(text: str) -> None:
    assert WordIndex([WORDS], NAMES).copies(text) == []


@given(st.text(seen("Lo"), min_size=10, max_size=40), st.data())
def test_ten_characters_in_a_row_are_found_in_any_text(words: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 10))
    index = WordIndex([words])
    plain = essence(words).text
    if len({*plain}) == len(words) and not any(each.isascii() for each in plain):
        part = words[start : start + 10]
        around = data.draw(st.text(st.sampled_from("，。、 的了"), max_size=9))
        found = index.copies(f"{around}{part}{around}")
        assert bool(found) == bool(index) and all(part in each.words for each in found)


# --- the law ---------------------------------------------------------------------------------------

CONFIG = "site_name: 立碑村\nplugins:\n  - xiangji\n"

FARMER = {
    "mkdocs.yml": CONFIG,
    "products/brand.yml": """\
名称: 立碑村
生产者:
  - {编号: hu, 名称: 王春梅, 类型: 农户, 地址: 立碑村一组, 电话: 0851-00000000}
""",
    "products/dan/product.yml": "名称: 土鸡蛋\n类型: 农产品\n生产者: hu\n",
    "products/dan/batches.csv": "批号,采收日期\nA1,2026-04-20\n",
    "stories/people.yml": "人物:\n  - {编号: wang, 姓名: 王春梅, 化名: 一位大娘}\n",
}


def library_of(root: Path) -> Library:
    library, problems = assemble(gather(root))
    assert library is not None and not problems
    return library


def test_what_the_law_wants_is_printed_without_consent_and_reported_as_that(tmp_path: Path) -> None:
    library = library_of(write(tmp_path, FARMER))
    found = appearing(library, Settings(tmp_path, TODAY))
    parts = {(each.medium, each.part) for each in found["wang"] if not each.alias}
    assert ("标签", AppearsAs.BY_LAW.value) in parts
    assert {part for _, part in parts} == {AppearsAs.BY_LAW.value}
    (entry,) = consent_report(library, TODAY, found, found)
    assert all(each.ground is None for each in entry.appears)
    told = here("xiangji", "consent", "report", cwd=tmp_path)
    assert "依法律写明" in told.stdout


def test_the_familys_line_stands_on_the_page(tmp_path: Path) -> None:
    people = """\
人物:
  - 编号: gu
    姓名: 顾老爹（示例）
    去世: 是
    去世说明: 老人已经不在了，家里人愿意留着他的名字。
    出生年: 1931
    同意:
      - {用途: 姓名, 同意日期: 2026-01-01, 同意人: 近亲属}
      - {用途: 姓名, 用在: 广告, 同意日期: 2026-01-01, 同意人: 近亲属}
    示例: 是
"""
    brand = "名称: 村\n示例: 是\n"
    files = {"mkdocs.yml": CONFIG, "stories/people.yml": people, "products/brand.yml": brand}
    root = write(tmp_path, files)
    assert here("xiangji", "build", "--host", "none", cwd=root).returncode == 0
    page = (root / "site/people/gu/index.html").read_text("utf-8")
    assert "老人已经不在了" in page and "近亲属同意公开姓名<" in page
    assert not [f for f in (root / "site").rglob("*.html") if "1931" in f.read_text("utf-8")]
