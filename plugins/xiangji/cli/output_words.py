"""What commands that write a whole folder say of what others left there, in Chinese and English."""

from __future__ import annotations

OUTPUT_WORDS: dict[str, tuple[str, str]] = {
    "output-kept": (
        "{out} 里有不是乡记写的文件，都留着：{names}。要跟着网站走的，放进 {docs} 文件夹才稳当。",
        "{out} holds files that no build wrote; they were kept: {names}. Files that belong to the site belong into {docs}.",
    ),
    "output-saved": (
        "{out} 里有人改过的、或者占了网页位置的文件，换新以前存到了 {into}：{names}。网页要改，改村子里的内容。",
        "Files in {out} that somebody changed, or that stood where a page goes, were saved to {into} before they were "
        "replaced: {names}. To change a page, change the village's content.",
    ),
    "output-aside": (
        "原来的 {out} 说不准是谁写的，没有删，改名叫 {into}。看过不要了，自己删。",
        "Nobody knows who wrote the {out} that was there, so it was not deleted but renamed {into}. Delete it yourself when "
        "you have looked.",
    ),
    "output-more": ("{names}，一共 {count} 个", "{names} … {count} in all"),
}
