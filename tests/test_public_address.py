"""Which addresses strangers can open: only such are printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from xiangji.readers.config import read_settings
from xiangji.readers.site.public_address import closed, is_example


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("http://localhost:8000/", "这台电脑"),
        ("http://a.localhost/", "这台电脑"),
        ("http://127.0.0.1/", "这台电脑"),
        ("http://0.0.0.0:8000/", "这台电脑"),
        ("http://192.168.1.8:8000/", "自己家"),
        ("http://10.0.0.2/", "自己家"),
        ("http://172.20.1.1/", "自己家"),
        ("http://169.254.7.7/", "自己家"),
        ("http://100.64.0.1/", "自己家"),
        ("http://nas/", "自己家"),
        ("http://nas.local/", "自己家"),
        ("http://cun.lan/", "自己家"),
        ("http://127.1/", "不是域名"),
        ("http://0x7f.1/", "不是域名"),
        ("http://0x7f.0.0.1/", "不是域名"),
        ("http://2130706433/", "不是域名"),
        ("https://cun.cn.1/", "不是域名"),
        ("https://127.0.0.1.nip.io/", "临时"),
        ("https://a1b2.ngrok-free.app/", "临时"),
        ("https://cun.trycloudflare.com/", "临时"),
        ("https://cun.cn:99999/", "端口"),
        ("https://cun.cn:0/", "端口"),
        ("https://cun.test/", "没有"),
        ("https://cun..cn/", "没有"),
        ("https://-cun.cn/", "没有"),
        ("https://mp.weixin.qq.com/s/abc/", "别人的平台"),
        ("https://shop.weidian.com/", "别人的平台"),
        ("https://docs.qq.com/", "别人的平台"),
        ("https://github.com/cun/site/", "别人的平台"),
        ("https://cun.cn/index.html/", "一个文件"),
        ("https://cun.cn/a/home.htm/", "一个文件"),
        ("https://cun.cn//", "斜杠"),
        ("https://cun.cn/a//b/", "斜杠"),
        ("https://cun.cn/../", "."),
    ],
)
def test_what_nobody_outside_can_open(address: str, why: str) -> None:
    found = closed(address)
    assert found is not None and why in found.zh and found.en


@pytest.mark.parametrize(
    "address",
    "https://cun.cn/ https://cun.com.cn:8443/a/b/ http://47.104.1.2/ https://cun.github.io/site/ https://cun.gitee.io/ "
    "https://xn--fiqs8s/ https://xn--6qq.xn--fiqs8s/ https://yanglang.example.cn/ https://local.cn/".split(),
)
def test_what_strangers_may_open(address: str) -> None:
    if address == "https://xn--fiqs8s/":
        assert closed(address)
    else:
        assert closed(address) is None


@pytest.mark.parametrize(
    ("address", "better"),
    [
        ("https://cun.cn/index.html/", "https://cun.cn/"),
        ("https://cun.cn//a///b/", "https://cun.cn/a/b/"),
        ("https://cun.cn/a/index.html/", "https://cun.cn/a/"),
    ],
)
def test_a_better_address_is_named(address: str, better: str) -> None:
    found = closed(address)
    assert found is not None and found.better == better and closed(better) is None


def test_the_example_of_a_new_village_is_known() -> None:
    assert is_example("https://example.cn/") and not is_example("https://yanglang.example.cn/")


def test_an_address_given_for_this_time_only_is_not_told(tmp_path: Path) -> None:
    """A preview for a phone has a private one, and prints nothing."""
    file = tmp_path / "mkdocs.yml"
    file.write_text("site_url: https://cun.cn/\n", "utf-8")
    for given, told in (("http://192.168.1.2:8000/", []), (None, [])):
        assert list(read_settings(file, date(2026, 5, 1), given)[1]) == told
    file.write_text("site_url: http://192.168.1.2:8000/\n", "utf-8")
    for given in (None, "http://192.168.1.2:8000/"):
        assert [each.rule for each in read_settings(file, date(2026, 5, 1), given)[1]] == [
            "site-url-closed"
        ]
