"""A signed record of one person's hours: made on that person's wish alone, and false after the least change."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from built import here, tree, write
from xiangji.kinds.together.service import HOURS
from xiangji.model.fields import UnreadableValue
from xiangji.signing.note import (
    BadKey,
    BadSignature,
    PrivateKey,
    private_key,
    public_key,
    sign,
    signed_text,
)

CONFIG = "site_name: 村\nsite_url: https://cun.example.cn/\n"
FILES = {
    "mkdocs.yml": CONFIG,
    "products/brand.yml": "名称: 山上 人家\n示例: 是\n",
    "stories/people.yml": """
人物:
  - 编号: jia
    姓名: 学生甲
    示例: 是
    同意: [{用途: 工时, 同意日期: 2026-01-01}]
  - {编号: yi, 姓名: 学生乙, 示例: 是, 同意: [{用途: 姓名, 同意日期: 2026-01-01}]}
  - 编号: bing
    姓名: 学生丙
    示例: 是
    同意: [{用途: 工时, 同意日期: 2026-01-01, 撤回日期: 2026-02-01}]
  - {编号: ding, 姓名: 学生丁, 示例: 是, 同意: [{用途: 工时, 同意日期: 2026-01-01}]}
""",
    "village/services.yml": """
- 编号: er
  做了什么: 陪一位老人看病
  哪天: 2026-04-01
  类型: 走访
  公开范围: 不公开
  工时: [{谁: jia, 小时: 90 分钟}]
  示例: 是
- 编号: yi
  做了什么: 摘辣椒
  哪天: 2026-03-01
  类型: 下乡助农
  工时: [{谁: jia, 小时: 3}, {谁: yi, 小时: 2 小时}, {谁: bing, 小时: 1 小时}]
  示例: 是
