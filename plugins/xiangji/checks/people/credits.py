"""Checks credits: each names somebody, and people are named by their record, so that their consent is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from xiangji.library import Library
from xiangji.model.parsing.late_pattern import late_pattern
from xiangji.permission import plain_name
from xiangji.problems import Problem, problem
from xiangji.records.shared_fields.credit import Credit

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔"
    "谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
)
"""The most frequent surnames. A body whose name begins with one mostly ends with a word such as 社 or 队."""

_PERSON = late_pattern(rf"[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}")
_BODY = late_pattern(r".*[队社部校厂店站会组司院所坊馆局村室团行家台网厅处系班学报刊铺场园户]$")


def check(library: Library, today: date) -> Iterator[Problem]:
    """Report credits without anybody, and names of people in the place of bodies."""
    names = {plain_name(each.name) for each in library.people.values()}
    for credit in _credits(library):
        if credit.is_empty:
            yield problem("credit-nobody", credit.origin.of("role"), value=credit.role)
        for body in credit.bodies:
            if body in names or (_PERSON.fullmatch(body) and not _BODY.match(body)):
                yield problem("credit-person", credit.origin.of("bodies"), value=body)


def _credits(library: Library) -> Iterator[Credit]:
    """Every credit as its author wrote it."""
    told: list[Any] = [*library.stories.values(), *library.products.values()]
    told += [*library.notes, *library.brand.photos]
    for each in told:
        yield from each.credits
