"""Numbers with a check, against the worked examples of `standards.md` and every single slip."""

from __future__ import annotations

import pytest

from xiangji.checks.labelling import check_digits

SC = "SC10652011512347"
USCC = "91350100M000100Y43"
GTIN_13 = "6901234567892"
DOCUMENTATION = "09520123456788"


def slips(number: str, alphabet: str, first: int = 0) -> list[str]:
    """The number with one character wrong, in every place and way."""
    return [
        number[:at] + other + number[at + 1 :]
        for at in range(first, len(number))
        for other in alphabet
        if other != number[at]
    ]


def test_worked_examples() -> None:
    assert check_digits.mod_11_10("1065201151234") == 7
    assert check_digits.sc_is_formed(SC) and check_digits.sc_agrees(SC)
    assert check_digits.credit_code_check("91350100M000100Y4") == "3"
    assert check_digits.credit_code_is_formed(USCC) and check_digits.credit_code_agrees(USCC)
    assert check_digits.organisation_check("M000100Y") == "4"
    assert check_digits.organisation_agrees(USCC)
    assert check_digits.gs1_check("690123456789") == 2
    assert check_digits.gs1_check("0952012345678") == 8
    for gtin in (GTIN_13, DOCUMENTATION):
        assert check_digits.gtin_is_formed(gtin) and check_digits.gtin_agrees(gtin)


def test_one_wrong_digit_is_always_seen() -> None:
    assert not any(map(check_digits.sc_agrees, slips(SC, "0123456789", first=2)))
    assert not any(map(check_digits.gtin_agrees, slips(GTIN_13, "0123456789")))
    wrong = slips(USCC, "0123456789ABCDEFGHJKLMNPQRTUWXY")
    assert not any(map(check_digits.credit_code_agrees, wrong))


def test_zeros_on_the_left_do_not_change_a_check_digit() -> None:
    assert check_digits.gtin_agrees("0" + GTIN_13)
    assert check_digits.gtin_14(GTIN_13) == check_digits.gtin_14("0" + GTIN_13) == "06901234567892"


@pytest.mark.parametrize("number", [SC, "ＳＣ１０６５２０１１５１２３４７", "sc 1065 2011 512347"])
def test_a_licence_however_it_is_typed(number: str) -> None:
    assert check_digits.sc_is_formed(number) and check_digits.sc_agrees(number)


@pytest.mark.parametrize(
    "number",
    [
        "10652011512347",
        "SC1065201151234",
        "SC30652011512347",
        "SC10052011512347",
        "SC13252011512347",
    ],
)
def test_what_is_no_licence(number: str) -> None:
    assert not check_digits.sc_is_formed(number)


@pytest.mark.parametrize("letter", "IOSVZ")
def test_letters_that_no_credit_code_has(letter: str) -> None:
    assert not check_digits.credit_code_is_formed(USCC.replace("M", letter))


def test_credit_code_values_are_places_in_the_alphabet() -> None:
    """`ord − 55` would give another check for every letter behind H."""
    assert check_digits.credit_code_check("91350100M000100Y4") != check_digits.credit_code_check(
        "91350100N000100Y4"
    )
    assert check_digits.credit_code_check("0" * 17) == "0"  # 31 becomes 0.


@pytest.mark.parametrize(
    ("gtin", "restricted", "chinese"),
    [
        (GTIN_13, False, True),
        ("06901234567892", False, True),
        ("16901234567899", False, True),
        ("6801234567895", False, True),
        ("7001234567890", False, False),
        (DOCUMENTATION, False, False),
        ("2012345678903", True, False),
        ("2999999999999", True, False),
        ("0212345678901", True, False),
        ("20123456", True, False),
        ("69012341", False, True),
    ],
)
def test_who_licensed_a_gtin(gtin: str, restricted: bool, chinese: bool) -> None:
    assert check_digits.gtin_is_restricted(gtin) is restricted
    assert check_digits.gtin_is_chinese(gtin) is chinese


@pytest.mark.parametrize(
    "digits", ["", "1", "1234567", "12345678901", "123456789012345", "12A45678"]
)
def test_gtin_lengths(digits: str) -> None:
    assert not check_digits.gtin_is_formed(digits)


@pytest.mark.parametrize(
    ("code", "formed"),
    [
        ("GB 19300", True),
        ("GB/T 20981", True),
        ("GB/T 20981-2021", True),
        ("GB/T 20981—2021", True),
        ("NY/T 1040-2012", True),
        ("DBS52/ 012-2016", True),
        ("DB52/T 1234-2019", True),
        ("T/GZSX 055.1-2019", True),
        ("Q/ABC 0001S-2024", True),
        ("Q/ABC0001S", True),
        ("GB", False),
        ("GB/T", False),
        ("XX 123", False),
        ("GB 123-21", False),
        ("企业标准", False),
        ("Q/ABC S", False),
    ],
)
def test_standards(code: str, formed: bool) -> None:
    assert check_digits.standard_is_formed(code) is formed


def test_certificates() -> None:
    assert check_digits.green_is_formed("LB-30-26011200011A")
    assert check_digits.green_is_formed("GF520115260001")
    assert not check_digits.green_is_formed("LB-30-2601")
    assert not check_digits.green_is_formed("GF52011526000")
    assert check_digits.organic_is_formed("12345678901234567")
    assert not check_digits.organic_is_formed("1234567890123456")
    assert check_digits.organic_is_formed("123OP2600045")
