"""Posters: what keeps one from being made, and what it left out."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    "poster-no-extra": Rule(
        "做海报要多装一样东西，这台电脑上还没有。",
        "Posters need the optional extra `print`, which is not installed.",
        "运行 pip install 'xiangji[print]'；暂时不要海报，就把 mkdocs.yml 里的 posters 去掉。",
        "Run pip install 'xiangji[print]', or take posters out of mkdocs.yml.",
    ),
    "poster-state": Rule(
        "批次 {value} {state}，不做海报。",
        "No poster is made of lot {value}: its state is “{state}”.",
        "只有正常的批次才拿出去给人看。状态写错了，先把状态改对。",
        "Only a lot in normal state is shown around. If the status is wrong, correct it first.",
    ),
    "poster-input": Rule(
        "批次 {value} 用了已召回的 {input}，不做海报。",
        "No poster is made of lot {value}: the recalled lot {input} went into it.",
        "先按召回的办法处理这一批。",
        "Deal with this lot as the recall asks.",
    ),
    "poster-name-room": Rule(
        "“{value}”太长，{size} 的海报放不下。",
        "“{value}” is too long for a poster of {size}.",
        "把名称写短；字不会缩到看不清，也不会截掉。",
        "Shorten it; it is never cut, nor made too small to read.",
    ),
    "poster-name-of": Rule(
        "“{value}”的名称里有{who}的名字，上海报要本人同意“广告”。",
        "The name of “{value}” names {who}, who has not agreed to advertising.",
        "请本人同意，在人物的“同意”里加一条“广告”；或者换一个名称。",
        "Ask for consent to 广告 and record it, or choose another name.",
    ),
    "poster-telling-of": Rule(
        "“{value}”的这段短讲法里有{who}的名字，没有同意“广告”，海报上不用这一段。",
        "This telling of “{value}” names {who}, who has not agreed to advertising: posters pass it over.",
        "要用，请本人同意，在人物的“同意”里加一条“广告”；或者不写名字。",
        "To use it, record that person's consent to 广告, or leave the name out.",
        hint=True,
    ),
    "poster-telling-dropped": Rule(
        "“{value}”的短讲法放不进 {size} 的海报，没有放。",
        "No telling of “{value}” fits on a poster of {size}; there is none on it.",
        "要放，就写短一些的“六十字”。",
        "Write a shorter one (六十字).",
        hint=True,
    ),
    "poster-code-room": Rule(
        "“{value}”的网址太长，海报上的码会太密：{address}",
        "The address of “{value}” is too long for the code on a poster: {address}",
        "用短一些的域名或文件夹名；印过的网址不要改。",
        "Use a shorter domain or folder name; do not change an address that was printed.",
    ),
}
