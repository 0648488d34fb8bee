"""Chinese papers: headings, lists and articles, sentences and passages of a size that the embedder reads."""

from __future__ import annotations

from tests.ingest.conftest import LayOut

PLAN = """本县乡村学校发展计划

目录

一、现状

近年来，乡村学校教师短缺，学生人数下降！为此，县政府制定本计划；各乡镇应当执行。有何困难？见下文。

二、措施

（一）设立教师补贴。每人每月五百元。
（二）修建校舍。
1. 先修山区。

第三章　附则

第十二条 本计划由县教育局解释。

参考文献

王明. 乡村教育研究. 2020.
"""


def test_headings_lists_and_articles_of_a_chinese_paper_are_told_apart(laid: LayOut) -> None:
    layout = laid(PLAN)
    assert (layout.document.title, layout.document.language) == ("本县乡村学校发展计划", "zh")
    assert [(one.level, one.number, one.title, one.kind) for one in layout.sections[2:]] == [
        (1, "1", "现状", "body"),
        (1, "2", "措施", "body"),
        (1, "第三章", "附则", "body"),
        (2, "第十二条", "第十二条", "body"),
        (1, None, "参考文献", "references"),
    ]
    assert layout.sections[5].name == "第十二条"


def test_sentences_end_at_chinese_stops(laid: LayOut) -> None:
    sentences = [sentence.text for sentence in laid(PLAN).sentences if sentence.kind == "prose"]
    assert sentences == [
        "近年来，乡村学校教师短缺，学生人数下降！",
        "为此，县政府制定本计划；",
        "各乡镇应当执行。",
        "有何困难？",
        "见下文。",
        "设立教师补贴。",
        "每人每月五百元。",
        "修建校舍。",
        "先修山区。",
        "本计划由县教育局解释。",
    ]


def test_passages_are_no_longer_than_the_embedder_reads(laid: LayOut) -> None:
    """Each Chinese character is one of the embedder's 256 tokens, two of which frame the text."""
    text = "".join(f"第{number}个村庄需要更多的教师和更好的道路才能发展。" for number in range(200))
    passages = laid(f"乡村报告\n\n{text}\n").passages
    sizes = sorted(len(passage.text) for passage in passages)
    assert sizes[-1] <= 254
    assert sizes[len(sizes) // 2] > 150
