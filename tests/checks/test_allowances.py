"""What an allowance lifts: only what has a clause and a proof that can exist, or is no claim in its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from built import here, write
from xiangji.checks.wording.allowances import lacking, read_allowances
from xiangji.checks.wording.terms import terms
from xiangji.checks.wording.text_folding import fold
from xiangji.library import Library
from xiangji.library.batches import Batches
from xiangji.model.review import Allowance
from xiangji.model.vocabularies import NoClaim, ProductKind, SourceKind
from xiangji.records.brand import Brand, Source
from xiangji.records.product import Certificate, Product

PAPER = Certificate(name="特级证书", issuer="示例协会", number="TJ 2025-0031")
CHA = Product(id="cha", name="茶", kind=ProductKind.PRODUCE, certificates=(PAPER,))
SOURCE = Source(id="minglu", title="示例县非遗名录", kind=next(iter(SourceKind)))
LIBRARY = Library(
    Brand(name="村"),
    {},
    {},
    {},
    {"cha": CHA},
    Batches(),
    {},
    {},
    {"minglu": SOURCE},
    papers=frozenset({"teji.pdf"}),
)
CLAUSE = "绝对化用语指南 6(5)"


def of(proof: str, clause: str = CLAUSE) -> Allowance:
    return Allowance(term="特级", clause=clause, proof=proof)


@pytest.mark.parametrize(
    "proof",
    [
        "黔文旅发〔2023〕12 号",
        "国发[2021]8号第 1200 项",
        "SC10652010300011",
        "绿色食品 LB-15-21031234567A",
        "有机码 12345678901234567",
        "证书 TJ2025-0031",
        "见 teji.pdf 第二页",
        "来源 minglu",
        "《示例县非遗名录》第三页",
        "ZL202310123456.7",
    ],
)
def test_a_proof_that_can_exist(proof: str) -> None:
    assert lacking(of(proof), LIBRARY) is None


@pytest.mark.parametrize(
    "proof",
    [
        "村里都这么说",
        "有",
        "证书在柜子里",
        "SC12345",
        "SC10652010300012",  # The check digit is another one.
        "12 号",
        "jiu.pdf",
        "来源 minglu2",
        "2023 年",
        "",
    ],
)
def test_nonsense_is_none(proof: str) -> None:
    assert lacking(of(proof), LIBRARY) is not None


@pytest.mark.parametrize(
    ("clause", "right"),
    [
        (CLAUSE, True),
        ("《广告法》第九条第三项", True),
        ("GB 7718-2025 3.5", True),
        ("广告法", False),
        ("有人说可以", False),
        ("第九条", False),
        ("", False),
    ],
)
def test_a_clause_names_law_and_article(clause: str, right: bool) -> None:
    assert (lacking(of("黔府发〔2019〕12 号", clause), LIBRARY) is None) is right


@pytest.mark.parametrize(
    ("word", "sentence", "right"),
    [
        (NoClaim.NEGATION, "辣椒不能治病，只是下饭", True),
        (NoClaim.NEGATION, "辣椒能治病", False),
        (NoClaim.LIFE, "他给人抓药治病", True),
        (NoClaim.NAME, "治病桥在村口", True),
        (NoClaim.LIFE, "他给人抓药", False),
        (NoClaim.LIFE, None, False),
    ],
)
def test_no_claim_is_declared_with_its_sentence(
    word: NoClaim, sentence: str | None, right: bool
) -> None:
    allowance = Allowance(term="治病", no_claim=word, sentence=sentence)
    assert (lacking(allowance, LIBRARY) is None) is right


def test_no_clause_lets_food_heal() -> None:
    read = read_allowances([of("黔府发〔2019〕12 号")], LIBRARY)
    health = [term for term in terms() if term.health]
    assert health and not any(read.lifts(0, term) for term in health)
    assert all(read.lifts(0, term) for term in terms() if not term.health)


@pytest.mark.parametrize("word", [NoClaim.LIFE, NoClaim.NAME])
def test_a_life_is_no_excuse_for_a_claim(word: NoClaim) -> None:
    life = Allowance(term="吃了治胃病", no_claim=word, sentence="我妈吃了治胃病")
    read = read_allowances([life], LIBRARY)
    claims = [term for term in terms() if term.is_health_claim]
    assert claims and not any(read.lifts(0, term) for term in claims)


def test_the_negation_stands_beside_the_word() -> None:
    claim = Allowance(term="吃了不咳嗽", no_claim=NoClaim.NEGATION, sentence="吃了不咳嗽")
    assert lacking(claim, LIBRARY) is not None
    denied = Allowance(term="吃了不咳嗽", no_claim=NoClaim.NEGATION, sentence="说吃了不咳嗽是骗人")
    assert lacking(denied, LIBRARY) is None


def test_it_lifts_the_word_in_its_sentence_only() -> None:
    life = Allowance(term="治病", no_claim=NoClaim.LIFE, sentence="他给人治病")
    read = read_allowances([life], LIBRARY)
    places = [(each.start, each.end) for each in read.lifted(fold("他给人治病。辣椒治病。"))]
    assert places == [(3, 5)]


def test_a_paper_that_is_put_there_counts_at_once(tmp_path: Path) -> None:
    """What a check found before is used again only as long as no paper came or went."""
    product = (
        "名称: 酱\n类型: 加工食品\n介绍: 独家的味道。\n平常话: [独家的味道]\n"
        "放行:\n  - {词: 独家, 条款: 广告法第九条, 依据: teji.pdf}\n"
    )
    files = {
        "mkdocs.yml": "site_name: 村\nsite_url: https://cun.example.cn/\n",
        "products/brand.yml": "名称: 村\n",
        "products/a/product.yml": product,
    }
    root = write(tmp_path / "village", files)
    assert "lint-allow-proof" in here("xiangji", "check", cwd=root).stderr
    for paper in ("certificates/teji.pdf", "products/a/certificates/teji.pdf"):
        write(root, {paper: "x"})
        done = here("xiangji", "check", cwd=root)
        assert "0 处提醒" in done.stdout + done.stderr, done.stderr
        (root / paper).unlink()
        assert "lint-allow-proof" in here("xiangji", "check", cwd=root).stderr
