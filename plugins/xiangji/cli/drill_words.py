"""What a recall drill says, in Chinese and English."""

from __future__ import annotations

DRILL_WORDS: dict[str, tuple[str, str]] = {
    "recall-drill": (
        "演练：照真的走一遍，名单和通知都写着“演练”；什么也不改，什么也不公开，只在 products/drills.csv 记一行",
        "a drill: the whole list and notice, marked as one; changes and publishes nothing, and keeps a row in "
        "products/drills.csv",
    ),
    "drill-head": (
        "======== 演练，不是真的召回：什么也没有改，什么也没有公开 ========",
        "======== A drill, no real recall: nothing is changed, nothing is published ========",
    ),
    "drill-write": (
        "演练到这里为止，下面的先不要写。真的召回时：",
        "The drill ends here; write nothing of what follows. In a real recall:",
    ),
    "drill-kept": (
        "演练记在 {place} 里了（不公开）。没有记下的：{missing}。谁参加、用了多久、学到什么，请在那一行补上。",
        "The drill is kept in {place}, which is not published. Not recorded: {missing}. Please add there who took "
        "part, how long it took and what you learnt.",
    ),
}
