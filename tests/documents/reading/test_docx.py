"""Everything that a Word file shows is read, and nothing that it does not."""

from documents.builder import DEVELOPMENT, as_docx
from documents.faulty import archive, part_of, plain_document
from tassei.documents.pieces import Piece
from tassei.documents.reading.docx import read_docx
from tassei.documents.reading.limits import Limits

W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
TYPES = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def _pieces(body: str, **parts: str) -> list[Piece]:
    """What is read from a body; further parts are given by their kind."""
    whole = f"<w:document {W.decode()} {R.decode()}><w:body>{body}</w:body></w:document>"
    files = {"word/document.xml": whole.encode()}
    relations = b""
    for n, (kind, content) in enumerate(parts.items()):
        relations += b'<Relationship Id="r%d" Type="%s%s" Target="%s.xml"/>' % (
            n, TYPES, kind.rstrip("0123456789").encode(), kind.encode(),
        )  # fmt: skip
        files[f"word/{kind}.xml"] = f"<w:{kind} {W.decode()}>{content}</w:{kind}>".encode()
    files["word/_rels/document.xml.rels"] = b"<Relationships>" + relations + b"</Relationships>"
    return list(read_docx(archive(files), Limits())[0])


def _texts(body: str, **parts: str) -> list[str]:
    return [p.text for p in _pieces(body, **parts)]


