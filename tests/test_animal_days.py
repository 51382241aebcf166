"""The day of animals is that on which they left their place (出栏): on sheets, cards and labels."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from built import here, write

ANIMALS = "批号,出栏日期,数量,状态,出栏,示例\nJ-1,2026-03-10,220 只,正常,2026-03-10 坡上鸡场,是\n"
PLANTS = "批号,采收日期,数量,状态,采收,示例\nJ-1,2026-03-10,220 斤,正常,2026-03-10 坡上,是\n"


@pytest.mark.parametrize(
    ("table", "said", "not_said"),
    [(ANIMALS, "出栏", "采收"), (PLANTS, "采收", "出栏")],
)
def test_a_lot_of_animals_has_no_day_of_harvest(
    table: str, said: str, not_said: str, tmp_path: Path
) -> None:
    root = tmp_path / "village"
    assert here("xiangji", "new", str(root), cwd=tmp_path).returncode == 0
    config = root / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("example.cn", "cun.cn"), "utf-8")
    product = (
        "名称: 土货（示例）\n类型: 农产品\n生产者: hezuoshe\n产地: cun\n贮存: 阴凉处\n示例: 是\n"
    )
    write(root, {"products/tuji/product.yml": product, "products/tuji/batches.csv": table})
    done = here("xiangji", "build", cwd=root)
    assert done.returncode == 0, done.stderr
    sheet = (root / "site/t/tuji/J-1/index.html").read_text("utf-8")
    assert said in sheet and not_said not in sheet
    for command, file in (
        (("cards", "tuji/J-1", "--kind", "shelf"), "cards/tuji_J-1_shelf.pdf"),
        (("labels", "tuji/J-1", "--template", "fresh", "-n", "1"), "labels/tuji_J-1_fresh.pdf"),
    ):
        done = here("xiangji", *command, cwd=root)
        assert done.returncode == 0, done.stderr
        with pypdfium2.PdfDocument(root / "print" / file) as opened:
            text = "".join(page.get_textpage().get_text_bounded() for page in opened)
        assert said in text and not_said not in text, text
