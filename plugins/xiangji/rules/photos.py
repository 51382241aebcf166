"""Photos: hints for volunteers."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    "photo-small": Rule(
        "这张照片只有 {size} 像素，做{where}至少要 {needs}，不然是糊的。",
        "This photo has {size} pixels; {where_en} needs {needs}.",
        "找原图：手机相册里的那一张，不要微信里转过的、网页上存下来的、截屏的。"
        "发的时候勾上“原图”，或者用数据线拷。",
        "Use the original from the phone, not a forwarded copy or a screenshot.",
        hint=True,
    ),
    "photo-dark": Rule(
        "这张照片太暗，大部分地方看不清。",
        "This photo is so dark that most of it cannot be made out.",
        "搬到门口或者窗边，人和东西朝着光，再拍一张；不要背对着窗子拍。"
        "拍不了了，就在手机相册的“编辑”里把亮度调高，另存一张。",
        "Take it again near a door or window, facing the light; or raise the brightness.",
        hint=True,
    ),
    "photo-bright": Rule(
        "这张照片太亮，有 {share}% 的地方白成一片。",
        "This photo is too bright: {share}% of it is plain white.",
        "拍的时候在屏幕上点一下最亮的地方，再往下滑，让它暗一点；不要在正午的太阳底下拍。"
        "白掉的地方修不回来，要重拍。",
        "Take it again: tap on the brightest part first, and keep out of the midday sun.",
        hint=True,
    ),
    "photo-blurred": Rule(
        "这张照片是糊的，没有一处清楚。",
        "This photo is blurred: nothing in it is sharp.",
        "先擦一擦镜头。两只手拿稳，在屏幕上点一下要拍的东西，等它变清楚再按。"
        "同一样东西多拍几张，挑最清楚的。",
        "Wipe the lens, hold the phone with both hands, tap on the subject, and choose the best.",
        hint=True,
    ),
    "photo-upside-down": Rule(
        "这张照片可能是倒的：{why}。",
        "This photo may be upside down: {why_en}.",
        "在网页上看一眼。倒了，就在手机相册的“编辑”里转两次，保存，换上新的。"
        "没有倒，也在“编辑”里保存一次，或者在电脑上另存一张。",
        "Look at the page. If so, turn it in the phone's editor and save; if not, save it anew.",
        hint=True,
    ),
    "photo-degraded": Rule(
        "这张照片里细小的点和纹理太多：做{where}（{size} 像素），压到 {ceiling} KB 以内，{how}。",
        "This photo is too busy for {where_en} ({size} px): to stay within {ceiling} KB, {how_en}.",
        "换一张背景干净的：离近一点，不要拍满地的石子、草叶；光线亮的时候拍，不要用夜景和放大。"
        "页面要让信号不好的手机也打得开，所以不能更大。",
        "Choose one with a plain background and more light; pages must open on a weak signal.",
        hint=True,
    ),
    "folder-name": Rule(
        "名字“{value}”不能做网址。",
        "The name “{value}” cannot be an address.",
        "只用小写字母、数字和短横，例如 laziji。名字印上标签以后就不能再改。",
        "Use lower-case letters, digits and hyphens; it is printed, so choose it for good.",
    ),
    "brand-missing": Rule(
        "还没有品牌文件 products/brand.yml，网站先叫“{value}”。",
        "There is no brand file products/brand.yml yet; the site goes by “{value}”.",
        "写一个，最少一行：名称: 我们村。电话、合作社、地点也写在那里。",
        "Write one, at least `name: …`; telephone, cooperative and places stand there as well.",
        warning=True,
    ),
    "village-empty": Rule(
        "这里没有品牌文件 products/brand.yml。",
        "There is no brand file products/brand.yml here.",
        "先写一个，最少一行：名称: 我们村。或者用 xiangji new 建一个新村子。",
        "Write one, at least `name: …`; or start with `xiangji new`.",
    ),
}
