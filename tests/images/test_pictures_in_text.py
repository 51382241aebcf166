"""Pictures that stand in a text: in stories and in hand-written pages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from built import write
from xiangji.build import Site, build
from xiangji.readers.site.notes import pictures_in
from xiangji.settings import Settings

DAY = date(2026, 5, 1)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><path d="M0 0h40v30H0z"/></svg>'
OTHER = SVG.replace("h40", "h39")
BRAND = "名称: 立碑村\n"
PERSON = "人物:\n  - {编号: lao, 姓名: 老人, 肖像: media/lao.svg, 身份: [讲述人]}\n"


def made(root: Path, files: dict[str, str]) -> Site:
    return build(Settings(write(root, files), DAY, site_url="https://example.cn/"))


def story(body: str) -> str:
    return f"---\n题目: 一个故事\n---\n{body}\n"


def test_a_picture_beside_a_story_or_a_page_is_shown(tmp_path: Path) -> None:
    site = made(
        tmp_path,
        {
            "products/brand.yml": BRAND,
            "stories/yi/story.md": story("看：\n\n![一口锅](media/guo.svg)"),
            "stories/yi/media/guo.svg": SVG,
            "site_src/index.md": "# 家\n",
            "site_src/book/page.md": "# 页\n\n![一座山](../images/a%20b.svg)\n",
            "site_src/images/a b.svg": OTHER,
        },
    )
    assert not site.problems, [each.message("zh") for each in site.problems]
    documents = {each.address: each.document for each in (*site.pages, *site.notes)}
    files = {each.uri for each in site.artifacts}
    for address, alt in (("stories/yi/", "一口锅"), ("book/page/", "一座山")):
        shown = re.search(rf'<img[^>]*alt="{alt}"[^>]*>', documents[address])
        assert shown, address
        src = re.search(r'src="([^"]+)"', shown[0])
        assert src and src[1].removeprefix("../../") in files


def test_a_picture_that_is_not_there_is_told_where_it_stands(tmp_path: Path) -> None:
    site = made(
        tmp_path,
        {"products/brand.yml": BRAND, "stories/yi/story.md": story("\n![x](media/no.svg)")},
    )
    (told,) = site.problems
    assert (told.rule, str(told.location)) == ("markdown-link", "stories/yi/story.md:5:6")


def test_a_portrait_without_consent_is_not_shown_through_a_text(tmp_path: Path) -> None:
    """Not even where a volunteer puts the file into the story."""
    site = made(
        tmp_path,
        {
            "products/brand.yml": BRAND,
            "stories/people.yml": PERSON,
            "stories/media/lao.svg": SVG,
            "stories/yi/story.md": story("![老人](../media/lao.svg)"),
        },
    )
    assert [each.rule for each in site.problems] == ["private-leak", "picture-withheld-text"]
    assert not site.artifacts


def test_a_portrait_is_shown_by_its_own_consent_alone(tmp_path: Path) -> None:
    """Who agreed to be named has not agreed to be seen."""
    shown = []
    for uses in (["姓名"], ["姓名", "肖像"]):
        given = "".join(f"      - {{用途: {use}, 同意日期: 2026-01-01}}\n" for use in uses)
        person = (
            f"人物:\n  - 编号: lao\n    姓名: 老人\n    肖像: media/lao.svg\n    同意:\n{given}"
        )
        site = made(
            tmp_path / str(len(uses)),
            {
                "products/brand.yml": BRAND,
                "stories/people.yml": person,
                "stories/media/lao.svg": SVG,
                "stories/yi/story.md": story("![她](../media/lao.svg#a)"),
            },
        )
        shown.append([each.rule for each in site.problems])
    assert shown == [["picture-withheld-text"], []]


def test_nothing_outside_the_village_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text(SVG)
    site = made(
        tmp_path / "village",
        {"products/brand.yml": BRAND, "stories/yi/story.md": story("![x](../../../secret.svg)")},
    )
    assert [each.rule for each in site.problems] == ["markdown-link"]


PIECES = st.sampled_from(
    [*"/.:#%<\\x", "..", "../", "../../../", "%2e", "c:", "http:", "media/x.svg"]
)


@given(st.text("![](media/x.svg) <>#:\\%2e\n", max_size=60), st.lists(PIECES, max_size=8))
def test_paths_never_lead_out(text: str, pieces: list[str]) -> None:
    shown = f"{text}\n\n![x]({''.join(pieces)})"
    for path in pictures_in(shown, "stories/yi/story.md"):
        # A file may be called "...".
        assert path.split("/")[0] not in ("", "..") and "://" not in path
