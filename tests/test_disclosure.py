"""What may leave the house. A marker is planted in every private place of a village; none may be
in the disclosed library, whatever the template that would show it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from xiangji.disclosure import disclose, withheld_cards
from xiangji.kinds.person import UNNAMED, may_be_named
from xiangji.library import Library
from xiangji.library.batches import Batches
from xiangji.library.lot_links import inputs_of
from xiangji.library.references import assemble
from xiangji.model.location import Origin
from xiangji.model.vocabularies import ConsentUse
from xiangji.readers.village import gather
from xiangji.records.brand import Brand
from xiangji.records.person import Consent, Person

TODAY = date(2026, 5, 1)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:00.050\n明\n".encode()
AUDIO = bytes.fromhex("fff318c4" + "00" * 32) * 2
"""Two frames of MP3, each 36 bytes and 36 milliseconds long."""

# 密 and a number stands in every private place, 明 and a number in every public one.
FILES = {
    "products/brand.yml": "名称: 明01\n地点:\n  - {编号: cun, 名称: 明02}\n",
    "stories/people.yml": """\
人物:
  - 编号: all
    姓名: 明03
    化名: 密01
    介绍: 明04
    手艺: 明05
    地点: cun
    肖像: media/明06.svg
    肖像说明: 明07
    同意:
      - {用途: 姓名, 同意日期: 2026-01-01, 存档编号: 密02}
      - {用途: 肖像, 同意日期: 2026-01-01, 有效至: 2026-05-01, 存档编号: 密03}
      - {用途: 引语, 同意日期: 2026-05-01}
  - 编号: none
    姓名: 密04
    化名: 明08
    介绍: 密05
    手艺: 密06
    肖像: media/密07.svg
    肖像说明: 密08
    身份: [讲述人]
    同意:
      - {用途: 肖像, 同意日期: 2026-01-01}
      - {用途: 引语, 同意日期: 2026-05-02}
      - {用途: 广告, 同意日期: 2026-01-01, 存档编号: 密09}
  - 编号: withdrawn
    姓名: 密10
    介绍: 密11
    肖像: media/密12.svg
    同意:
      - {用途: 姓名, 同意日期: 2026-01-01, 撤回日期: 2026-05-01}
      - {用途: 姓名, 同意日期: 2025-01-01}
      - {用途: 引语, 同意日期: 2026-01-01, 撤回日期: 2026-05-01}
      - {用途: 肖像, 同意日期: 2026-01-01}
  - 编号: expired
    姓名: 密13
    介绍: 密14
    同意:
      - {用途: 姓名, 同意日期: 2025-01-01, 有效至: 2026-04-30}
      - {用途: 引语, 同意日期: 2025-01-01, 有效至: 2026-04-30}
  - 编号: faceless
    姓名: 明09
    肖像: media/密15.svg
    肖像说明: 密16
    同意:
      - {用途: 姓名, 同意日期: 2026-01-01}
  - 编号: heard
    姓名: 明33
    同意:
      - {用途: 姓名, 同意日期: 2026-01-01}
      - {用途: 引语, 同意日期: 2026-01-01}
      - {用途: 声音, 同意日期: 2026-01-01}
""",
    "stories/gong/workshop.yml": """\
