"""What is said where a command would write over what it did not write, in Chinese and English."""

from __future__ import annotations

WRITTEN_WORDS: dict[str, tuple[str, str]] = {
    "written-link": (
        "{place} 是链接，不顺着它写。什么也没有写。换成真的文件夹（文件），或者用 --out 写到别处。",
        "{place} is a link, which is not written through. Nothing was written. Put a real folder (file) there, or "
        "choose another place with --out.",
    ),
    "written-kind": (
        "{place} 挡在那里：该是文件夹的不是文件夹，该是文件的不是文件。什么也没有写。把它挪开，再来一次。",
        "{place} is in the way: a file where a folder must be, or no plain file at all. Nothing was written. Move it "
        "and try again.",
    ),
    "written-closed": (
        "{place} 是只读的，有人不让改。什么也没有写。去掉它的“只读”，再来一次。",
        "{place} is read-only: somebody closed it. Nothing was written. Make it writable and try again.",
    ),
    "written-out": (
        "{place} 是链接，通到这个村子的内容外面，不顺着它写。什么也没有写。换成真的文件，再来一次。",
        "{place} is a link that leads out of this village's content, and is not written through. Nothing was "
        "written. Put a real file there and try again.",
    ),
    "written-theirs": (
        "{out} 里有 {count} 个同名的文件，不是乡记写的，或者写好以后有人改过，什么也没有写：\n{names}\n"
        "要留就挪到别处，不要就删掉，再来一次；或者用 --out 写到另一个文件夹。（旧版乡记没有记下写过什么，也这样办。）",
        "In {out}, {count} file(s) of the same name are not Xiangji's, or were changed since. Nothing was written:\n"
        "{names}\nMove or delete them and try again, or choose another folder with --out. (Older versions of Xiangji "
        "kept no record of what they wrote: do the same.)",
    ),
    "not-new": (
        "{out} 里已经有东西，或者有人正往里写。什么也没有盖掉。换一个新的文件夹。",
        "{out} holds something already, or somebody is writing there. Nothing was replaced. Choose a new folder.",
    ),
    "undo": (
        "撤回上一次 --write：文件变回写以前的样子",
        "take the last --write back: files become what they were before it",
    ),
    "undo-alone": (
        "--undo 要单独用，不和 --write、--diff、表格一起写。",
        "Use --undo alone, without --write, --diff or a table.",
    ),
    "import-no-argument": (
        "还要写上表格的文件名。",
        "Missing the table's file name.",
    ),
    "undo-not-kept": (
        "没有地方记下原来的样子（个人文件夹写不进去），所以什么也没有写。用 Git 存一下，或者设好 XDG_STATE_HOME，再来一次。",
        "There is no place to keep what was there before (your own folder cannot be written), so nothing was written. "
        "Set XDG_STATE_HOME to a folder and try again.",
    ),
    "undo-none": (
        "没有可以撤回的：还没有写过，或者已经撤回了。",
        "There is nothing to take back: nothing was written yet, or it was taken back already.",
    ),
    "undo-back": ("{path}：变回写以前的样子", "{path}: as it was before"),
    "undo-gone": ("{path}：是那次新写的，删掉了", "{path}: was new then, and is gone"),
    "undo-same": ("{path}：本来就是写以前的样子", "{path}: is as it was before"),
    "undo-changed": (
        "{path}：写好以后又有人改过，没有动",
        "{path}: was changed since, and is left alone",
    ),
    "undo-refused": (
        "{path}：不能写在那里，没有动",
        "{path}: must not be written, and is left alone",
    ),
    "undo-done": (
        "撤回了 {count} 个文件，{left} 个没有动。",
        "{count} file(s) taken back, {left} left alone.",
    ),
    "publish-take-over": (
        "同名的别人的文件也换掉；先留一份，--back 能换回来",
        "replace files of others, too; they are kept for --back",
    ),
    "publish-back": (
        "换回上一次放的网站；再来一次，又换回来",
        "bring the publication before this one back; a second time, this one again",
    ),
    "publish-theirs": (
        "那里有 {count} 个文件不是乡记放的，或者放好以后有人改过，什么也没有动：\n{names}\n"
        "要留，先挪到别处。可以换掉，就加上 --take-over 再来一次：会先留一份，--back 能换回来。",
        "{count} file(s) there are not Xiangji's, or were changed since. Nothing was touched:\n{names}\n"
        "Move what you want to keep. To replace them, run it again with --take-over: they are kept first, and --back "
        "brings them back.",
    ),
    "publish-in-the-way": (
        "那里有东西挡着（链接、文件夹、只差大小写的名字），不顺着写，也不顺着删。什么也没有动：\n{names}\n"
        "把它们挪开，再来一次。",
        "There are things in the way (links, folders, names in other letter case), which are neither written nor "
        "deleted through. Nothing was touched:\n{names}\nMove them and try again.",
    ),
    "publish-back-none": (
        "那里没有上一次可以换回：只放过一次，或者上一次是旧版乡记放的。什么也没有动。",
        "There is no publication before this one to bring back: it is the first, or an older Xiangji kept nothing. "
        "Nothing was touched.",
    ),
    "publish-back-lost": (
        "上一次的文件不全了，换不回去，什么也没有动：\n{names}\n把旧的内容找回来，再 xiangji build、xiangji publish。",
        "Files of the publication before this one are lost, so it cannot come back. Nothing was touched:\n{names}\n"
        "Get the old content back, then `xiangji build` and `xiangji publish`.",
    ),
    "publish-back-from": (
        "--back 换回那里留着的，不和 --from 一起用。",
        "--back brings back what was kept there; do not use --from with it.",
    ),
    "publish-back-said": (
        "换回上一次放的网站：",
        "Bringing the publication before this one back:",
    ),
}
