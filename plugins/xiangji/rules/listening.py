"""Recordings and captions."""

from __future__ import annotations

from xiangji.model.rule import Rule

RULES: dict[str, Rule] = {
    "audio-unreadable": Rule(
        "“{value}”不能用作录音：{why}。",
        "“{value}” cannot be used as a recording: {why_en}.",
        "在电脑或手机的录音软件里另存为 MP3（单声道，32 kbps 就够），再换上来。只改文件名的尾巴没有用。",
        "Save it again as MP3 (mono, 32 kbit/s is enough); renaming alone does not help.",
    ),
    "audio-large": Rule(
        "录音“{value}”有 {size}，超过了 {limit}。",
        "The recording “{value}” is {size}, larger than {limit}.",
        "剪成几段，一张卡片一段；或者另存为 MP3（单声道，32 kbps）。",
        "Cut it into pieces, one for each card, or save it as MP3 (mono, 32 kbit/s).",
    ),
    "audio-heavy": Rule(
        "录音“{value}”有 {size}，信号弱的地方要等很久。",
        "The recording “{value}” is {size}: a long wait on a weak signal.",
        "剪短一点，或者另存为 MP3（单声道，32 kbps）：一分钟大约 240 KB。",
        "Cut it, or save it as MP3 (mono, 32 kbit/s): about 240 KB a minute.",
        warning=True,
    ),
    "audio-ogg": Rule(
        "录音“{value}”是 Ogg，旧的苹果手机在微信里放不出来。",
        "The recording “{value}” is Ogg, which older iPhones do not play inside WeChat.",
        "另存为 MP3。",
        "Save it as MP3.",
        warning=True,
    ),
    "audio-text-missing": Rule(
        "卡片 {card} 有录音，没有一个字：听不见的人什么也得不到。",
        "Card {card} has a recording and not a word of text for those who cannot hear.",
        "补上“原话”，最好再补“方言字幕”和“普通话字幕”。",
        "Add `words`, or better `captions` and `translation`.",
    ),
    "audio-captions-missing": Rule(
        "卡片 {card} 的录音没有字幕，只有原话：不能点着哪一句听哪一句。",
        "The recording of card {card} has words but no captions to jump by.",
        "照着录音写一份 WebVTT，写在“方言字幕”里；普通话的写在“普通话字幕”里。",
        "Write WebVTT captions and name the file in `captions`, the Mandarin in `translation`.",
        warning=True,
    ),
    "captions-without-audio": Rule(
        "卡片 {card} 有字幕，没有录音，字幕不会出现。",
        "Card {card} has captions and no recording, so they are shown nowhere.",
        "补上“录音”；没有录音，就把这一行删掉，话写在“原话”里。",
        "Add `audio`, or remove this line and keep the words in `words`.",
        warning=True,
    ),
    "captions-srt": Rule(
        "这是 SRT 字幕，不是 WebVTT。",
        "This is SRT, not WebVTT.",
        "换成 WebVTT：第一行写 WEBVTT，空一行，再把时间里的逗号都换成点，例如 {better}；文件名的尾巴改成 .vtt。",
        "Begin with a line WEBVTT and an empty one, write dots for commas ({better}), rename to .vtt.",
    ),
    "captions-header": Rule(
        "字幕的第一行是“{value}”，应当是 WEBVTT。",
        "The first line of the captions is “{value}” instead of WEBVTT.",
        "第一行写 WEBVTT 六个大写字母，第二行空着。",
        "Make WEBVTT, in capitals, the first line, and leave the second empty.",
    ),
    "captions-blank": Rule(
        "WEBVTT 下面没有空一行。",
        "No empty line follows WEBVTT.",
        "在这一行上面加一个空行。",
        "Put an empty line before this one.",
    ),
    "captions-space": Rule(
        "这一行看着是空的，里面有空格：有的手机会把上下两条字幕连在一起。",
        "This line looks empty but holds blanks: some players join the cues around it.",
        "把这一行的空格删掉。",
        "Delete the blanks.",
        warning=True,
    ),
    "captions-none": Rule(
        "这份字幕里一条也没有。",
        "There is not one cue in these captions.",
        "照录音一条一条写：一行时间，下一行是话，再空一行。",
        "Write cues: a line of times, the words below it, an empty line.",
    ),
    "captions-no-time": Rule(
        "“{value}”这一段没有时间。",
        "“{value}”: this block has no times.",
        "在上面加一行时间，例如 00:01.000 --> 00:04.500；是给自己看的话，前面写 NOTE。",
        "Add a line such as 00:01.000 --> 00:04.500, or begin the block with NOTE.",
    ),
    "captions-time": Rule(
        "时间里的“{value}”写得不对：{why}。",
        "“{value}” in the times is not right: {why_en}.",
        "改成 {better} 这样。整行的样子是 00:01.000 --> 00:04.500。",
        "Write {better}. A whole line looks like 00:01.000 --> 00:04.500.",
    ),
    "captions-settings": Rule(
        "时间后面的“{value}”不是字幕的设置，不会显示出来。",
        "“{value}” behind the times is no setting and is not shown.",
        "字幕的话写在时间的下一行。",
        "Words go on the line below the times.",
    ),
    "captions-end": Rule(
        "“{value}”：结束的时间不比开始晚。",
        "“{value}” does not end after it begins.",
        "再听一遍，核对这一条的两个时间。",
        "Listen again and correct the two times.",
    ),
    "captions-order": Rule(
        "“{value}”：比上一条开始得还早。",
        "“{value}” begins before the cue above it.",
        "按开始的时间从早到晚排。",
        "Order the cues by the time they begin.",
    ),
    "captions-together": Rule(
        "“{value}”上面少了一个空行，两条字幕连在一起了。",
        "No empty line stands above “{value}”: two cues run together.",
        "一条字幕写完，空一行，再写下一条。",
        "Leave an empty line between cues.",
    ),
    "captions-arrow": Rule(
        "字幕的话里不能有 -->。",
        "Words of captions must not hold -->.",
        "换成“到”，或者换成 →。",
        "Write → or a word.",
    ),
    "captions-block": Rule(
        "{value} 写在了字幕后面，不起作用。",
        "{value} stands behind cues, where it does nothing.",
        "挪到第一条字幕前面；用不着就删掉。",
        "Move it before the first cue, or delete it.",
        warning=True,
    ),
    "captions-empty": Rule(
        "这一条字幕没有话。",
        "This cue has no words.",
        "补上这几秒说的话；没有人说话，就把这一条删掉，或者写（笑）（敲桌子）。",
        "Add what is heard, such as (laughs), or delete the cue.",
        warning=True,
    ),
    "captions-tag": Rule(
        "字幕里的“{value}”：{why}。",
        "“{value}” in the captions: {why_en}.",
        "只用 <v 谁说的>、<lang>、<c>、<i>、<b>、<u>、<ruby>、<rt>，打开的要合上；话里的小于号写成 &lt;。",
        "Use only v, lang, c, i, b, u, ruby, rt, and close them; write &lt; for a less-than sign.",
    ),
    "captions-ampersand": Rule(
        "字幕里的“{value}”：& 在 WebVTT 里有别的意思。",
        "“{value}”: & has a meaning of its own in WebVTT.",
        "写成 &amp;，或者换成“和”。",
        "Write &amp;, or “and”.",
        warning=True,
    ),
    "captions-beyond": Rule(
        "这一条到第 {value} 秒才完，录音只有 {length} 秒。",
        "This cue ends at {value} s, but the recording lasts only {length} s.",
        "核对时间；也可能是字幕配错了录音。",
        "Check the times; these may be another recording's captions.",
        warning=True,
    ),
    "captions-pair": Rule(
        "“{value}”在 {other} 里没有同一时间的一条。",
        "“{value}” has no cue at the same time in {other}.",
        "两份字幕一条对一条，时间照抄；没有翻的，补上。",
        "Give both files the same cues with the same times.",
        warning=True,
    ),
}
