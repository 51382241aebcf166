"""What `xiangji publish` says, in Chinese and English."""

from __future__ import annotations

PUBLISH_WORDS: dict[str, tuple[str, str]] = {
    "publish": (
        "把生成好的网站放到网上：一个文件夹，或者 s3://桶/路径；只传变了的",
        "bring the built site to a folder or s3://bucket/path; only what changed goes up",
    ),
    "publish-plan": (
        "只说会传什么、删什么、留什么，什么也不写",
        "tell what would go up, go and stay; write nothing",
    ),
    "from": (
        "网站在哪个文件夹；不写就是 mkdocs.yml 里的 site_dir",
        "folder of the built site; default: site_dir of mkdocs.yml",
    ),
    "progress-publish": ("传上去", "uploading"),
    "publish-no-site": (
        "{out} 里没有网站。先运行 xiangji build，再来一次。",
        "There is no site in {out}. Run `xiangji build` first.",
    ),
    "publish-address": (
        "{out} 里的网站是给 {other} 生成的，mkdocs.yml 里的 site_url 是 {own}。"
        "页面和码里的地址会不对，所以什么也没有传。重新运行 xiangji build，再来一次。",
        "The site in {out} was built for {other}, but site_url is {own}. Pages and codes would hold the "
        "wrong address, so nothing was uploaded. Run `xiangji build` and try again.",
    ),
    "publish-same": (
        "{target} 和网站的文件夹 {out}、村子的文件夹套在一起，不能放在那里。换一个地方。",
        "{target} overlaps with the site's folder {out} or the village's. Choose another place.",
    ),
    "publish-other": (
        "那里放的是另一个网站：{other}（这个村子的是 {own}）。什么也没有动。\n"
        "看看地方写对没有。真是同一个网站换了地址，就删掉那里的 .xiangji/published.json，再来一次："
        "会全部重传，旧的一个也不删。",
        "Another site is published there: {other} (this village: {own}). Nothing was touched.\n"
        "Check the place. If it is this site under a new address, delete .xiangji/published.json there "
        "and try again: everything goes up anew and nothing old is deleted.",
    ),
    "publish-newer": (
        "那里的网站是更新的乡记放的，这个版本看不懂它的记录。先升级：pip install -U xiangji。什么也没有动。",
        "A newer Xiangji published there, and this one cannot read its record. Upgrade first: "
        "pip install -U xiangji. Nothing was touched.",
    ),
    "publish-moving": (
        "传的时候，{out} 里的文件变了。等生成完，再运行一次 xiangji publish。",
        "Files in {out} changed while they were uploaded. Run `xiangji publish` again when the build "
        "has ended.",
    ),
    "publish-busy": (
        "还有人正往那里放网站，这一次停下了。等那边放完，再运行一次 xiangji publish。",
        "Somebody else is publishing there, so this stopped. Run `xiangji publish` again when they have "
        "ended.",
    ),
    "publish-driver": (
        '放到 {target} 要多装一组软件：pip install "xiangji[publish]"。（{why}）',
        'Publishing to {target} needs a few more packages: pip install "xiangji[publish]". ({why})',
    ),
    "publish-failed": (
        "{target} 出了问题：{why}\n传好的已经记下。解决以后，再运行一次同样的命令，会接着传。",
        "{target} failed: {why}\nWhat went up is remembered. Run the same command again to go on.",
    ),
    "publish-unreached": (
        "到不了 {target}：{why}\n看看地方写对没有，账号和密钥设好没有（见手册“放到网上”）。什么也没有传。",
        "Cannot reach {target}: {why}\nCheck the address and the credentials. Nothing was uploaded.",
    ),
    "publish-register": (
        "内容有错误，说不准哪些码印过、哪些页面不能动，所以什么也没有传。改好上面的错误，再来一次。",
        "With errors in the content it is uncertain which codes are out and what must stay, so nothing "
        "was uploaded. Correct the errors above and try again.",
    ),
    "publish-none": (
        "那里没有乡记的发布记录，所以一样的不传，什么也不删。",
        "Nothing there was published by Xiangji, so all that differs goes up and nothing is deleted.",
    ),
    "publish-damaged": (
        "那里的发布记录坏了，不信它：不一样的都传，什么也不删。",
        "The record of what was published there is damaged and not believed: all that differs goes "
        "up and nothing is deleted.",
    ),
    "publish-unfinished": (
        "上一次没有传完，这次接着传。",
        "The last time broke off; this goes on.",
    ),
    "publish-read": ("", ""),
    "publish-head-upload": (
        "要传 {count} 个文件，{size}，按这个次序：",
        "To upload: {count} file(s), {size}, in this order:",
    ),
    "publish-head-delete": (
        "传完以后要删 {count} 个，新网站里没有了：",
        "To delete after that: {count} file(s) that the new site lacks:",
    ),
    "publish-head-kept": (
        "新网站里没有、但是留着的 {count} 个：",
        "To stay though the new site lacks them: {count} file(s):",
    ),
    "publish-head-lacking": (
        "登记过的码里，{count} 个没有页面，扫了打不开：",
        "Printed codes without a page, neither in the site nor there: {count}:",
    ),
    "publish-lacking-remedy": (
        "先运行 xiangji check，看它怎么说；再 xiangji build、xiangji publish。",
        "Run `xiangji check` and see what it says; then `xiangji build` and `xiangji publish`.",
    ),
    "publish-kept-remedy": (
        "留着的页面还是以前的样子。要换掉：在 products/codes.csv 里写上“转向”或者“停用”，"
        "再 xiangji build、xiangji publish。",
        "They still show what they showed then. To replace them, write 转向 or 停用 in products/codes.csv, "
        "then `xiangji build` and `xiangji publish`.",
    ),
    "publish-why-new": ("新的", "new"),
    "publish-why-changed": ("改了", "changed"),
    "publish-why-lost": ("那里不见了", "is gone there"),
    "publish-why-over": (
        "换掉那里同名的，留了一份",
        "replaces a file that we did not publish, which is kept",
    ),
    "publish-why-unfinished": ("上次没传完", "broke off the last time"),
    "publish-kept-code": ("印出去的码要用", "a printed code needs it"),
    "publish-kept-once": (
        "以前登记过的码要用（现在的登记里没有了）",
        "a code needs it that the register once had",
    ),
    "publish-kept-sheet": (
        "没有二维码登记，说不准这一批的码印过没有",
        "no register of codes: this lot's code may have been printed",
    ),
    "publish-kept-shown": ("{by} 要用", "{by} needs it"),
    "publish-unchanged": ("没有变的 {count} 个，不传。", "Unchanged: {count} file(s)."),
    "publish-foreign": (
        "那里还有 {count} 个不是乡记放的文件，不动。",
        "{count} file(s) there are not ours and are left alone.",
    ),
    "publish-planned": (
        "什么也没有写。没有问题，就去掉 --plan 再来一次。",
        "Nothing was written. If all is well, run it again without --plan.",
    ),
    "publish-nothing": (
        "{target} 已经是最新的，没有要传的。",
        "{target} is up to date.",
    ),
    "publish-done": (
        "放好了：{target}，传了 {count} 个文件（{size}），删了 {deleted} 个，没有变的 {unchanged} 个。",
        "Published to {target}: {count} file(s) up ({size}), {deleted} deleted, {unchanged} unchanged.",
    ),
}
