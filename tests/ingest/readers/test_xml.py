"""Papers in XML: what JATS and TEI mark becomes blocks and facts; other XML is refused and harmful XML does no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.readers import SourceReader
from ingest.readers.port import Limits
from ingest.readers.xml import read
from kg.errors import UnreadableSourceError
from kg.records import Source
from kg.settings import Settings

LIMITS = Limits.of(Settings.model_construct())

JATS = """<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "JATS-archivearticle1.dtd">
<article xmlns:xlink="http://www.w3.org/1999/xlink" xml:lang="en"><front><journal-meta><journal-title-group>
<journal-title>Village Studies</journal-title></journal-title-group></journal-meta><article-meta>
<article-id pub-id-type="pmid">77</article-id><article-id pub-id-type="doi">10.1234/vs.7</article-id>
<title-group><article-title>Buses in <italic>villages</italic></article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Lima</surname><given-names>Ana</given-names></name>
<xref ref-type="aff">a</xref></contrib><contrib contrib-type="author"><collab>Bus Group</collab></contrib>
<contrib contrib-type="editor"><name><surname>No</surname></name></contrib></contrib-group>
<pub-date pub-type="ppub"><year>2021</year></pub-date><pub-date pub-type="epub"><year>2020</year></pub-date>
<permissions><license xlink:href="https://creativecommons.org/licenses/by/4.0/"><license-p>Open.</license-p></license>
</permissions><abstract><p>Buses are few.</p></abstract><kwd-group><kwd>bus</kwd><kwd>road</kwd></kwd-group>
</article-meta></front><body><sec><label>1</label><title>Problem</title>
<p>Workers cannot reach towns<sup><xref ref-type="bibr" rid="r1">1</xref></sup>, and leave<xref ref-type="fn">*</xref>.
<fn symbol="*"><p>A note.</p></fn></p>
<sec><label>1.1</label><title>Causes</title><p>Roads are poor, as follows:<list list-type="order"><list-item><p>mud;</p>
</list-item><list-item><p>stones.</p></list-item></list></p>
<disp-formula><alternatives><tex-math>x^2</tex-math><math>x + y</math></alternatives></disp-formula></sec>
<table-wrap><label>Table 1</label><caption><title>Buses</title></caption><table><tr><th>Place</th><th>Count</th></tr>
<tr><td>Hill</td><td>2</td></tr></table></table-wrap><fig><label>Figure 1</label><caption><p>A map.</p></caption>
<graphic/></fig></sec></body><back><ack><p>We thank the town.</p></ack><ref-list><ref><label>1</label>
<mixed-citation>Chen B. (2019). <italic>Roads</italic>. Hill Press.</mixed-citation></ref><ref><element-citation>
<person-group><name><surname>Ode</surname><given-names>I</given-names></name></person-group><article-title>Mud</article-title>
<year>2018</year><pub-id pub-id-type="doi">10.1/m</pub-id></element-citation></ref></ref-list></back></article>"""

TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><fileDesc><titleStmt>
<title>Buses in villages</title></titleStmt><publicationStmt><availability><licence target="https://example.org/by"/>
</availability></publicationStmt><sourceDesc><biblStruct><analytic><author><persName><forename>Ana</forename>
<surname>Lima</surname></persName></author><author><persName>Bo Chen</persName></author></analytic><monogr>
<title>Village Studies</title><imprint><date when="2020-05-01"/></imprint></monogr><idno type="DOI">10.1234/vs.7</idno>
</biblStruct></sourceDesc></fileDesc><profileDesc><abstract><p>Buses are few.</p></abstract></profileDesc></teiHeader>
<text><body><div><head n="1">Problem</head><p>Workers cannot reach towns
<ref type="bibr" target="#b0">1</ref>, and leave<note
place="foot" n="2">A note.</note>.</p><div><head>Causes</head><p>Roads are poor:<list rend="numbered"><item>mud;</item>
</list></p></div><figure><head>Table 1</head><figDesc>Buses</figDesc>
<table><row><cell>Hill</cell><cell>2</cell></row></table>
</figure><formula>x + y</formula></div></body><back><div type="references">
<listBibl><biblStruct><analytic><title>Mud</title>
<author><persName><surname>Ode</surname></persName></author></analytic>
<monogr><imprint><date when="2018"/></imprint></monogr>
</biblStruct><bibl>Chen, Roads, 2019.</bibl></listBibl></div></back></text></TEI>"""