def p(*runs: str, properties: str = "") -> str:
    inside = "".join(r if r.startswith("<") else f"<w:r><w:t>{r}</w:t></w:r>" for r in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def test_a_paragraph_is_one_piece() -> None:
    """However many runs it has; lines broken by hand are pieces of their own."""
    pieces = _pieces(p("責任", "者", "<w:r><w:br/><w:t>次の行</w:t><w:cr/></w:r>") + p("後"))
    assert [(x.text, x.line, x.start, x.kind) for x in pieces] == [
        ("責任者", 1, 0, "paragraph"),
        ("次の行", 1, 4, "paragraph"),
        ("後", 2, 0, "paragraph"),
    ]


def test_spaces_in_front_are_counted_and_not_said() -> None:
    """The place of a piece is that of its first character."""
    assert [(x.text, x.start) for x in _pieces(p("\u3000 責任者 "))] == [("責任者", 2)]


def test_what_is_inserted_counts_and_what_is_deleted_does_not() -> None:
    """As if all changes were accepted; so with what was moved."""
    changed = (
        p("３", '<w:del><w:r><w:delText>４</w:delText></w:r></w:del>', "<w:ins><w:r><w:t>５</w:t></w:r></w:ins>", "回")
        + "<w:moveFrom>" + p("前") + "</w:moveFrom><w:moveTo>" + p("先") + "</w:moveTo>"
        + p("<w:moveFrom><w:r><w:t>あ</w:t></w:r></w:moveFrom>", "い")
    )  # fmt: skip
    assert _texts(changed) == ["３５回", "先", "い"]


def test_a_paragraph_whose_end_was_deleted_goes_on() -> None:
    """In the paragraph behind it, and at the end of the body by itself."""
    deleted = "<w:rPr><w:del/></w:rPr>"
    assert _texts(p("前半", properties=deleted) + p("後半") + p("末", properties=deleted)) == [
        "前半後半",
        "末",
    ]


def test_deleted_rows_are_left_out() -> None:
    """But not those beside them."""
    rows = "".join(
        f"<w:tr><w:trPr>{mark}</w:trPr><w:tc>{p(text)}</w:tc></w:tr>"
        for mark, text in (("", "一"), ("<w:del/>", "二"), ("<w:ins/>", "三"))
    )
    assert [(x.text, x.row) for x in _pieces(f"<w:tbl>{rows}</w:tbl>")] == [("一", 1), ("三", 3)]


def test_cells_have_their_places() -> None:
    """Merged ones where they begin, across and down; a table in a cell has places of its own."""

    def cell(inside: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"

    wide = '<w:gridSpan w:val="2"/>'
    down, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    inner = f"<w:tbl><w:tr>{cell(p('い'))}{cell(p('ろ'))}</w:tr></w:tbl>"
    table = (
        f"<w:tbl><w:tr>{cell(p('a'), wide)}{cell(p('b'))}</w:tr>"
        f"<w:tr>{cell(p('c'), down)}{cell(p('d') + inner)}{cell(p('e'))}</w:tr>"
        f"<w:tr>{cell(p(), goes_on)}{cell(p('f') + p('g'))}{cell('')}</w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell(p('h'))}</w:tr></w:tbl>"
    )
    assert [(x.text, x.row, x.column, x.kind) for x in _pieces(table)] == [
        ("a", 1, 1, "cell"), ("b", 1, 3, "cell"),
        ("c", 2, 1, "cell"), ("d", 2, 2, "cell"),
        ("い", 1, 1, "cell"), ("ろ", 1, 2, "cell"), ("e", 2, 3, "cell"),
        ("f", 3, 2, "cell"), ("g", 3, 2, "cell"), ("h", 4, 2, "cell"),
    ]  # fmt: skip


LISTS = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimalEnclosedCircle"/><w:lvlText w:val="%2"/></w:lvl>
  <w:lvl w:ilvl="2"><w:numFmt w:val="aiueoFullWidth"/><w:lvlText w:val="%1-%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0A8;"/><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:lvl>
  <w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="5"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:lvlOverride></w:num>
"""


def _item(text: str, list_id: int, depth: int = 0) -> str:
    return p(
        text, properties=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>'
    )


def test_marks_of_lists_are_read() -> None:
    """Numbers as they are counted, boxes and bullets as they are shown, whatever the font."""
    body = (
        _item("い", 1) + _item("ろ", 1, 1) + _item("は", 1, 1) + _item("に", 1) + _item("ほ", 1, 1)
        + _item("へ", 1, 2) + _item("と", 2) + _item("ち", 2, 1) + _item("り", 2, 2)
        + _item("ぬ", 3) + _item("る", 3) + _item("を", 9) + p("わ")
    )  # fmt: skip
    pieces = _pieces(body, numbering=LISTS)
    assert [x.text for x in pieces] == [
        "(1) い", "① ろ", "② は", "(2) に", "① ほ", "2-ア へ", "□と", "•ち", "●り",
        "V. ぬ", "VI. る", "を", "わ",
    ]  # fmt: skip
    assert [x.kind for x in pieces][-3:] == ["item", "paragraph", "paragraph"]


def test_a_list_may_be_in_the_style() -> None:
    """Of the paragraph, or in the one that it is based on."""
    styles = (
        '<w:style w:styleId="a"><w:basedOn w:val="b"/></w:style>'
        '<w:style w:styleId="b"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="loop"><w:basedOn w:val="loop"/></w:style>'
    )
    body = p("甲", properties='<w:pStyle w:val="a"/>') + p(
        "乙", properties='<w:pStyle w:val="loop"/>'
    )
    assert _texts(body, numbering=LISTS, styles=styles) == ["□甲", "乙"]


def test_headings_are_known_by_style_or_outline() -> None:
    """In English and Japanese Word, and where a paragraph says so itself."""
    styles = "".join(
        f'<w:style w:styleId="{i}"><w:name w:val="{name}"/></w:style>'
        for i, name in (("1", "heading 1"), ("2", "見出し 2"), ("3", "Body Text"))
    )
    body = "".join(p(i, properties=f'<w:pStyle w:val="{i}"/>') for i in "123")
    body += p("4", properties='<w:outlineLvl w:val="0"/>')
    body += p("5", properties='<w:outlineLvl w:val="9"/>')
    kinds = [x.kind for x in _pieces(body, styles=styles)]
    assert kinds == ["heading", "heading", "paragraph", "heading", "paragraph"]


def test_symbols_are_what_they_look_like() -> None:
    """As symbols, as letters in a font of symbols, and as characters of the private area."""
    body = p(
        '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>甲</w:t></w:r>',
        '<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>o</w:t></w:r>', "乙",
        '<w:r><w:rPr><w:rFonts w:ascii="Wingdings 2"/></w:rPr><w:t>R</w:t></w:r>', "丙",
        "\uf06f丁o",
    )  # fmt: skip
    assert _texts(body) == ["□甲□乙☑丙□丁o"]


def test_hyphens_tabs_and_readings() -> None:
    """A soft hyphen stays one; of a reading above characters only the characters are said."""
    ruby = "<w:ruby><w:rt><w:r><w:t>うんよう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>運用</w:t></w:r></w:rubyBase></w:ruby>"
    body = p(
        "soft",
        "<w:r><w:softHyphen/><w:t>ware</w:t><w:tab/><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t></w:r>",
        f"<w:r>{ruby}</w:r>",
        "管理",
    )
    assert _texts(body) == ["soft\xadware\te\u2011mail運用管理"]


def test_results_of_fields_are_read_and_their_codes_are_not() -> None:
    """As in a table of contents, with its links."""
    body = p(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>',
        '<w:hyperlink><w:r><w:t>1 概要</w:t></w:r></w:hyperlink>',
        '<w:fldSimple w:instr="PAGE"><w:r><w:t>3</w:t></w:r></w:fldSimple>',
    )  # fmt: skip
    assert _texts(body) == ["1 概要3"]


def test_controls_are_looked_into() -> None:
    """Around blocks, rows, cells and runs."""
    body = (
        "<w:sdt><w:sdtPr/><w:sdtContent>" + p("外") + "</w:sdtContent></w:sdt>"
        + p('<w:sdt><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>', "中")
        + "<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>" + p("表") + "</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>"
    )  # fmt: skip
    assert _texts(body) == ["外", "☐中", "表"]


def test_text_boxes_are_read_once() -> None:
    """Behind the paragraph that they belong to; the copy for old programs is left out."""
    box = f"<txbxContent>{p('箱の中')}{p('二行目')}</txbxContent>"
    body = p(
        "前",
        "<w:r><AlternateContent><Choice><drawing><wsp><txbx>" + box + "</txbx></wsp></drawing></Choice>"
        "<Fallback><pict><textbox>" + box + "</textbox></pict></Fallback></AlternateContent></w:r>",
        "後",
    )  # fmt: skip
    assert _texts(body) == ["前後", "箱の中", "二行目"]


def test_footnotes_follow_their_paragraph() -> None:
    """Each once; what only draws the line above them is left out."""
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{p("線")}</w:footnote>'
        f'<w:footnote w:id="1">{p("注の文")}</w:footnote>'
    )
    body = p("本文", '<w:r><w:footnoteReference w:id="1"/></w:r>') + p(
        "次", '<w:r><w:footnoteReference w:id="1"/><w:footnoteReference w:id="0"/></w:r>'
    )
    assert _texts(body, footnotes=notes) == ["本文", "注の文", "次"]


def test_heads_and_feet_are_furniture() -> None:
    """Heads first, feet last."""
    pieces = _pieces(p("本文"), header1=p("頭"), footer1=p("足"), header2=p("別の頭"))
    assert [(x.text, x.furniture) for x in pieces] == [
        ("頭", True), ("別の頭", True), ("本文", False), ("足", True),
    ]  # fmt: skip


def test_hidden_text_is_read_and_told() -> None:
    """Nothing of a document is dropped in silence."""
    data = plain_document(
        p(
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隠し</w:t></w:r>",
            '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>表</w:t></w:r>',
        ).encode()
    )
    pieces, [note] = read_docx(data, Limits())
    assert [x.text for x in pieces] == ["隠し表"]
    assert (note.en, "1か所" in note.ja) == (
        "text is hidden in one place; it was read as well",
        True,
    )


def test_the_strict_form_is_read() -> None:
    """Its names live in other namespaces."""
    data = as_docx(DEVELOPMENT)
    strict = part_of(data, "word/document.xml").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    changed = archive({"word/document.xml": strict}, like=data)
    assert read_docx(changed, Limits()) == read_docx(data, Limits())
