"""A claim's evidence stands right behind its words and leads to its sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from built import write
from xiangji.build import build
from xiangji.settings import Settings

STORY = """---
题目: 甲
断言:
  - 断言: 早先只有我们一家<舂>来卖
    证据: 家庭记忆
  - 断言: 别处……学了去的
    证据: 待核实
---

听老人讲，早先只有我们一家&lt;舂&gt;来卖。别处是后来才学了去的。
"""


def test_evidence_stands_behind_the_words(tmp_path: Path) -> None:
    write(tmp_path, {"products/brand.yml": "名称: 村\n", "stories/one/story.md": STORY})
    site = build(Settings(tmp_path, date(2026, 11, 22)))
    page = next(each for each in site.pages if each.address == "stories/one/")
    family = '来卖。<a class="badge why family_memory" href="#claim-1">家庭记忆</a>'
    unverified = '学了去的。<a class="badge why unverified" href="#claim-2">待核实</a>'
    assert family in page.document and unverified in page.document
    assert 'id="claim-1"' in page.document and 'id="claim-2"' in page.document
