"""Chapters as a Word document: real headings, lists, tables and links, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from gebiedswerk.blocks.models import Cell, Chart, Map, Table
from gebiedswerk.documents.content import DocumentChapter, DocumentHeading, Paragraph, TextRun
from gebiedswerk.documents.illustration import PICTURE_DOTS, Illustration, pngs, shown
from gebiedswerk.documents.links import full_address
from gebiedswerk.language.languages import language
from gebiedswerk.language.messages import Messages

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.table import Table as WordTable
    from docx.text.paragraph import Paragraph as WordParagraph

NEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""The moment of a draft: a document holds one, and ours is not read from a clock."""
LINK_COLOUR = "0B5394"
DEEPEST = 3  # the list styles of Word go no deeper
GRID = "Table Grid"  # literal: a style of Word
PAGE_CM, MARGIN_CM = (21.0, 29.7), 2.5
LEFTOVERS = ("thumbnail", "customXml", "stylesWithEffects", "webSettings")
"""Parts of the template that say nothing about our document."""
CELL_POINTS = 8.5
PADDING = 3
"""What a cell needs beside its words, in letters: its margins, and the width of bold."""
CELL_ROOM = 1.5
"""The room above and below the words of a cell, in points."""
TOGETHER = 16
"""A table of so many rows or fewer stands on one page."""
SAME_MOMENT = (1980, 1, 1, 0, 0, 0)


def docx_bytes(
    title: str,
    author: str,
    chapters: Sequence[DocumentChapter],
    made_at: datetime | None,
    address: str,
    messages: Messages,
) -> bytes:
    """The chapters as one document. `address` is where the site stands; without it figures are no links."""
    import docx

    word = docx.Document()
    _prepare(word, title, author, chapters[0], made_at or NEVER, messages)
    word.add_paragraph(title, style="Title")
    for line in _opening(chapters[0]):
        word.add_paragraph(line)
    alone = len(chapters) == 1
    pictures = [[shown(piece, one) for piece in one.pieces if isinstance(piece, Chart | Map)] for one in chapters]
    drawn = iter(pngs([picture.svg for some in pictures for picture in some], PICTURE_DOTS))
    for one, some in zip(chapters, pictures, strict=True):
        writer = _Writer(word, one, address, chapters[0].language, [(picture, next(drawn)) for picture in some])
        if not alone:
            writer.heading(DocumentHeading(1, (TextRun(one.title),)), 0)
        writer.pieces(1 if alone else 0)
    return _same_bytes(word)


def _opening(first: DocumentChapter) -> Iterator[str]:
    """What stands below the title: that it is a draft, and the moments of the publication."""
    yield from (text for text in (first.mark, first.notice, *first.stamps) if text)


def _prepare(word: Word, title: str, author: str, first: DocumentChapter, moment: datetime, messages: Messages) -> None:
    """The properties, language, page and styles of the document; what the template brought of its own goes."""
    from docx.shared import Cm

    about = word.core_properties
    about.title, about.author, about.last_modified_by = title, author, author
    about.comments, about.language = "", language(first.language).tag
    about.created = about.modified = moment.replace(tzinfo=None)
    for part in (word.part.package, word.part):
        for name in [key for key, rel in part.rels.items() if rel.reltype.rpartition("/")[2] in LEFTOVERS]:
            part.rels.pop(name)
    _tell_language(word, language(first.language).tag)
    _tell_program(word)
    section = word.sections[0]
    section.page_width, section.page_height = Cm(PAGE_CM[0]), Cm(PAGE_CM[1])
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(MARGIN_CM))
    _style_links(word)
    _number_pages(word, messages)


def _tell_language(word: Word, language: str) -> None:
    from docx.oxml.ns import qn

    for element in word.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), language)
    for element in word.settings.element.iter(qn("w:themeFontLang")):
        element.set(qn("w:val"), language)


def _tell_program(word: Word) -> None:
    """The extended properties say only what made the document."""
    from docx.opc.part import Part

    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    text = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    text += f'<Properties xmlns="{space}"><Application>Gebiedswerk</Application></Properties>'
    for relation in word.part.package.rels.values():
        if relation.reltype.endswith("/extended-properties"):
            old = relation.target_part
            relation._target = Part(old.partname, old.content_type, text.encode(), old.package)


def _style_links(word: Word) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import RGBColor

    style = word.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    style.font.color.rgb = RGBColor.from_string(LINK_COLOUR)
    style.font.underline = True


