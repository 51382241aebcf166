"""Files, YAML and front matter: whether a file can be read at all."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    # --- files -------------------------------------------------------------------------------------
    "file-encoding": Rule(
        "这个文件不是 UTF-8 编码，看起来是 {encoding}。",
        "This file is not UTF-8; it looks like {encoding}.",
        "在编辑器里“另存为”，编码选 UTF-8。",
        "Save it again with the encoding UTF-8.",
    ),
    "file-size": Rule(
        "文件有 {size}，超过了 {limit}。",
        "The file is {size}, larger than {limit}.",
        "记录文件不该这么大：检查是不是放错了文件，或者把它拆开。",
        "A record is never this large: check for a misplaced file, or split it.",
    ),
    "file-unreadable": Rule(
        "读不了这个文件：{why}。",
        "This file cannot be read: {why_en}.",
        "检查文件是否还在、有没有读取权限。",
        "Check that it exists and may be read.",
    ),
    "file-outside": Rule(
        "“{value}”指到了内容文件夹外面。",
        "“{value}” leads out of the content folders.",
        "把真正的文件放进来，不要用快捷方式或链接。",
        "Put the real file here instead of a link.",
    ),
    "file-missing": Rule(
        "找不到文件“{value}”。",
        "There is no file “{value}”.",
        "路径从这个文件所在的文件夹算起；相近的有：{near}。",
        "Paths start at this file's folder; near names: {near}.",
    ),
    "picture-unreadable": Rule(
        "“{value}”不是能用的图片：{why}。",
        "“{value}” is not a usable picture: {why_en}.",
        "换成 JPEG、PNG、WebP 或干净的 SVG。",
        "Use a JPEG, PNG, WebP or clean SVG.",
    ),
    "picture-heic": Rule(
        "“{value}”是苹果手机的 HEIC 格式，浏览器打不开。",
        "“{value}” is in the iPhone's HEIC format, which browsers do not show.",
        "在手机的“设置、相机、格式”里选“兼容性最佳”再拍；"
        "已经拍好的，在电脑上打开，另存为 JPEG。只改文件名的尾巴没有用。",
        "Open it and save it as JPEG; renaming alone does not help.",
    ),
    # --- YAML --------------------------------------------------------------------------------------
    "yaml-syntax": Rule(
        "这里的 YAML 读不懂：{why}。",
        "This YAML cannot be read: {why_en}.",
        "看这一行和上一行：缩进对不对，冒号后面有没有空格，引号有没有成对。",
        "Look at this line and the one before: indent, a blank after the colon, paired quotes.",
    ),
    "yaml-colon": Rule(
        "“{value}”用了中文冒号“：”。",
        "“{value}” uses a full-width colon.",
        "改成英文冒号，后面空一格：{better}",
        "Use an ASCII colon followed by a blank: {better}",
    ),
    "yaml-colon-space": Rule(
        "“{value}”的冒号后面少了一个空格。",
        "The colon in “{value}” needs a blank after it.",
        "改成：{better}",
        "Write: {better}",
    ),
    "yaml-two-colons": Rule(
        "“{value}”一行里有两个英文冒号。",
        "“{value}” holds two colons in one line.",
        "内容里的冒号用中文的，或者给内容加上英文双引号：{better}",
        "Put the value into quotes: {better_en}",
    ),
    "yaml-no-colon": Rule(
        "“{value}”这一行少了冒号。",
        "“{value}” lacks its colon.",
        "名字后面写英文冒号，再空一格：{better}",
        "Write a colon and a blank after the name: {better}",
    ),
    "yaml-quote": Rule(
        "“{value}”：引号从这里打开，没有合上。",
        "“{value}”: the quote that opens here is never closed.",
        "在这一行的末尾补上一样的引号，或者把引号去掉。",
        "Close it at the end of this line, or take it away.",
    ),
    "yaml-quote-rest": Rule(
        "“{value}”：引号合上以后，后面还有字。",
        "“{value}”: there are words after the closing quote.",
        "内容里的引号用中文的：{better}",
        "Use typographic quotes inside the value: {better}",
    ),
    "yaml-backslash": Rule(
        "“{value}”：双引号里的反斜杠 \\ 有别的意思。",
        "“{value}”: a backslash inside double quotes has another meaning.",
        "换成 /：{better}",
        "Use /: {better}",
    ),
    "yaml-indent": Rule(
        "“{value}”的缩进和上下对不齐：前面有 {blanks} 个空格。",
        "“{value}” is not in line with its neighbours: {blanks} blanks stand before it.",
        "同一层的行，前面的空格要一样多：和上面同一层的那一行对齐。",
        "Lines of one level begin after the same number of blanks: align it with them.",
    ),
    "yaml-hash": Rule(
        "“{value}”前面没有引号，被当成了备注，这里等于没有写。",
        "“{value}” is not in quotes, so YAML takes it for a comment and the value is empty.",
        "加上英文双引号：{better}",
        "Put it into quotes: {better}",
        warning=True,
    ),
    "yaml-tab": Rule(
        "这一行用制表符（Tab）缩进。",
        "This line is indented with a tab.",
        "换成空格：每缩进一层用两个空格。",
        "Use blanks: two for each level.",
    ),
    "yaml-character": Rule(
        "这里有看不见的字符 {value}。",
        "There is an invisible character {value} here.",
        "删掉它重新输入；多半是从别处复制时带进来的。",
        "Delete it and type again; it usually comes with pasted text.",
    ),
    "yaml-duplicate": Rule(
        "“{key}”在这一段里写了两次，第一次在第 {line} 行。",
        "“{key}” stands twice in this part, first on line {line}.",
        "留一个，删一个。",
        "Keep one of them.",
    ),
    "yaml-forbidden": Rule(
        "这里用了 YAML 的{what}，内容文件里不用它。",
        "YAML's {what_en} is not used in content files.",
        "直接写出内容；如果文字本身以 {sign} 开头，给它加上英文引号。",
        "Write the value itself; quote a text that begins with {sign}.",
    ),
    "yaml-deep": Rule(
        "缩进嵌套超过了 {limit} 层。",
        "Nesting is deeper than {limit} levels.",
        "检查缩进；记录没有这么多层。",
        "Check the indent; no record is this deep.",
    ),
    "yaml-documents": Rule(
        "一个文件里有两份文档（中间有一行 ---）。",
        "There are two documents in one file (a line ---).",
        "删掉多余的 ---，或者拆成两个文件。",
        "Remove the extra ---, or split the file.",
    ),
    "front-matter": Rule(
        "故事开头缺少用两行 --- 夹着的信息。",
        "The story does not begin with facts between two lines ---.",
        "第一行写 ---，接着写 题目: …，再写一行 ---，然后是正文。",
        "Begin with ---, then `title: …`, then ---, then the text.",
    ),
    "merge-conflict": Rule(
        "这里留着合并冲突的标记：{marks}。",
        "Merge-conflict marks were left here: {marks_en}.",
        "在两个版本里选一个，再把标记的行删掉。",
        "Choose one of the two versions and delete the lines of the marks.",
    ),
}
