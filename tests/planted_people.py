"""A village in which people with every kind of consent stand in every place where a person can stand.

The places come from the field tables: every reference to a person of every kind of record, every picture, and the words
of cards and accounts. Each record is about one person, so that what it shows tells of that person alone.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from xiangji.kinds.installed import installed_kinds
from xiangji.model.fields import Choice, ListOf, Nested, Reference, example_of, fields_of
from xiangji.model.kind import RecordKind
from xiangji.model.value_types import AUDIO, ID, LINE, LOT, MEDIA
from xiangji.model.vocabularies import ConsentMedium, ConsentUse

DAY = date(2026, 11, 22)
NAME, PORTRAIT, QUOTATION = ConsentUse.NAME, ConsentUse.PORTRAIT, ConsentUse.QUOTATION
VOICE = ConsentUse.VOICE
PAGE, LABEL, POSTER = ConsentMedium.PAGE, ConsentMedium.LABEL, ConsentMedium.POSTER
ALL = frozenset({NAME, PORTRAIT, QUOTATION, VOICE})


@dataclass(frozen=True)
class Planted:
    """A person, what is written of them, and what may be shown on pages and in advertising."""

    key: str
    name: str
    words: str
    written: dict[str, Any]
    pages: frozenset[ConsentUse] = frozenset()
    sells: frozenset[ConsentUse] = frozenset()


def _asked(**more: Any) -> list[dict[str, Any]]:
    return [{"用途": str(use), "同意日期": "2026-01-01", **more} for use in sorted(ALL, key=str)]


def _of(who: str) -> list[dict[str, Any]]:
    return _asked(谁的=who)


PEOPLE = (
    Planted("agreed", "欧阳采薇", "头一锅水要滚三滚才下得米", {"同意": _asked()}, ALL),
    Planted(
        "sells",
        "司徒望舒",
        "腊梅开了那天我们全家去背柴",
        {"同意": [*_asked(), *_asked(用在=["广告"])]},
        ALL,
        ALL,
    ),
    Planted(
        "older",
        "上官问渠",
        "赶场那天早上鸡还没有叫第二遍",
        {"同意": [*_asked(), {"用途": "广告", "同意日期": "2026-01-01"}]},
        ALL,
        frozenset({NAME}),
    ),
    Planted(
        "until",
        "诸葛知秋",
        "竹子砍下来先在塘里泡半个月",
        {"同意": _asked(有效至="2026-12-31")},
        ALL,
    ),
    Planted("silent", "夏侯听雨", "屋后头那口井六月间最凉快", {}),
    Planted("refused", "东方既白", "老鸹叫了三声我就晓得要变天", {"同意": _asked(答复="不同意")}),
    Planted(
        "withdrawn",
        "南宫折枝",
        "火塘边上那张凳子谁都不让坐",
        {"同意": _asked(撤回日期="2026-06-01")},
    ),
    Planted(
        "ended", "独孤归鸿", "雪落到第三天才敢上后山捡菌子", {"同意": _asked(有效至="2026-06-01")}
    ),
    Planted(
        "later",
        "皇甫望岳",
        "桥修好那一年我挑着担子第一个过",
        {"同意": _asked(同意日期="2027-01-01")},
    ),
    Planted(
        "child",
        "令狐小满",
        "放学回来先去田坎上看一眼鸭子",
        {"未成年": "是", "化名": "小满", "同意": _asked()},
    ),
    Planted(
        "ward",
        "慕容豆豆",
        "奶奶揉面的时候不许我在旁边讲话",
        {"出生年": 2015, "化名": "豆豆", "同意": _asked(同意人="监护人")},
        frozenset({PORTRAIT, QUOTATION, VOICE}),
    ),
    Planted(
        "dead",
        "轩辕守拙",
        "石磨推到半夜灯油都添过两回了",
        {"去世": "是", "去世说明": "老人不在了。", "同意": _asked(同意人="近亲属")},
        ALL,
    ),
    Planted(
        "one",
        "端木夫妇",
        "腌菜坛子要请娘家的嫂子来封口",
        {"两个人": ["端木青禾", "端木远山"], "化名": "两位老人", "同意": _of("端木青禾")},
    ),
    Planted(
        "both",
        "百里两口子",
        "烘笼里的炭一晚上要翻两道才匀",
        {"两个人": ["百里春生", "百里秋实"], "同意": [*_of("百里春生"), *_of("百里秋实")]},
        ALL,
    ),
)


@dataclass
class PlantedVillage:
    """The files of the village, and the places that were planted: class, field."""

    files: dict[str, bytes] = field(default_factory=dict)
    places: set[tuple[str, str]] = field(default_factory=set)

    def write(self, root: Path) -> Path:
        for name, content in self.files.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return root


def picture(key: str) -> bytes:
    """A photo of a person: the same bytes for the same person, under whatever name."""
    colour = zlib.crc32(key.encode()).to_bytes(4, "big")[:3]

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" + colour)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def voice(key: str) -> bytes:
    """A recording of a person: two frames of MP3, each 36 bytes long."""
    return (b"\xff\xf3\x18\xc4" + zlib.crc32(key.encode()).to_bytes(4, "big") * 8) * 2


def places() -> set[tuple[str, str]]:
    """Every reference to a person in the field tables of all installed kinds."""
    return {each for kind in installed_kinds().kinds for each in _places(kind.record)}


def _places(record: type[Any]) -> Iterator[tuple[str, str]]:
    for row in fields_of(record):
        if isinstance(row.item, Nested):
            yield from _places(row.item.record)
        elif isinstance(row.item, Reference) and row.item.to == "people":
            yield record.__name__, row.name


def planted_village() -> PlantedVillage:
    """The village: of each kind one record about each person, and one with a copy of the picture that says nothing."""
    made = PlantedVillage()
    brand: dict[str, Any] = {"名称": "种树村", "示例": "是"}
    for kind in installed_kinds().kinds:
        if kind.numerous or not _places_or_picture(kind):
            continue
        if kind.name == "people":
            _people(made)
            continue
        for person in PEOPLE:
            _about(made, kind, person, brand)
    made.files["products/brand.yml"] = _yaml(brand)
    lots = "批号,生产日期,状态,示例\nA1,2026-11-01,正常,是\n"
    for person in PEOPLE:
        made.files[f"products/product-{person.key}/batches.csv"] = lots.encode()
    families = "plugins:\n  - xiangji:\n      posters:\n"
    config = f"site_name: 种树村\nsite_url: https://cun.example.cn/\ndocs_dir: site_src\n{families}"
    made.files["mkdocs.yml"] = config.encode()
    made.files["site_src/index.md"] = b"# \xe9\xa6\x96\xe9\xa1\xb5\n\n[\xe4\xba\xba\xe7\x89\xa9]\n"
    return made


def _places_or_picture(kind: RecordKind) -> bool:
    return bool(list(_places(kind.record)))


def _people(made: PlantedVillage) -> None:
    rows = []
    for person in PEOPLE:
        made.files[f"stories/media/{person.key}.png"] = picture(person.key)
        row = {"编号": person.key, "姓名": person.name, "肖像": f"media/{person.key}.png"}
        rows.append({**row, "身份": ["能工巧匠"], "示例": "是", **person.written})
    # After all others, since a list breaks into pages.
    rows += [each for person in PEOPLE for each in _neighbours(person)]
    made.places |= {("Person", "taught_by"), ("Person", "taught"), ("Witness", "who")}
    made.files["stories/people.yml"] = _yaml({"人物": rows})
    made.places.add(("Person", "pictured"))


def _neighbours(person: Planted) -> Iterator[dict[str, Any]]:
    """A pupil of a person, of whom that person says something, and a teacher. Both agreed to everything."""
    said = [{"谁说的": person.key, "原话": f"{person.words}。"}]
    for name, facts in (
        ("pupil", {"师傅": [person.key], "乡邻见证": said}),
        ("teacher", {"徒弟": [person.key]}),
    ):
        key = f"{name}-{person.key}"
        yield {
            "编号": key,
            "姓名": f"{key}示例",
            "示例": "是",
            "同意": [*_asked(), *_asked(用在=["广告"])],
            **facts,
        }


def _about(made: PlantedVillage, kind: RecordKind, person: Planted, brand: dict[str, Any]) -> None:
    """A record of a kind about a person, and one more with the picture alone."""
    for copied in (False, True):
        key = f"{kind.one}-{person.key}" + "-copy" * copied
        facts = _facts(made, kind.record, person, key, copied)
        if kind.within is not None:
            label = next(r.zh for r in fields_of(kind.within.record) if r.name == kind.within.field)
            brand.setdefault(label, []).append(facts)
            folder = "products"
        else:
            file = next(each for each in kind.record_files if "*" in each.places[-1])
            path = file.places[-1].replace("*", key)
            folder = path.rpartition("/")[0]
            made.files[f"{path}.{file.ending}"] = _file(facts, file.ending, person, key)
        made.files[f"{folder}/media/{key}.png"] = picture(person.key)


def _file(facts: dict[str, Any], ending: str, person: Planted, key: str) -> bytes:
    if ending != "md":
        return _yaml({k: v for k, v in facts.items() if k != "编号"})
    cards = "" if key.endswith("-copy") else "\n\n[卡片 k1]\n"
    return b"---\n" + _yaml(facts) + f"---\n\n正文。{cards}".encode()


def _facts(
    made: PlantedVillage, record: type[Any], person: Planted, key: str, copied: bool
) -> dict[str, Any]:
    """What is written of a record: what it must have, the people, the picture; in a copy nothing but the picture."""
    facts: dict[str, Any] = {}
    for row in fields_of(record):
        item = row.item
        if row.name == "cards" and record.__name__ == "Story":
            facts[row.zh] = [] if copied else ["k1"]
        elif row.name == "workshop":
            facts[row.zh] = f"workshop-{person.key}"
        elif row.name == "products" and record.__name__ == "Story" and not copied:
            facts[row.zh] = [f"product-{person.key}"]
        elif isinstance(item, Reference) and item.to == "people" and not copied:
            made.places.add((record.__name__, row.name))
            facts[row.zh] = [person.key] if isinstance(row.kind, ListOf) else person.key
        elif isinstance(item, Nested) and (
            list(_places(item.record)) or item.record.__name__ == "Tellings"
        ):
            if copied and _needs_a_person(item.record):
                continue
            inner = _facts(made, item.record, person, key, copied)
            facts[row.zh] = [inner] if isinstance(row.kind, ListOf) else inner
        elif item is AUDIO and not copied:
            facts[row.zh] = f"media/{key}.mp3"
            made.files[f"stories/{key}/media/{key}.mp3"] = voice(person.key)
        elif item is MEDIA and row.name == "picture":
            facts[row.zh] = f"media/{key}.png"
        elif row.name in ("words", "text") and record.__name__ in _SAID:
            facts[row.zh] = "没有什么。" if copied else f"{person.words}。"
        elif row.name in ("medium", "short") and record.__name__ == "Tellings":
            facts[row.zh] = _telling(person, row.name, copied)
        elif row.name == "sample":
            facts[row.zh] = "是"
        elif row.required:
            facts[row.zh] = _required(item, record, key)
    return facts


_SAID = ("Card", "Account", "Utterance")
"""The records that hold words of a person."""


def _needs_a_person(record: type[Any]) -> bool:
    rows = (row for row in fields_of(record) if isinstance(row.item, Reference))
    return any(row.required and row.item.to == "people" for row in rows)


def _telling(person: Planted, name: str, copied: bool) -> str:
    """A telling with the name, or with the words, as far as a page may show them."""
    shown = {
        "medium": (NAME, f"{person.name}做的，一天一只。"),
        "short": (QUOTATION, f"{person.words}。"),
    }
    use, text = shown[name]
    return "做了一天。" if copied or use not in person.pages else text


def _required(item: Any, record: type[Any], key: str) -> Any:
    if item is ID:
        return "k1" if record.__name__ in ("Card", "Account", "Visual") else key
    if isinstance(item, Choice):
        return {"ProductKind": "手工艺"}.get(item.words.__name__, str(next(iter(item.words))))
    return f"题目{key}" if item in (LINE, LOT) else example_of(item)


class _Plain(yaml.SafeDumper):
    """Writes the same value twice, and not an anchor."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _yaml(value: Any) -> bytes:
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False).encode()