def _number_pages(word: Word, messages: Messages) -> None:
    """The number of the page, which Word counts."""
    line = word.sections[0].footer.paragraphs[0]
    line.add_run(f"{messages('document.page')} ")
    field = _element("w:fldSimple", {"w:instr": "PAGE"})
    run = _element("w:r")
    text = _element("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    line._p.append(field)


class _Writer:
    """Writes the pieces of one chapter. `pictures`: those of the chapter in their order, each with its PNG."""

    def __init__(
        self, word: Word, one: DocumentChapter, address: str, usual: str, pictures: Sequence[tuple[Illustration, bytes]]
    ) -> None:
        self.word, self.one, self.address = word, one, address
        self.pictures = iter(pictures)
        self.usual, self.language = usual, ""
        self.speak("")

    def speak(self, code: str) -> None:
        """What follows is in this language, else in that of the chapter; told where the document has another."""
        own = code or self.one.language
        self.language = language(own).tag if own != self.usual else ""

    def pieces(self, up: int) -> None:
        """All pieces in order. `up`: levels that headings move up."""
        numbers: dict[int, int] = {}
        for piece in self.one.pieces:
            self.speak(piece.language if isinstance(piece, DocumentHeading | Paragraph) else "")
            if isinstance(piece, Paragraph) and piece.mark:
                self.item(piece, numbers)
                continue
            if not (isinstance(piece, Paragraph) and piece.depth):
                numbers = {}
            if isinstance(piece, DocumentHeading):
                self.heading(piece, up)
            elif isinstance(piece, Table):
                self.table(piece)
            elif isinstance(piece, Chart | Map):
                self.picture(*next(self.pictures))
            else:
                style = f"List Continue{_behind(piece.depth)}" if piece.depth else "Normal"
                self.runs(self.word.add_paragraph(style=style), piece.runs)

    def heading(self, piece: DocumentHeading, up: int) -> None:
        """A heading, in the style of its level."""
        self.runs(self.word.add_paragraph(style=f"Heading {min(max(piece.level - up, 1), 9)}"), piece.runs)

    def item(self, piece: Paragraph, numbers: dict[int, int]) -> None:
        """An item of a list; each numbered list counts by itself. `numbers`: depth → the list that is being written."""
        for deeper in [depth for depth in numbers if depth > piece.depth]:
            del numbers[deeper]
        if piece.number is None:
            numbers.pop(piece.depth, None)
            self.runs(self.word.add_paragraph(style=f"List Bullet{_behind(piece.depth)}"), piece.runs)
            return
        style = f"List Number{_behind(piece.depth)}"
        if piece.depth not in numbers:
            numbers[piece.depth] = _new_numbers(self.word, style, piece.number)
        line = self.word.add_paragraph(style=style)
        properties = line._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = numbers[piece.depth]
        self.runs(line, piece.runs)

    def runs(self, line: WordParagraph, runs: Sequence[TextRun]) -> None:
        """Words with their look and links."""
        for run in runs:
            self.words(line, run.text, full_address(run.href, self.address), run.strong, run.emphasis)

    def words(
        self,
        line: WordParagraph,
        text: str,
        href: str,
        strong: bool = False,
        emphasis: bool = False,
        points: float | None = None,
    ) -> None:
        """One run; with an address a link. `points`: its size, where it is not that of its style."""
        from docx.oxml.ns import qn
        from docx.shared import Pt

        run = line.add_run(text)
        run.bold, run.italic = strong or None, emphasis or None
        run.font.size = Pt(points) if points else None
        if self.language:
            run._r.get_or_add_rPr().append(_element("w:lang", {"w:val": self.language}))
        if href:
            run.style = "Hyperlink"
            relation = self.word.part.relate_to(
                href, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
            )
            link = _element("w:hyperlink", {"r:id": relation})
            link.set(qn("w:history"), "1")
            run._r.addprevious(link)
            link.append(run._r)

    def caption(self, text: str) -> None:
        """The words above a table or a picture, on the same page."""
        caption = self.word.add_paragraph(style="Caption")
        caption.paragraph_format.keep_with_next = True
        self.words(caption, text, "")

    def picture(self, picture: Illustration, png: bytes) -> None:
        """A picture below its caption, with its alternative in words."""
        from docx.shared import Cm

        self.caption(picture.caption)
        line = self.word.add_paragraph()
        line.paragraph_format.keep_with_next = bool(picture.notes)
        inline = line.add_run().add_picture(io.BytesIO(png), width=Cm(PAGE_CM[0] - 2 * MARGIN_CM))
        inline._inline.docPr.set("descr", picture.alternative)
        for note in picture.notes:
            self.words(self.word.add_paragraph(), note, "", emphasis=True, points=CELL_POINTS)

    def table(self, table: Table) -> None:
        """A table below its caption: the columns are named again on every page, and no row is broken."""
        self.caption(table.caption)
        made = self.word.add_table(len(table.rows) + 1, len(table.columns), style=GRID)
        _describe(made, table)
        _widen(made, table)
        heads = made.rows[0].cells
        for at, text in enumerate(table.columns):
            amount = bool(table.rows) and table.rows[0].cells[at].amount
            self.cell(heads[at].paragraphs[0], Cell(text, "", amount), strong=True, depth=0)
        for row, line in zip(table.rows, list(made.rows)[1:], strict=True):
            for at, (cell, there) in enumerate(zip(row.cells, line.cells, strict=True)):
                self.cell(there.paragraphs[0], cell, row.total, 0 if at else row.depth)
        if len(table.rows) <= TOGETHER:
            for line in list(made.rows)[:-1]:
                line.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        if table.note:
            self.words(self.word.add_paragraph(), table.note, "", emphasis=True, points=CELL_POINTS)
        else:
            self.word.add_paragraph()

    def cell(self, line: WordParagraph, cell: Cell, strong: bool, depth: int) -> None:
        """The words of one cell: amounts to the right, a line below another further in."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Cm, Pt

        line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(CELL_ROOM)
        line.paragraph_format.line_spacing = 1
        if cell.amount:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if depth:
            line.paragraph_format.left_indent = Cm(0.4 * depth)
        if cell.text:
            self.words(line, cell.text, full_address(cell.href, self.address), strong, points=CELL_POINTS)


def _behind(depth: int) -> str:
    """What stands behind the name of a list style for lists within lists."""
    return f" {min(depth, DEEPEST)}" if depth > 1 else ""


def _new_numbers(word: Word, style: str, start: int) -> int:
    """A numbered list that starts by itself; its number in the document."""
    from docx.oxml.ns import qn

    numbering: Any = word.part.numbering_part.element
    used = word.styles[style].element.pPr.numPr.numId.val
    pattern = next(num for num in numbering.num_lst if num.numId == used).abstractNumId.val
    made = numbering.add_num(pattern)
    made.add_lvlOverride(ilvl=0).add_startOverride(start)
    return int(made.get(qn("w:numId")))


def _describe(made: WordTable, table: Table) -> None:
    """What a screen reader and the next page want to know: caption, heading row and heading column."""
    from docx.oxml.ns import qn

    properties = made._tbl.tblPr
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    first = {"w:val": "04A0", "w:firstRow": "1", "w:lastRow": "0", "w:firstColumn": "1"}
    properties.append(_element("w:tblLook", first | {"w:lastColumn": "0", "w:noHBand": "0", "w:noVBand": "1"}))
    properties.append(_element("w:tblCaption", {"w:val": table.caption}))
    for at, row in enumerate(made.rows):
        of_row = row._tr.get_or_add_trPr()
        of_row.append(_element("w:cantSplit"))
        if at == 0:
            of_row.append(_element("w:tblHeader"))


def _widen(made: WordTable, table: Table) -> None:
    """Columns as wide as their widest cell asks for, within bounds, over the width of the page."""
    from docx.shared import Cm

    asked = [_letters(table, at) + PADDING for at in range(len(table.columns))]
    for at, share in enumerate(asked):
        width = Cm((PAGE_CM[0] - 2 * MARGIN_CM) * share / sum(asked))
        made.columns[at].width = width
        for cell in made.columns[at].cells:
            cell.width = width


def _letters(table: Table, at: int) -> int:
    """The letters that a column asks for: its longest word and its widest cell, within bounds."""
    words = [len(word) for word in table.columns[at].split()]
    return min(max(6, *words, *(len(row.cells[at].text) for row in table.rows)), 34)


def _element(name: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in (attributes or {}).items():
        made.set(qn(key), value)
    return made


def _same_bytes(word: Word) -> bytes:
    """The document, with the same moment on each of its parts."""
    first, out = io.BytesIO(), io.BytesIO()
    word.save(first)
    with zipfile.ZipFile(first) as parts, zipfile.ZipFile(out, "w") as kept:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, SAME_MOMENT)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            kept.writestr(entry, parts.read(name))
    return out.getvalue()
