"""A place and a village are named once, also where the name beside them names them as well."""

from __future__ import annotations

import pytest

from xiangji.records.brand import Brand, Place


@pytest.mark.parametrize(
    ("path", "name", "said"),
    [
        ("吉林省 白城市 通榆县 瞻榆镇", "瞻榆镇", "吉林省 白城市 通榆县 瞻榆镇"),
        ("吉林省 白城市 通榆县 瞻榆镇", "瞻榆镇向海村", "吉林省 白城市 通榆县 瞻榆镇向海村"),
        ("吉林省 白城市 通榆县", "通榆县瞻榆镇", "吉林省 白城市 通榆县瞻榆镇"),
        ("吉林省白城市通榆县瞻榆镇", "瞻榆镇", "吉林省白城市通榆县瞻榆镇"),
        ("贵州省 贵阳市 息烽县 永靖镇", "立碑村", "贵州省 贵阳市 息烽县 永靖镇 立碑村"),
        ("贵州省 贵阳市", "贵阳市", "贵州省 贵阳市"),
        ("贵州省", "贵州省 贵阳市", "贵州省 贵阳市"),
        (None, "立碑村", "立碑村"),
        ("北京市 北京市 密云区", "某村", "北京市 密云区 某村"),
        ("北京市 市辖区 密云区", "密云区某村", "北京市 密云区某村"),
        ("重庆市 县 巫山县", "某村", "重庆市 巫山县 某村"),
        ("吉林省 白城市 通榆县 开通镇", "通榆县", "吉林省 白城市 通榆县"),
        ("吉林省 白城市 通榆县 瞻榆镇", "通榆县瞻榆镇", "吉林省 白城市 通榆县 瞻榆镇"),
        ("吉林省 白城市 通榆县 瞻榆镇", "吉林省通榆县瞻榆镇", "吉林省 白城市 通榆县 瞻榆镇"),
        (
            "吉林省 白城市 通榆县 瞻榆镇",
            "吉林省白城市通榆县瞻榆镇新村",
            "吉林省 白城市 通榆县 瞻榆镇新村",
        ),
        ("贵州省 贵阳市 息烽县 永靖镇", "贵州省息烽县立碑村", "贵州省 贵阳市 息烽县 永靖镇 立碑村"),
        (
            "贵州省 贵阳市 息烽县 永靖镇",
            "息烽县职业中学",
            "贵州省 贵阳市 息烽县 永靖镇 息烽县职业中学",
        ),
        ("贵州省 贵阳市", "贵州省农科院", "贵州省 贵阳市 贵州省农科院"),
    ],
)
def test_a_place_is_named_once(path: str | None, name: str, said: str) -> None:
    assert Place(id="p", name=name, path=path).full_name == said


@pytest.mark.parametrize(
    ("name", "village", "beside"),
    [
        ("立碑村", "立碑村", ""),
        ("立碑村的辣子鸡", "立碑村", ""),
        ("阳朗辣子鸡", "立碑村", "立碑村"),
        ("阳朗辣子鸡", None, ""),
    ],
)
def test_a_brand_that_names_the_village_has_none_beside_it(
    name: str, village: str | None, beside: str
) -> None:
    assert Brand(name=name, village=village).village_beside == beside
