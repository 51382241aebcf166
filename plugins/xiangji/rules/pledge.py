"""承诺达标合格证: why one cannot be given, and what is wrong with those that were."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    # --- why none can be given. Those that content contradicts by itself are warnings of `check` ---
    "pledge-kind": Rule(
        "“{product}”是{kind}，不开承诺达标合格证：只有没加工过的农产品才开。",
        "“{product}” is {kind_en}: only produce that is not processed gets a 承诺达标合格证.",
        "加工食品看标签上的内容，别的看产品页。批次里写了“承诺依据”的，删掉；类型写错了的，改类型。",
        "Its label or product page holds instead. Remove `pledge_bases`, or correct the kind.",
        warning=True,
    ),
    "pledge-basis": Rule(
        "批次 {lot} 没有写承诺依据，合格证上就没有一格能打勾。",
        "Lot {lot} has no basis, so nothing could be ticked on its certificate.",
        "合作社自己定，写上“承诺依据”，至少一样：{choices}。没有做到的，不要写。",
        "The cooperative decides: write `pledge_bases`, one or more of {choices_en}.",
    ),
    "pledge-untested": Rule(
        "批次 {lot} 的承诺依据是“{basis}”，可是没有记下哪一次{layers}合格。",
        "Lot {lot} rests on {basis_en}, but no passed inspection ({layers_en}) is recorded.",
        "检过的，把检验记上：层级、结果、日期、签字。没有检过的，从承诺依据里删掉这一样。",
        "Record the inspection with result, date and signer; or take this basis away.",
        warning=True,
    ),
    "pledge-failed": Rule(
        "批次 {lot} 最近一次{layer}不合格，合格证不能开。",
        "The latest {layer_en} inspection of lot {lot} failed: no certificate can be given.",
        "这一批先停售，弄清原因。复检合格了，把复检也记上。",
        "Set it on hold and find out why; record the second inspection when it passed.",
        warning=True,
    ),
    "pledge-buyer": Rule(
        "批次 {lot} 的承诺身份是收购者，可是没有记下收购，也没有用料批次。",
        "Lot {lot} is pledged as a buyer's, but neither a purchase nor input lots are recorded.",
        "在“经过”里记一条收购：哪天、哪里收的、收了对方什么证明；或者写用料批次。自己种养的，身份写生产者。",
        "Record a purchase among its events, or its input lots; or make the form producer.",
        warning=True,
    ),
    "pledge-stopped": Rule(
        "批次 {lot} 的状态是“{status}”，合格证不能开。",
        "Lot {lot} is {status_en}: no certificate can be given.",
        "等结果出来、合作社改成“正常”以后再开。已经召回的，不再开。",
        "Wait until the cooperative says it is normal; one that is recalled gets none.",
    ),
    "pledge-input-stopped": Rule(
        "批次 {lot} 用了 {input}，那一批是“{status}”，合格证不能开。",
        "Lot {lot} holds {input}, which is {status_en}: no certificate can be given.",
        "先弄清用了多少、还在不在；那一批没有事了再开。",
        "Find out how much of it is in there; give none until that lot is cleared.",
    ),
    "pledge-quantity": Rule(
        "批次 {lot} 的数量没有写，或者没有单位；合格证上要有数量（重量）。",
        "Lot {lot} has no quantity with a unit, which a certificate must state.",
        '在批次里写数量，带单位；或者开的时候写 --quantity "60 公斤"。',
        'Write it with its unit in the batch, or give --quantity "60 公斤".',
    ),
    "pledge-more": Rule(
        "合格证上写 {value}，可是批次 {lot} 一共只有 {whole}。",
        "The certificate says {value}, but lot {lot} holds {whole}.",
        "核对数量：证上的数量不能比这一批还多。",
        "Check the amounts: a certificate cannot cover more than the lot.",
        warning=True,
    ),
    "pledge-place": Rule(
        "批次 {lot} 的产地没有写，或者只有地名，看不出是哪个县。",
        "Lot {lot} has no place of origin, or one without its county.",
        "在批次（或产品）里写产地的编号；在 products/brand.yml 那个地点里写行政区划：省 市 县 乡镇。",
        "Name the place in the batch or product, and write its administrative path in brand.yml.",
    ),
    "pledge-subject": Rule(
        "看不出批次 {lot} 由谁承诺：{why}。",
        "It is not clear who pledges for lot {lot}: {why_en}.",
        "在批次里写承诺主体（生产者的编号）。谁开谁负责，要它自己愿意。",
        "Name the producer who pledges, by id; whoever pledges must want to.",
    ),
    "pledge-contact": Rule(
        "“{subject}”没有写电话，合格证上要有联系方式。",
        "“{subject}” has no telephone number, which a certificate must state.",
        "在 products/brand.yml 这个生产者下面写电话：写对外的，不写私人号码。",
        "Write the producer's public number in products/brand.yml.",
    ),
    "pledge-before": Rule(
        "合格证开在 {value}，可是批次 {lot} 到 {day} 才采收（出栏）。",
        "The certificate is of {value}, but lot {lot} was harvested on {day}.",
        "核对两个日期。没有收下来的，不能先开。",
        "Check both days. What is not harvested yet cannot be pledged for.",
        warning=True,
    ),
    "pledge-wording": Rule(
        "合格证要开在 {value}，可是承诺的文字从 {since} 起才是现在这样。",
        "The certificate would be of {value}, but its wording is in force since {since}.",
        "核对 --date。以前开的，照当时的样子存着，不用补。",
        "Check --date. Older ones stay as they were given.",
    ),
    # --- the register -----------------------------------------------------------------------------
    "register-no-column": Rule(
        "这张表里没有“{field}”这一列，一行也没有读。",
        "This table has no column “{field}”; no row was read.",
        "在表头里加上“{field}”。",
        "Add the column “{field}” to the header.",
    ),
    "pledge-no-batch": Rule(
        "合格证 {number} 是开给“{value}”的，现在没有这一批了。",
        "Certificate {number} was given for “{value}”, and there is no such lot.",
        "{near}批次改了名的，改回来；写错了的，改成真有的产品/批号。开过证的批次不要删。",
        "{near_en}Give the lot its name back, or correct this row; keep lots that have certificates.",
    ),
    "pledge-kept": Rule(
        "合格证 {number} 是开给“{value}”的，那一批现在叫 {to}，登在它的页面上。",
        "Certificate {number} was given for “{value}”, which is now {to} and shows it.",
        "没有认错就不用管，这一行不改。证上印了码的，二维码登记里也要有老地址。",
        "Nothing must be done. If the paper has a code, the old address belongs into codes.csv.",
        hint=True,
    ),
    "pledge-twice": Rule(
        "编号 {value} 用了两次，第 {line} 行已经有了。",
        "The number {value} is used twice; line {line} has it already.",
        "一张一个号。证已经交出去的，看纸上是哪一个；另一张作废，重新开。",
        "One number for each. See which paper is out; withdraw the other and give it anew.",
    ),
    "pledge-order": Rule(
        "开具日期 {value} 比第 {line} 行的 {before} 早，登记的次序乱了。",
        "The day of issue {value} is earlier than {before} in line {line}.",
        "登记只在末尾加行，按日期从早到晚；旧的行不挪、不删。",
        "Only add rows at the end, by day; never move or delete rows.",
    ),
    "pledge-deleted": Rule(
        "合格证 {value} 原来登记了 {had} 行，现在只有 {has} 行：开出去的证不能从登记里删掉。",
        "Certificate {value} had {had} row(s) in the register and has {has}.",
        "把那一行放回来（法律要求至少留六个月，我们一直留）；收回的，写作废日期。",
        "Put the row back; one that was taken back gets a day of withdrawal.",
    ),
    "pledge-changed": Rule(
        "合格证 {number} 的{field}原来是“{before}”，现在写“{value}”：开出去的纸不会变。",
        "{field} of certificate {number} was “{before}” and is “{value}”; the paper has not changed.",
        "改回来。真开错了，这一行写作废日期，另开一张。",
        "Change it back; if the paper is wrong, withdraw it and give another.",
    ),
    "pledge-outdated": Rule(
        "合格证 {number} 已经开出去，可是批次 {lot} 现在{state}。",
        "Certificate {number} is out, but lot {lot} is now {state_en}.",
        "没有用的收回来；告诉拿到货的买家，这张证不能再用；在这一行写“作废日期”。",
        "Take back what is unused, tell the buyers, and write the day of withdrawal in this row.",
        warning=True,
    ),
}
