"""What the records say together: dates, states, quantities, evidence."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    # --- meaning -----------------------------------------------------------------------------------
    "site-url-missing": Rule(
        "mkdocs.yml 里没有 site_url，二维码没有地址可写，所以一个也没有生成。",
        "mkdocs.yml has no site_url, so no code was made: it could lead nowhere.",
        "写上网站将来的地址，例如 site_url: https://example.cn/。印标签以前必须定下来。",
        "Write the site's address, such as site_url: https://example.cn/, before you print.",
        warning=True,
    ),
    "site-url-bad": Rule(
        "site_url“{value}”不是完整的网址。",
        "site_url “{value}” is not a full web address.",
        "从 https:// 写起，例如 https://example.cn/。",
        "Begin with https://, such as https://example.cn/.",
    ),
    "site-url-domain": Rule(
        "site_url“{value}”里有中文域名，二维码里不能这样写。",
        "site_url “{value}” holds a domain that is not ASCII.",
        "换成它的英文写法：{better}",
        "Write its ASCII form: {better}",
    ),
    "status-reason": Rule(
        "批次 {lot} 已{status}，但没有写原因。",
        "Lot {lot} is {status_en} without a reason.",
        "补上“原因”。买到的人第一个想知道的就是为什么。",
        "Add `reason: …`; it is the first thing a buyer wants to know.",
    ),
    "status-contradicts": Rule(
        "批次 {lot} 写着“正常”，可是{layer}的结果是“不合格”。",
        "Lot {lot} says normal, but the {layer_en} inspection failed.",
        "先弄清楚：改成停售或召回并写原因，或者改正检验记录。",
        "Find out first: set it on hold or recall it, or correct the inspection.",
    ),
    "event-order": Rule(
        "“{event}”在 {at}，早于前一步“{before}”。",
        "“{event}” at {at} comes before the step listed above it, “{before}”.",
        "核对日期，或者把这一步挪到前面。",
        "Check the dates, or move the step.",
        warning=True,
    ),
    "date-future": Rule(
        "“{field}”是 {value}，还没有到。",
        "“{field}” is {value}, which has not come yet.",
        "核对年份。发生过的事才记。",
        "Check the year. Record what has happened.",
        warning=True,
    ),
    "input-later": Rule(
        "用料批次 {input} 做于 {value}，晚于这一批（{made_on}）。",
        "The input lot {input} was made on {value}, after this one ({made_on}).",
        "核对两个批次的日期。",
        "Check the dates of both lots.",
    ),
    "input-cycle": Rule(
        "批次 {lot} 绕了一圈用到了自己：{path}。",
        "Lot {lot} goes round into itself: {path}.",
        "改正用料批次。",
        "Correct the input lots.",
    ),
    "input-exceeded": Rule(
        "批次 {lot} 一共 {whole}，却用去了 {total}：{users}。",
        "Lot {lot} holds {whole}, but {total} of it were used: {users}.",
        "核对这一批的数量，和用到它的各批里“经过”的数量；是不是写错了批号？",
        "Check the quantity of this lot and those in the events of its users; or was the lot mixed up?",
        warning=True,
    ),
    "harvest-early": Rule(
        "批次 {lot} 在 {day} 采收（出栏），可是“{name}”最后一次用在 {last}，安全间隔期 {interval} 天还没有过。",
        "Lot {lot} was harvested on {day}, but “{name}” was last used on {last}: its interval of {interval} days was not over.",
        "先核对日期。日期没有错，这一批就不能卖：{first} 以前采收的，停售并告诉合作社。",
        "Check the dates first. If they are right, what was harvested before {first} must not be sold.",
    ),
    "expiry-unknown": Rule(
        "批次 {lot} 没有写生产日期，到期日算不出来（保质期 {life}）。",
        "Lot {lot} has no day of making, so its expiry (shelf life {life}) cannot be computed.",
        "补上“生产日期”。实在查不到，这一批就不要再卖。",
        "Add `made_on`. If it cannot be found out, do not sell the lot any more.",
        warning=True,
    ),
    "telling-long": Rule(
        "“{field}”有 {found} 个字，超过 {limit} 个。",
        "“{field}” has {found} characters, more than {limit}.",
        "改短一些，标签上才排得下。",
        "Shorten it, so that it fits the label.",
    ),
    "outline-missing": Rule(
        "卡片 {card} 是“概述”，但没有写概述。",
        "Card {card} is outline only, but has no outline.",
        "补上“概述”，写可以公开的那一句；或者改成保密。",
        "Add `outline: …` with what may be told, or make it secret.",
    ),
    "document-source": Rule(
        "“{value}”的证据是文献，但没有写来源。",
        "“{value}” claims a document as evidence but names no source.",
        "补上“来源”；没有出处就把证据改成待核实。",
        "Add `sources: …`, or change the evidence to unverified.",
    ),
    "sample-unmarked": Rule(
        "整个村子标着示例，这一条却没有写“示例: 是”，也没有来源。",
        "The village is a sample, but this entry is neither marked sample nor sourced.",
        "写上 示例: 是；是真事就写来源。",
        "Add `sample: yes`, or give its source.",
        warning=True,
    ),
    "private-number": Rule(
        "这里有一个{kind}：{value}。谁扫码都看得到。",
        "This holds {kind_en}: {value}. Whoever scans a code can read it.",
        "删掉它。对外的电话写到“电话”或者“渠道”里；身份证号、银行卡号哪里都不写。",
        "Remove it. A number to call has a field of its own; identity and bank numbers have none.",
        warning=True,
        stops_next=True,
    ),
    "private-leak": Rule(
        "这里写了不公开的内容：“{value}”（{what}）。",
        "This holds what is not to be published: “{value}” ({what_en}).",
        "删掉这几个字；或者先取得同意，记到 stories/people.yml 里。",
        "Remove it; or obtain consent first and record it in stories/people.yml.",
    ),
    "recall-advice": Rule(
        "批次 {lot} 已召回，但没有写买到的人该怎么办。",
        "Lot {lot} is recalled, but nothing says what buyers should do.",
        "补上“怎么办”，例如：不要吃，打电话退款。",
        "Add `advice`, such as: do not eat it; call for a refund.",
        warning=True,
    ),
    "variant-unknown": Rule(
        "批次 {lot} 的规格“{value}”，产品里没有。",
        "The variant “{value}” of lot {lot} is not one of its product's.",
        "{near}产品里的规格：{known}。",
        "{near_en}The product's variants: {known}.",
        warning=True,
    ),
    "family-unknown": Rule(
        "没有叫“{value}”的页面插件。",
        "There is no page family “{value}”.",
        "{near}已装的：{known}。",
        "{near_en}Installed: {known}.",
    ),
    "contrast-low": Rule(
        "颜色“{field}” {value} 在 {ground} 上对比度只有 {ratio}，老人看不清。",
        "The colour “{field}” {value} on {ground} has a contrast of only {ratio}.",
        "至少要 4.5。最接近的可用颜色：{better}",
        "It needs 4.5. The nearest colour that passes: {better}",
        warning=True,
    ),
    "markdown-link": Rule(
        "链接“{value}”指到的页面不存在。",
        "The link “{value}” leads to a page that does not exist.",
        "{near}检查文件名。链接从这个文件算起，例如 ../larou/story.md、../../products/larou/product.yml、about.md；网址从 https:// 写起。",
        "{near_en}Check the file name. Links start at this file, such as ../larou/story.md or about.md; web addresses begin with https://.",
    ),
    "markdown-anchor": Rule(
        "链接“#{value}”要跳到的地方，这一页上没有。",
        "The link “#{value}” leads to a place that this page does not have.",
        "{near}写成标题的样子：## 怎么做，链接就是 #怎么做；或者删掉这个链接。",
        "{near_en}Name a heading: `## Making` is #making; or remove the link.",
        warning=True,
    ),
    "markdown-heavy": Rule(
        "这一段太长、符号太多，或者列表、引用、方框套得太深。",
        "This part is too long, has too many signs, or lists, quotations and boxes nested too deep.",
        "分成几段；列表最多套十二层。",
        "Divide it; nest lists no deeper than twelve.",
    ),
    "block-target": Rule(
        "{value}：这里没有“{words}”。",
        "{value}: there is no “{words}” here.",
        "故事里的卡片要先列在开头的“卡片”里；产品写它的文件夹名。",
        "A story's cards must be listed under `cards` on top; a product goes by its folder's name.",
    ),
    "block-unknown": Rule(
        "没有叫“{value}”的内容块。",
        "There is no block “{value}”.",
        "{near}可以写：{known}。",
        "{near_en}Known: {known}.",
    ),
    # --- what needs evidence -----------------------------------------------------------------------
    "claim-unproved": Rule(
        "“{value}”像是在断言（{reason}），可是没有写证据。",
        "“{value}” seems to assert something ({kind}), but no evidence is given.",
        "把这句话照抄进“断言”，写上证据和来源；还没查到就写“待核实”；只是平常话就抄进“平常话”。",
        "Copy the sentence into `claims` with its evidence (unverified counts), or into `ordinary`.",
        warning=True,
    ),
    "claim-absent": Rule(
        "“{field}”里的“{value}”，文章里找不到这句话。",
        "“{value}” in `{field_en}` is not said anywhere in the text.",
        "照文章里的字改；文章里删掉了，这一条也删掉。可以只抄半句，省去的地方写……。",
        "Write it as the text does, or remove it; what is left out between is written …….",
        warning=True,
    ),
}