""",
    "site_src/index.md": "# 家\n",
}


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return write(tmp_path / "village", FILES)


def export(village: Path, who: str, *more: str | Path, out: str = "hours.json") -> tuple[int, str]:
    """The status of the command, and what it says."""
    home = village.parent
    done = here(
        "xiangji",
        "consent",
        "hours",
        who,
        home / out,
        "--key",
        home / "key",
        *more,
        cwd=village,
    )
    return done.returncode, done.stdout + done.stderr


def key_in(said: str) -> str:
    return said.partition("公钥：")[2].strip()


def test_a_record_is_signed_and_any_change_is_seen(village: Path) -> None:
    home = village.parent
    status, said = export(village, "jia", "--new-key")
    assert status == 0 and "2 次，4.5 小时" in said
    told = json.loads((home / "hours.json").read_text("utf-8"))
    assert told["person"] == {"id": "jia", "name": "学生甲"} and told["total_hours"] == "4.5"
    rows = [(each["on"], each["title"], each["hours"]) for each in told["services"]]
    assert rows == [("2026-03-01", "摘辣椒", "3"), ("2026-04-01", "走访", "1.5")]
    assert told["sample"] and "学生乙" not in str(told) and "看病" not in str(told)
    assert (home / "key").stat().st_mode & 0o077 == 0

    def verify(signer: str) -> tuple[int, str]:
        done = here("xiangji", "consent", "verify", home / "hours.json", signer, cwd=home)
        return done.returncode, done.stdout + done.stderr

    assert verify(key_in(said)) == (0, f"没有改过：{home / 'hours.json'}，是“山上人家”签的。\n")
    other = str(PrivateKey("山上人家", bytes(32)).public)
    assert verify(other)[0] == 1
    (home / "hours.json").write_text(
        (home / "hours.json").read_text("utf-8").replace('"4.5"', '"45"'), "utf-8"
    )
    status, told_so = verify(key_in(said))
    assert status == 1 and "对不上" in told_so
    (home / "hours.json.note").unlink()
    assert verify(key_in(said))[0] == 1


def test_a_table_for_spreadsheets(village: Path) -> None:
    assert export(village, "jia", "--new-key", "--format", "csv", out="hours.csv")[0] == 0
    content = (village.parent / "hours.csv").read_text("utf-8-sig")
    rows = list(csv.reader(content.splitlines()))
    assert [each[-1] for each in rows] == ["小时", "3", "1.5", "4.5"]


@pytest.mark.parametrize("who", ["yi", "bing"], ids=["never asked", "withdrawn"])
def test_without_a_wish_nothing_is_made(who: str, village: Path) -> None:
    status, said = export(village, who, "--new-key")
    assert status == 1 and "没有说要工时证明" in said and "stories/people.yml:" in said
    assert {each.name for each in village.parent.iterdir()} == {"village"}
    assert "did not ask" in export(village, who, "--new-key", "--lang", "en")[1]


def test_who_has_no_hours_gets_no_record(village: Path) -> None:
    status, said = export(village, "ding", "--new-key")
    assert status == 1 and "没有学生丁的工时" in said
    assert export(village, "nobody", "--new-key")[0] == 2


def test_nothing_is_written_over_and_no_key_lies_in_the_village(village: Path) -> None:
    assert export(village, "jia")[0] == 2, "there is no key yet"
    assert export(village, "jia", "--new-key")[0] == 0
    before = tree(village.parent)
    assert export(village, "jia")[0] == 2, "the record is there"
    assert export(village, "jia", "--new-key", out="other.json")[0] == 2, "the key is there"
    unsaid = here("xiangji", "consent", "hours", "jia", village.parent / "x.json", cwd=village)
    assert unsaid.returncode == 2 and "--key" in unsaid.stderr
    inside = here(
        "xiangji", "consent", "hours", "jia", village.parent / "x.json",
        "--key", village / "key", "--new-key", cwd=village,
    )  # fmt: skip
    assert inside.returncode == 2 and "不能放在村子的文件夹里" in inside.stderr
    (village.parent / "wrong").write_text("no key\n")
    wrong = here(
        "xiangji", "consent", "hours", "jia", village.parent / "x.json",
        "--key", village.parent / "wrong", cwd=village,
    )  # fmt: skip
    assert wrong.returncode == 2
    (village.parent / "wrong").unlink()
    after = {
        name: content for name, content in tree(village.parent).items() if "/.cache/" not in name
    }
    assert after == {name: content for name, content in before.items() if "/.cache/" not in name}


def test_hours_and_the_wish_are_published_nowhere(village: Path) -> None:
    assert here("xiangji", "build", "--host", "none", cwd=village).returncode == 0
    for file in (village / "site").rglob("*"):
        if file.suffix in (".html", ".json", ".csv", ".xml") and "schema" not in file.parts:
            text = file.read_text("utf-8-sig")
            assert "学生甲" not in text and "工时" not in text, file
    report = here("xiangji", "consent", "report", cwd=village).stdout
    assert "工时（证明） 同意" in report


@pytest.mark.parametrize(
    ("text", "hours"),
    [("3", "3"), ("3 小时", "3"), ("2.5h", "2.5"), ("两个半小时", "2.5"), ("半个钟头", "0.5"),
     ("90分钟", "1.5"), ("１小时３０分", "1.5"), ("一小时半", "1.5"), ("24小时", "24")],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(text: str, hours: str) -> None:
    assert HOURS.parse(text) == Decimal(hours)


@pytest.mark.parametrize("text", ["一上午", "半天", "0", "25 小时", "小时", "3 天", "-1", "3.3.3"])
def test_what_is_no_number_of_hours_is_told(text: str) -> None:
    with pytest.raises(UnreadableValue):
        HOURS.parse(text)


# --- signed notes (C2SP) -------------------------------------------------------------------------------


def test_a_key_has_the_form_that_the_standard_prints() -> None:
    """The example of `standards.md` §7.4: the key of 32 zero bytes."""
    key = PrivateKey("village.example/log", bytes(32))
    shown = "village.example/log+b3a15f6e+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
    assert str(key.public) == shown
    assert public_key(shown) == key.public and private_key(key.text()) == key
    assert repr(key) == "PrivateKey('village.example/log')"


def test_a_note_is_as_it_was_signed() -> None:
    key, other = PrivateKey("甲", bytes(32)), PrivateKey("乙", bytes(range(32)))
    note = sign("第一行\n\n第三行\n", key)
    assert signed_text(note, key.public) == "第一行\n\n第三行\n"
    both = note + sign("第一行\n\n第三行\n", other).rpartition("\n\n")[2]
    assert signed_text(both, other.public) == signed_text(both, key.public)
    for broken in (
        note.replace("第一", "第二"), note.rstrip("\n"), note.replace("— ", "- "), "", "第一行\n",
        note.replace("甲 ", "丁 "), sign("别的\n", key).partition("\n\n")[0] + "\n\n" + note.rpartition("\n\n")[2],
    ):  # fmt: skip
        with pytest.raises(BadSignature):
            signed_text(broken, key.public)
    with pytest.raises(BadSignature):
        signed_text(note, other.public)


@pytest.mark.parametrize("text", ["", "a", "a+b+c", "a+00000000+AQ==", "a b+c+d"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(BadKey):
        public_key(text)
    with pytest.raises(BadKey):
        private_key(f"PRIVATE+KEY+{text}")
