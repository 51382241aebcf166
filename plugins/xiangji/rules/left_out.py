"""Files that nobody reads."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    "file-name": Rule(
        "文件叫“{value}”，没有读：{folder} 里要的是 {better}。",
        "The file “{value}” was not read: {folder} needs {better}.",
        "{do}",
        "{do_en}",
        warning=True,
    ),
    "folder-link": Rule(
        "“{value}”是一个链接，指到村子外面，或者指回它自己所在的文件夹，没有跟进去。",
        "“{value}” is a link that leads out of the village, or back to a folder that it lies in; it was not followed.",
        "把真正的文件夹放进来，再删掉这个链接（快捷方式）。",
        "Put the real folder here and remove the link.",
        warning=True,
    ),
    "file-orphan": Rule(
        "“{value}”没有读：{folder} 里没有 product.yml，不知道是哪个产品的批次。",
        "“{value}” was not read: {folder} has no product.yml that says which product it is.",
        "在 {folder} 里写一个 product.yml，最少两行：名称、类型。",
        "Write {folder}/product.yml, at least `name` and `kind`.",
        warning=True,
    ),
    "file-unread": Rule(
        "“{value}”没有读：在 {folder} 里不认得这个文件。这里读的是：{known}。",
        "“{value}” was not read: it is not known in {folder}. What is read here: {known}.",
        "写错了名字、放错了地方，就改过来；自己留着看的，文件名前面加 _ ，或者挪到别的文件夹。",
        "Correct its name or place; if it is only for yourselves, begin its name with _ or keep it elsewhere.",
        warning=True,
    ),
    "file-kept": Rule(
        "{folder} 里有 {count} 个文件没有读：{value}。",
        "{count} files in {folder} were not read: {value}.",
        "网站上不会有它们。要公开的写进记录里；自己留着看的，文件名前面加 _ 就不再提。",
        "They are not on the site. Write into a record what is to be public; names that begin with _ are not mentioned.",
        hint=True,
    ),
    "media-unused": Rule(
        "{folder} 里有 {count} 个图片或者录音没有用上：{value}。",
        "{count} pictures or recordings in {folder} are not used: {value}.",
        "哪条记录要用，就在那里写上文件名；名字写错了一个字也会这样。不用的，文件名前面加 _ 就不再提。",
        "Name each in the record that shows it; names that begin with _ are not mentioned.",
        hint=True,
    ),
    "reading-missing": Rule(
        "reading 写的“{value}”不是 {docs}/ 里的文件夹。",
        "`reading` names “{value}”, which is no folder in {docs}/.",
        "{near}写 {docs}/ 里的一个文件夹名，例如 handbook；或者删掉这一行。",
        "{near_en}Name a folder of {docs}/, such as handbook; or remove this line.",
    ),
    "nav-missing": Rule(
        "栏目里的“{value}”没有这个页面。",
        "There is no page “{value}” for this entry of the navigation.",
        "{near}写了名字还没有写页面的，先在 {docs} 里写一个；不要了的，删掉这一行。",
        "{near_en}Write the page in {docs}, or remove this line.",
        warning=True,
    ),
}
