"""What a label said when a lot was made: versions of a product, days that are known in part, net contents."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    "version-since": Rule(
        "“{product}”写了“以前”，{which}却没有写从哪一天起，分不出哪一批是哪一版。",
        "“{product}” tells what it was before, but {which_en} does not say from which day it holds.",
        "补上“从哪一天起”：从那一天做的起，才照这一版。",
        "Add `since`: the first day of making to which it applies.",
    ),
    "version-order": Rule(
        "“以前”的这一版从 {value} 起，后一版从 {after} 起，前后对不上。",
        "This earlier version holds from {value}, and the one after it from {after}.",
        "核对两个“从哪一天起”：以前的要早。",
        "Check both days: the earlier version has the earlier one.",
    ),
    "version-unsure": Rule(
        "批次 {lot} {why}，不确定是“{product}”的哪一版，页面上会这样写。",
        "Lot {lot} {why_en}: it is not certain which version of “{product}” it is, and its page says so.",
        "查一查“{field}”是哪一天，写上。查不到就这样，页面照实说。",
        "Find out the day and write it as `{field_en}`. If nobody knows, the page says so.",
        warning=True,
    ),
    "label-changed": Rule(
        "“{product}”的标签在 {day} 改过：{changes}。那以前做的 {count} 批（{lots}）现在也照新的写了。",
        "The label of “{product}” changed on {day}: {changes}. The {count} lots made before ({lots}) show the new facts.",
        "真的换过，写上“从哪一天起”和“以前”：xiangji fix 会替你写好，日子自己再核对。一直就是现在这样、原来写错了的，写到“写错过”。",
        "If it really changed, let `xiangji fix` write `since` and `earlier`, and check the day. "
        "What was a mistake goes into `corrected`.",
        warning=True,
    ),
    "label-unsure": Rule(
        "批次 {value} 不确定是“{product}”的哪一版，{items}说不准，不印标签。",
        "It is not certain which version of “{product}” lot {value} is ({items_en}): no label is printed.",
        "补上这一批的“{field}”。",
        "Add the lot's `{field_en}`.",
    ),
    "label-no-lot": Rule(
        "“{product}”还没有批次。吃的东西，标签上要有批号和日期，没有印。",
        "“{product}” has no lot yet. A label of food needs a lot and a day, so none was printed.",
        "登记一批再印。手工一件一件做的，不用批次也能印吊牌。",
        "Record a lot first. Crafts made piece by piece get a tag without one.",
    ),
    "harvest-not-made": Rule(
        "批次 {lot} 只写了采收日期 {value}；“{product}”是加工食品，采收的那一天不是做成的那一天，到期日算不出来。",
        "Lot {lot} has a day of harvest only ({value}); “{product}” is processed, and harvest is not making.",
        "补上“生产日期”，采收日期照留。",
        "Add `made_on`; the day of harvest may stay.",
        warning=True,
    ),
    "harvest-later": Rule(
        "批次 {lot} 的采收日期 {value} 晚于生产日期 {made_on}。",
        "Lot {lot} was harvested on {value}, after it was made ({made_on}).",
        "核对两个日期；两列是不是填反了？",
        "Check both days: were the columns mixed up?",
        warning=True,
    ),
    "variant-net": Rule(
        "规格“{name}”和净含量 {net} 对不上：{why}。",
        "The size “{name}” contradicts its net content of {net}: {why_en}.",
        "改名字，或者写上这一种规格自己的“净含量”。",
        "Correct the name, or give this size a `net_content` of its own.",
        warning=True,
    ),
}
