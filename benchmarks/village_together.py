"""Adds to a village what it does beside selling: volunteers in teams, services, and courses with their sessions.

The proportions are those of the founding papers: 716 volunteers, 1,000 services, and 40 courses.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

VOLUNTEERS = 716
"""The number of volunteers beside 1,000 services. They are counts, since nobody has to be named."""
COURSES = 40
"""The number of courses beside 1,000 services."""
TEAMS = 12
"""The number of teams that the volunteers belong to, in a village of any size."""
SESSIONS = 6
"""The number of sessions of each course."""

_FORMS = ("下乡助农", "公益助销", "技术指导", "走访", "心理支持", "法律咨询", "代收代寄")
_LEVELS = ("初阶", "进阶", "高阶")
_FIRST = date(2023, 1, 7)
_DAYS = 1_400
"""The number of days over which the services are spread, so that a village has years of them."""
_HEADER = "编号,哪天,做了什么,类型,队伍,帮到几户,帮到几人,产品,示例"


def write_together(folder: Path, services: int) -> None:
    """Write services into a village that is written already, with as many volunteers and courses as belong to them."""
    village = folder / "village"
    village.mkdir()
    rows = [_HEADER, *(_service(number, services) for number in range(services))]
    (village / "services.csv").write_text("\n".join(rows) + "\n", "utf-8")
    volunteers = max(TEAMS, VOLUNTEERS * services // 1_000)
    teams = "".join(_team(number, volunteers) for number in range(TEAMS))
    (village / "teams.yml").write_text(f"队伍:\n{teams}", "utf-8")
    courses = "".join(_course(number) for number in range(max(1, COURSES * services // 1_000)))
    (village / "courses.yml").write_text(f"课程:\n{courses}", "utf-8")


def _service(number: int, services: int) -> str:
    day = _FIRST + timedelta(days=number * _DAYS // services)
    form = _FORMS[number % len(_FORMS)]
    helped = f"{3 + number % 20},{6 + number % 50}"
    team, product = f"d{number % TEAMS:02}", f"p{number % 2:04}"
    return f"f{number:04},{day},去帮忙（f{number:04}）,{form},{team},{helped},{product},是"


def _team(number: int, volunteers: int) -> str:
    members = volunteers // TEAMS + (number < volunteers % TEAMS)
    return (
        f"  - 编号: d{number:02}\n    名称: 测量队{number}（示例）\n    类型: 志愿服务队\n"
        f"    人数:\n      - {{身份: 志愿者, 几人: {members}}}\n    示例: 是\n"
    )


def _course(number: int) -> str:
    begin = _FIRST + timedelta(days=number * 20)
    sessions = "".join(
        f"      - {{哪天: {begin + timedelta(days=7 * week)}, 讲什么: 第 {week + 1} 课, 来了几人: {12 + week}}}\n"
        for week in range(SESSIONS)
    )
    return (
        f"  - 编号: k{number:03}\n    名称: 测量课{number}（示例）\n    阶段: {_LEVELS[number % 3]}\n"
        f"    学完会什么: [会做第 {number} 样]\n    老师: [h000]\n    队伍: [d{number % TEAMS:02}]\n"
        f"    课次:\n{sessions}    示例: 是\n"
    )