题目: 明10
类型: 共创
日期: 2025-11-09
卡片:
  - {编号: open, 主题: 制作工艺, 证据: 口述, 讲述人: all, 题目: 明11, 原话: 明12}
  - {编号: nobody, 主题: 制作工艺, 证据: 口述, 原话: 明13}
  - {编号: secret, 主题: 制作工艺, 证据: 口述, 讲述人: all, 公开程度: 保密,
     题目: 密17, 原话: 密18, 概述: 密19}
  - {编号: outline, 主题: 制作工艺, 证据: 口述, 讲述人: all, 公开程度: 概述,
     题目: 密20, 原话: 密21, 概述: 明14}
  - {编号: bare, 主题: 制作工艺, 证据: 口述, 公开程度: 概述, 题目: 密22, 原话: 密23}
  - {编号: no-1, 主题: 制作工艺, 证据: 口述, 讲述人: none, 题目: 密24, 原话: 密25}
  - {编号: no-2, 主题: 制作工艺, 证据: 口述, 讲述人: withdrawn, 原话: 密26, 概述: 明15}
  - {编号: no-3, 主题: 制作工艺, 证据: 口述, 讲述人: expired, 原话: 密27}
  - {编号: no-4, 主题: 制作工艺, 证据: 口述, 讲述人: faceless, 原话: 密28}
  - {编号: hidden, 主题: 制作工艺, 证据: 口述, 讲述人: all, 公开范围: 不公开,
     题目: 密44, 原话: 密45, 概述: 密46}
  - {编号: voice, 主题: 制作工艺, 证据: 口述, 讲述人: heard, 原话: 明34,
     录音: media/明35.mp3, 方言字幕: media/明36.vtt, 普通话字幕: media/明37.vtt}
  - {编号: mute, 主题: 制作工艺, 证据: 口述, 讲述人: all, 原话: 明38,
     录音: media/密47.mp3, 方言字幕: media/密48.vtt, 普通话字幕: media/密49.vtt}
  - {编号: whose, 主题: 制作工艺, 证据: 口述, 录音: media/密50.mp3}
  - {编号: hushed, 主题: 制作工艺, 证据: 口述, 讲述人: heard, 公开程度: 概述, 概述: 明39,
     原话: 密51, 录音: media/密52.mp3}
几种说法:
  - {编号: yi, 说法: 明16, 证据: 口述, 讲述人: all, 内容: 明17}
  - {编号: er, 说法: 明18, 证据: 口述, 讲述人: none, 内容: 密29}
""",
    "stories/gong/story.md": """\
---
题目: 明19
工作坊: gong
卡片: open、secret、outline、bare、no-1
怎么做:
  - {名称: 明20, 说明: 明21, 图片: media/明22.svg}
  - {名称: 明23, 说明: 密30, 图片: media/密31.svg, 公开程度: 概述}
  - {名称: 密32, 说明: 密33, 图片: media/密34.svg, 公开程度: 保密}
---
明24
""",
    "stories/si/workshop.yml": """\
题目: 密53
类型: 寻根
日期: 2025-11-09
公开范围: 不公开
摘要: 密54
卡片:
  - {编号: among-us, 主题: 家庭记忆, 证据: 口述, 讲述人: all, 题目: 密55, 原话: 密56}
几种说法:
  - {编号: san, 说法: 密57, 证据: 口述, 讲述人: all, 内容: 密58}
""",
    "stories/si/story.md": """\
---
题目: 明40
工作坊: si
卡片: among-us
几种说法: san
---
明41
""",
    "stories/cang/story.md": """\
---
题目: 密59
图片: media/密60.svg
公开范围: 不公开
---
密61
""",
    "stories/draft/story.md": """\
---
题目: 密35
图片: media/密36.svg
草稿: 是
---
密37
""",
    "products/tuji/product.yml": "名称: 明25\n类型: 农产品\n",
    "products/tuji/batches.csv": "批号,备注\nB1,明26\nB-38,香\n",
    "products/laziji/product.yml": "名称: 明27\n类型: 加工食品\n",
    "products/laziji/batches/A1.yml": """\
批号: A1
备注: 明28
经过:
  - {环节: 加工, 名称: 明29, 数量: 3 罐, 说明: 明31, 用料批次: tuji/B1}
  - {环节: 加工, 名称: 明32, 数量: 3 罐, 说明: 密40, 用料批次: tuji/B-38, 公开程度: 概述}
  - {环节: 加工, 名称: 密41, 数量: 3 罐, 说明: 密43, 用料批次: tuji/B-38, 公开程度: 保密}
