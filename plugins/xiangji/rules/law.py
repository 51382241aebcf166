"""Advertising, labels and numbers: “looks wrong, ask”, never “compliant”."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    # --- advertising and food law: “looks wrong, ask”, never “compliant” ---------------------------
    "advert-ban": Rule(
        "“{value}”看起来不妥，请问一问：{note}。（{law}，{article}）",
        "“{value}” looks wrong, ask: {note_en}. ({law_en}, {article_en}.)",
        "换个说法。问过、有依据的，在“放行”里写上词、条款和依据。查的是 {date} 的文本。",
        "Say it another way, or add `lint_allow` with term, clause and proof. (Text of {date}.)",
    ),
    "advert-caution": Rule(
        "“{value}”看起来不妥，请问一问：{note}。（{law}，{article}）",
        "“{value}” looks wrong, ask: {note_en}. ({law_en}, {article_en}.)",
        "换个说法。问过、有依据的，在“放行”里写上词、条款和依据。查的是 {date} 的文本。",
        "Say it another way, or add `lint_allow` with term, clause and proof. (Text of {date}.)",
        warning=True,
    ),
    "advert-evidence": Rule(
        "“{value}”要有出处，请问一问：{note}。（{law}，{article}）",
        "“{value}” needs a source, ask: {note_en}. ({law_en}, {article_en}.)",
        "把这句话写进“断言”并写来源，或者写上证书；再不然换个说法。查的是 {date} 的文本。",
        "Put the sentence into `claims` with sources, or record the certificate. (Text of {date}.)",
        warning=True,
    ),
    "lint-allow-unused": Rule(
        "“放行”里的“{value}”没有用上。",
        "The exception for “{value}” excepts nothing.",
        "词要照正文写；正文里已经没有了，就删掉这一条。",
        "Write the term as the text does, or remove it.",
        warning=True,
    ),
    # --- numbers and labels ------------------------------------------------------------------------
    "licence-format": Rule(
        "许可证号“{value}”不像食品生产许可证编号。",
        "“{value}” does not look like a food production licence.",
        "照证书写：SC 加 14 位数字。小作坊登记号不是这个样子，生产者的类型要写“小作坊”。",
        "Write SC and 14 digits; a small workshop's number needs a maker of that kind.",
        warning=True,
    ),
    "licence-check-digit": Rule(
        "许可证号“{value}”的最后一位对不上，可能抄错了一位。",
        "The last digit of licence “{value}” does not agree; one digit may be wrong.",
        "对着证书再看一遍。证书上就是这样，也有可能，问一问发证的部门。",
        "Compare it with the licence; some real numbers fail, so ask the office that issued it.",
        warning=True,
    ),
    "licence-old": Rule(
        "许可证号“{value}”是旧的 QS 编号，已经不用了。",
        "“{value}” is an old QS number, no longer in use.",
        "换成现在的 SC 编号。",
        "Use the present SC number.",
        warning=True,
    ),
    "credit-code": Rule(
        "统一社会信用代码“{value}”不对：位数、字母或者最后一位对不上。",
        "The credit code “{value}” cannot be: its length, letters or last character do not agree.",
        "对着营业执照抄一遍：18 位，里面没有字母 I、O、S、V、Z。",
        "Copy it from the licence: 18 characters, none of I, O, S, V, Z.",
    ),
    "credit-code-inner": Rule(
        "统一社会信用代码“{value}”里的组织机构代码（第 9 到 17 位）对不上。",
        "The organisation code inside “{value}” (characters 9 to 17) does not agree.",
        "对着营业执照再看一遍。",
        "Compare it with the licence.",
        warning=True,
    ),
    "gtin-check-digit": Rule(
        "商品条码“{value}”不对：位数或者最后一位对不上。",
        "The bar code “{value}” cannot be: its length or its last digit does not agree.",
        "照条码证书写 8、12、13 或 14 位数字。没有领过证的，这一行删掉。",
        "Write the licensed 8, 12, 13 or 14 digits; without a licence remove the line.",
    ),
    "gtin-restricted": Rule(
        "商品条码“{value}”是店里自用的号段（20–29），出了店不作数。",
        "The bar code “{value}” is for use inside one store (prefixes 20–29).",
        "只填从中国物品编码中心领来的条码；没有就删掉这一行。",
        "Use only a GTIN licensed by a GS1 office; otherwise remove the line.",
    ),
    "gtin-prefix": Rule(
        "商品条码“{value}”不是中国物品编码中心发的号段（680–699）。",
        "The bar code “{value}” has no prefix of mainland China (680–699).",
        "确认是不是自己领的条码；不能借用别人的。",
        "Make sure that it is your own licence; a GTIN cannot be borrowed.",
        warning=True,
    ),
    "gtin-twice": Rule(
        "商品条码“{value}”已经用在 {other}。",
        "The bar code “{value}” is already used at {other}.",
        "一个条码只对一种货、一种规格。另一样要另领一个。",
        "A GTIN belongs to one product in one size.",
    ),
    "standard-number": Rule(
        "产品标准“{value}”不像标准代号。",
        "“{value}” does not look like the code of a standard.",
        "照标准封面写，例如 GB/T 20981-2021、DBS52/ 012-2016、Q/ABC 0001S-2024。",
        "Write it as on the standard's cover, such as GB/T 20981-2021 or Q/ABC 0001S-2024.",
        warning=True,
    ),
    "certificate-number": Rule(
        "证书编号“{value}”不对劲，应当是{form}。",
        "The number “{value}” looks wrong: it should be {form_en}.",
        "对着证书再看一遍；有机码可以到 food.cnca.cn 查。",
        "Compare it with the certificate; organic codes are listed at food.cnca.cn.",
        warning=True,
    ),
    "certificate-expired": Rule(
        "“{value}”过期了，可是页面上还写着“{mark}”。",
        "“{value}” has expired, but the texts still say “{mark}”.",
        "换上新证书；没有续证，就把“{mark}”从文字里拿掉。证书这一条可以留着，页面会写“已过期”。",
        "Record the renewed certificate, or take “{mark}” out of the texts.",
        warning=True,
    ),
    "label-field": Rule(
        "“{product}”的标签按 {rules} 还缺：{missing}。",
        "By {rules_en} the label of “{product}” lacks: {missing_en}.",
        "补到产品文件里；地址、联系方式补到 products/brand.yml 的生产者里。没有的先去问，不要编。",
        "Add them to the product, address and telephone to its producer. Ask; do not invent.",
        warning=True,
    ),
    "digital-label-kind": Rule(
        "“{product}”是{kind}，不是吃的，不能做数字标签。",
        "“{product}” is no food, so its sheets cannot be digital food labels.",
        "删掉“数字标签”这一行；页面照平常的批次页来。",
        "Remove the line; its sheets stay as they are.",
        warning=True,
    ),
    "digital-label-date": Rule(
        "“{product}”做了数字标签，批次 {lot} 没有生产日期，到期日也算不出来。",
        "“{product}” has digital labels, but lot {lot} has no day of making, so no expiry either.",
        "补上这一批的生产日期。记不得了就空着，页面上写“未记录”，这一批不要再卖。",
        "Add its day of making. If nobody knows, leave it empty and do not sell the batch.",
        warning=True,
    ),
    "allergen-group": Rule(
        "致敏物质“{value}”没有说是哪一类。",
        "The allergen “{value}” names none of the eight groups.",
        "写明是这八类里的哪一类：{groups}（GB 7718-2025，4.12）。",
        "Name its group: {groups} (GB 7718-2025, 4.12).",
        warning=True,
    ),
    "allergen-unlisted": Rule(
        "配料里有“{value}”，致敏物质里没有写“{group}”。",
        "“{value}” is among the ingredients, but the allergens do not name “{group}”.",
        "在“致敏物质”里加上{group}（GB 7718-2025，4.12，2027-03-16 起必须标）。",
        "Add {group} to the allergens (GB 7718-2025, 4.12, mandatory from 2027-03-16).",
        warning=True,
    ),
}