def paper(xml: str) -> Source:
    return read(xml.encode(), "paper.xml", LIMITS)


def blocks(source: Source) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, source.text[block.start : block.end]) for block in source.blocks]


def test_a_paper_in_jats_is_taken_apart() -> None:
    source = paper(JATS)
    assert blocks(source) == [
        ("heading", 1, "Buses in villages"),
        ("meta", 0, "Ana Lima; Bus Group"),
        ("heading", 2, "Abstract"),
        ("paragraph", 0, "Buses are few."),
        ("meta", 0, "Keywords: bus; road"),
        ("heading", 2, "1 Problem"),
        ("paragraph", 0, "Workers cannot reach towns[1], and leave[*]."),
        ("heading", 3, "1.1 Causes"),
        ("paragraph", 0, "Roads are poor, as follows:"),
        ("item", 0, "mud;"),
        ("item", 0, "stones."),
        ("code", 0, "x + y"),
        ("caption", 0, "Table 1. Buses"),
        ("table", 0, "Place | Count"),
        ("table", 0, "Hill | 2"),
        ("caption", 0, "Figure 1. A map."),
        ("heading", 2, "Acknowledgements"),
        ("paragraph", 0, "We thank the town."),
        ("heading", 2, "References"),
        ("reference", 0, "Chen B. (2019). Roads. Hill Press."),
        ("reference", 0, "I Ode, Mud, 2018, 10.1/m"),
        ("footnote", 0, "A note."),
    ]
    assert dict(source.facts) == {
        "title": "Buses in villages",
        "authors": "Ana Lima; Bus Group",
        "year": "2020",
        "doi": "10.1234/vs.7",
        "venue": "Village Studies",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "language": "en",
    }
    assert source.media_type == "application/jats+xml"


def test_a_paper_in_tei_is_taken_apart() -> None:
    source = paper(TEI)
    assert blocks(source) == [
        ("heading", 1, "Buses in villages"),
        ("heading", 2, "Abstract"),
        ("paragraph", 0, "Buses are few."),
        ("heading", 2, "1 Problem"),
        ("paragraph", 0, "Workers cannot reach towns [1], and leave[2]."),
        ("heading", 3, "Causes"),
        ("paragraph", 0, "Roads are poor:"),
        ("item", 0, "mud;"),
        ("caption", 0, "Table 1 Buses"),
        ("table", 0, "Hill | 2"),
        ("code", 0, "x + y"),
        ("heading", 2, "References"),
        ("reference", 0, "Ode, Mud, 2018"),
        ("reference", 0, "Chen, Roads, 2019."),
        ("footnote", 0, "A note."),
    ]
    assert dict(source.facts) == {
        "title": "Buses in villages",
        "authors": "Ana Lima; Bo Chen",
        "year": "2020",
        "doi": "10.1234/vs.7",
        "venue": "Village Studies",
        "licence": "https://example.org/by",
        "language": "en",
    }


def test_pages_in_xhtml_are_read_as_pages() -> None:
    source = paper(
        '<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Roads</h1><p>Roads are poor.</p></body></html>'
    )
    assert (source.media_type, source.text) == ("text/html", "Roads\n\nRoads are poor.")


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        ("<rss><item/></rss>", "root element 'rss'"),
        ("<article><title>DocBook</title></article>", "root element 'article'"),
        ("<article><body>", "damaged"),
        ("no xml", "damaged"),
        ("<article><body><p> </p></body></article>", "holds no text"),
        ("<article><body>" + "<sec>" * 2000 + "</sec>" * 2000 + "</body></article>", "damaged or made to break"),
    ],
)
def test_other_and_damaged_xml_is_refused(xml: str, said: str) -> None:
    with pytest.raises(UnreadableSourceError, match=said):
        paper(xml)


def test_entities_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the password")
    laughs = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">'
    prolog = f'<!DOCTYPE article [{laughs}<!ENTITY out SYSTEM "{secret.as_uri()}">]>'
    bomb = tmp_path / "bomb.nxml"
    bomb.write_text(f"{prolog}<article><body><p>Fine&c; &out;.</p></body></article>")
    with SourceReader(LIMITS) as reader:
        assert reader.read(bomb).text == "Fine ."