""",
}

SOUNDS = {name for text in FILES.values() for name in re.findall(r"media/.\d\d\.(?:mp3|vtt)", text)}
PICTURES = {name for text in FILES.values() for name in re.findall(r"media/.\d\d\.svg", text)}


def library_of(root: Path) -> Library:
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    for folder in ("stories", "stories/gong", "stories/draft", "stories/cang"):
        (root / folder / "media").mkdir()
        for picture in PICTURES:
            # The same bytes would be the same picture, whatever its name.
            own = SVG.replace("/>", f"><title>{picture[-6:-4]}</title></svg>")
            (root / folder / picture).write_text(own, "utf-8")
    for sound in SOUNDS:
        content = CAPTIONS if sound.endswith(".vtt") else AUDIO
        (root / "stories" / "gong" / sound).write_bytes(content)
    gathered = gather(root)
    library, problems = assemble(gathered)
    assert {each.rule for each in (*gathered.problems, *problems)} <= {"media-unused"}
    assert library is not None
    return library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path)


def marks(text: str, sign: str) -> set[str]:
    return set(re.findall(sign + r"\d\d", text))


def content(value: Any) -> Iterator[str]:
    """The repr of everything in a library but `origin`, which holds where a value was written:
    paths, lines and names of fields. Ids stay: they are addresses, and chosen to be seen."""
    if isinstance(value, Origin):
        return
    if isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from content(getattr(value, name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield repr(key)
            yield from content(item)
    elif isinstance(value, (tuple, list, set)):
        for item in value:
            yield from content(item)
    else:
        yield repr(value)


def test_nothing_private_is_left_and_nothing_public_is_lost(library: Library) -> None:
    planted = marks("".join(FILES.values()), "密")
    assert planted <= marks(repr(library), "密")
    assert len(planted) == 58
    shown = " ".join(content(disclose(library, TODAY)))
    assert marks(shown, "密") == set()
    assert marks(shown, "明") == marks("".join(FILES.values()), "明")


def test_not_even_the_whole_repr_holds_it(library: Library) -> None:
    """With `origin`: no path here is private, since drafts and their paths are gone as well."""
    assert marks(repr(disclose(library, TODAY)), "密") == set()
    assert "draft/" not in repr(disclose(library, TODAY))
    assert "cang/" not in repr(disclose(library, TODAY))


def test_a_picture_is_there_only_while_something_disclosed_names_it(library: Library) -> None:
    names = {path.rpartition("/")[2] for path in disclose(library, TODAY).media}
    assert names == {"明06.svg", "明22.svg"}


def test_a_secret_card_is_gone_and_not_a_gap(library: Library) -> None:
    shown = disclose(library, TODAY)
    workshop = shown.workshops["gong"]
    assert [card.id for card in workshop.cards] == [
        *("open", "nobody", "outline"),
        *("no-1", "no-2", "no-3", "no-4"),
        *("voice", "mute", "whose", "hushed"),
    ]
    assert shown.stories["gong"].cards == ("open", "outline", "no-1")
    assert [step.title for step in shown.stories["gong"].steps] == ["明20", "明23"]


def test_a_workshop_among_us_leaves_its_story_alone(library: Library) -> None:
    shown = disclose(library, TODAY)
    assert "si" not in shown.workshops
    story = shown.stories["si"]
    assert (story.workshop, story.cards, story.accounts) == (None, (), ())
    assert withheld_cards(library)["si"] == {"among-us"}
    kept = {"secret", "outline", "bare", "hidden", "hushed"}
    assert withheld_cards(library)["gong"] == kept


def test_a_voice_is_heard_only_with_consent(library: Library) -> None:
    cards = disclose(library, TODAY).workshops["gong"].cards
    heard = [card.id for card in cards if card.audio or card.captions or card.translation]
    assert heard == ["voice"]
    later = disclose(library, date(2025, 12, 31)).workshops["gong"].cards
    assert not [card.id for card in later if card.audio]


def test_what_went_into_a_secret_step_is_not_told(library: Library) -> None:
    shown = disclose(library, TODAY)
    assert inputs_of(shown.batches["laziji/A1"]) == ("tuji/B1",)
    assert inputs_of(library.batches["laziji/A1"]) == ("tuji/B1", "tuji/B-38")


def test_who_may_not_be_named_has_no_page(library: Library) -> None:
    people = disclose(library, TODAY).people
    assert {key for key, person in people.items() if may_be_named(person)} == {
        "all",
        "faceless",
        "heard",
    }
    assert people["none"].name == "明08"
    assert people["withdrawn"].name == people["expired"].name == UNNAMED


def test_a_persons_page_lists_only_consents_that_hold() -> None:
    portrait = Consent(use=ConsentUse.PORTRAIT, given_on=date(2025, 1, 1), record="密")
    gone = replace(portrait, given_on=date(2026, 1, 1), withdrawn_on=TODAY)
    someone = person(name_consent("2026-01-01"), portrait, gone)
    library = Library(Brand(name="村"), {"a": someone}, {}, {}, {}, Batches(), {}, {}, {})
    (shown,) = disclose(library, TODAY).people.values()
    assert [consent.use for consent in shown.consent] == [ConsentUse.NAME]
    (before,) = disclose(library, TODAY - timedelta(days=1)).people.values()
    assert [consent.use for consent in before.consent] == [
        ConsentUse.NAME,
        ConsentUse.PORTRAIT,
        ConsentUse.PORTRAIT,
    ]
    assert "密" not in repr(before)


# --- days ----------------------------------------------------------------------------------------


def person(*consents: Consent) -> Person:
    return Person(id="a", name="甲", consent=consents)


def name_consent(given: str, until: str = "", withdrawn: str = "") -> Consent:
    return Consent(
        use=ConsentUse.NAME,
        given_on=date.fromisoformat(given),
        expires_on=date.fromisoformat(until) if until else None,
        withdrawn_on=date.fromisoformat(withdrawn) if withdrawn else None,
    )


@pytest.mark.parametrize(
    ("consent", "day", "agrees"),
    [
        (name_consent("2026-03-10"), "2026-03-09", False),
        (name_consent("2026-03-10"), "2026-03-10", True),
        (name_consent("2026-03-10"), "2099-01-01", True),
        (name_consent("2026-03-10", until="2026-03-20"), "2026-03-20", True),
        (name_consent("2026-03-10", until="2026-03-20"), "2026-03-21", False),
        (name_consent("2026-03-10", withdrawn="2026-03-15"), "2026-03-14", True),
        (name_consent("2026-03-10", withdrawn="2026-03-15"), "2026-03-15", False),
        (name_consent("2026-03-10", withdrawn="2026-03-15"), "2026-03-16", False),
        (name_consent("2026-03-10", withdrawn="2026-03-10"), "2026-03-10", False),
        (name_consent("2026-03-10", "2026-03-20", "2026-03-25"), "2026-03-22", False),
    ],
)
def test_the_days_of_a_consent(consent: Consent, day: str, agrees: bool) -> None:
    assert person(consent).agrees(ConsentUse.NAME, date.fromisoformat(day)) is agrees
    assert not person(consent).agrees(ConsentUse.QUOTATION, date.fromisoformat(day))


@pytest.mark.parametrize(
    ("consents", "day", "agrees"),
    [
        # A withdrawal ends what was given before, on whichever entry it is written.
        ((("2026-01-01", ""), ("2026-02-01", "2026-03-15")), "2026-03-14", True),
        ((("2026-01-01", ""), ("2026-02-01", "2026-03-15")), "2026-03-15", False),
        # Consent given again on or after the day of withdrawal holds.
        ((("2026-01-01", "2026-03-15"), ("2026-03-15", "")), "2026-03-15", True),
        ((("2026-01-01", "2026-03-15"), ("2026-04-01", "")), "2026-03-31", False),
        ((("2026-01-01", "2026-03-15"), ("2026-04-01", "")), "2026-04-01", True),
    ],
)
def test_withdrawn_and_given_again(
    consents: tuple[tuple[str, str], ...], day: str, agrees: bool
) -> None:
    someone = person(*(name_consent(given, withdrawn=gone) for given, gone in consents))
    assert someone.agrees(ConsentUse.NAME, date.fromisoformat(day)) is agrees


def test_no_consent_is_no_consent() -> None:
    assert not any(person().agrees(use, TODAY) for use in ConsentUse)


@settings(deadline=None)
@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(0, 900),
    st.integers(0, 900),
    st.integers(-10, 2000),
)
def test_after_a_withdrawal_nothing_given_before_holds(
    given_on: date, until: int, gone: int, later: int
) -> None:
    withdrawn_on = given_on + timedelta(days=gone)
    day = given_on + timedelta(days=later)
    plain = Consent(
        use=ConsentUse.NAME, given_on=given_on, expires_on=given_on + timedelta(days=until)
    )
    ended = replace(plain, withdrawn_on=withdrawn_on)
    if gone > 0:
        expected = given_on <= day < withdrawn_on and later <= until
        assert person(plain, ended).agrees(ConsentUse.NAME, day) is expected
    assert not ended.valid_on(max(day, withdrawn_on))
