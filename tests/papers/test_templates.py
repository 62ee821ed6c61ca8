"""A state's own forms: answers go into them as text, a misspelt field is told, and nothing in a form is run."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from ctekit import cli, papers, samples
from ctekit.model.errors import CtekitError, NotFoundError
from ctekit.model.zip_files import zipped
from ctekit.workbook import from_answers
from tests.papers.test_hostile import HOSTILE
from tests.stores import harrow_bend


def word(*paragraphs: tuple[str, ...], rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A Word file; each paragraph is cut into runs, as Word does when somebody corrects a letter."""
    document = Document()
    for parts in paragraphs:
        paragraph = document.add_paragraph()
        for part in parts:
            paragraph.add_run(part).bold = part.startswith("{{")
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for cells, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def fill(tmp_path: Path, name: str, content: bytes, book: Any = None, **how: Any) -> bytes:
    (tmp_path / "toolbox").mkdir(exist_ok=True)
    (tmp_path / "toolbox" / name).write_bytes(content)
    paths = papers.templates(tmp_path)
    assert [path.name for path in paths] == [name]
    return papers.fill_all(book or samples.book("harrow-bend"), paths, **how)[name]


def test_fields_are_filled_however_word_has_cut_them(tmp_path: Path) -> None:
    template = word(("Runs from ", "{{ ro", "les.sta", "rts }}", " on."), ("Notice: {{roles.notice}}",))
    document = Document(io.BytesIO(fill(tmp_path, "state.docx", template)))
    assert document.paragraphs[0].text == "Runs from November 1, 2026 on."
    assert document.paragraphs[1].text.startswith("Notice: ")
    assert "{{" not in document.paragraphs[1].text


def test_a_row_of_a_table_is_repeated_for_each_row_of_a_list(tmp_path: Path) -> None:
    rows = (("Name", "Comes from"), ("{{ profile.people.name }}", "{{ profile.people.organization }}"))
    document = Document(io.BytesIO(fill(tmp_path, "roster.docx", word(rows=rows))))
    (table,) = document.tables
    assert len(table.rows) == 1 + len(samples.book("harrow-bend").rows("profile.people"))
    assert [cell.text for cell in table.rows[1].cells] == ["Adaeze Whitcomb", "Harrow Bend Chamber of Commerce"]


def test_a_list_in_a_table_that_lies_in_a_table_is_filled(tmp_path: Path) -> None:
    document = Document()
    cell = document.add_table(1, 1).rows[0].cells[0]
    cell.text = "Partnership: {{ profile.name }}"
    cell.add_table(1, 1).rows[0].cells[0].text = "{{ profile.organizations.name }}"
    written = io.BytesIO()
    document.save(written)
    (table,) = Document(io.BytesIO(fill(tmp_path, "form.docx", written.getvalue()))).tables
    (row,) = table.rows
    assert row.cells[0].paragraphs[0].text == "Partnership: Harrow Bend Advanced Manufacturing Pathway"
    (inner,) = row.cells[0].tables
    names = [row.name for row in samples.book("harrow-bend").rows("profile.organizations")]
    assert [inner_row.cells[0].text for inner_row in inner.rows] == names


def test_a_line_of_markdown_is_repeated_too(tmp_path: Path) -> None:
    text = "# {{ profile.name }}\n\n- {{ purpose.clauses.promise }}\n\nEnd"
    filled = fill(tmp_path, "form.md", text.encode()).decode()
    assert filled.startswith("# Harrow Bend Advanced Manufacturing Pathway\n")
    assert filled.count("\n- ") == 5
    assert filled.endswith("\n\nEnd")


def test_a_misspelt_field_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match=r"“roles.notise” in state.docx is no field. Did you mean 'roles.notice'\?"):
        fill(tmp_path, "state.docx", word(("{{ roles.notise }}",)))
    with pytest.raises(CtekitError, match="names profile.people and profile.organizations"):
        fill(tmp_path, "state.docx", word(("{{ profile.people.name }} {{ profile.organizations.name }}",)))


def test_a_count_of_a_small_group_goes_into_no_form(tmp_path: Path) -> None:
    text = "- {{ metrics.observations.counted }} of {{ metrics.observations.out_of }}\n"
    filled = fill(tmp_path, "form.md", text.encode()).decode()
    assert "- 389 of 416" in filled
    assert "4 of 7" not in filled
    assert "289 of 405" not in filled, "the small group would follow from it"
    assert "not shown: fewer than 10" in filled


def test_no_field_is_for_the_facilitator_only() -> None:
    assert "value.exchanges.gives" in papers.fields()
    private = {
        "value.exchanges.worth",
        "profile.people.contact",
        "convener.scores.score",
        "recruitment.invitations.stance",
    }
    assert not private & set(papers.fields())


@pytest.mark.parametrize("name", ["form.docx", "form.md"])
def test_answers_are_text_and_are_never_read_again(tmp_path: Path, name: str) -> None:
    typed = "{{ profile.name }} {% for x in y %} </w:t> & <b> " + HOSTILE
    book = from_answers({"profile": {"name": "Ours"}, "roles": {"notice": typed}})
    place = "{{ roles.notice }}"
    filled = fill(tmp_path, name, place.encode() if name.endswith("md") else word((place,)), book)
    if name.endswith("md"):
        assert "Ours" not in filled.decode()
        assert "\\<script>" in filled.decode()
    else:
        (paragraph,) = Document(io.BytesIO(filled)).paragraphs
        assert paragraph.text.startswith("{{ profile.name }} {% for x in y %} </w:t> & <b> <script>")


def test_what_is_blank_says_so_and_a_final_form_refuses_it(tmp_path: Path) -> None:
    template = word(("{{ roles.riders }}",))
    document = Document(io.BytesIO(fill(tmp_path, "state.docx", template)))
    assert document.paragraphs[0].text == "What else must be in it: not written yet (worksheet 6)"
    with pytest.raises(CtekitError, match="state.docx cannot be final: 1 answer is not written yet"):
        fill(tmp_path, "state.docx", template, final=True)


def with_part(content: bytes, name: str, text: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return zipped({each: file.read(each) for each in file.namelist()} | {name: text.encode()})


RELATION = '<Relationships><Relationship Id="r" Type="http://x/{}" Target="http://evil.example/"{}/></Relationships>'


@pytest.mark.parametrize(
    "bad",
    [
        b"no zip at all",
        zipped({"other.txt": b""}),
        with_part(word(("x",)), "word/_rels/a.xml.rels", RELATION.format("attachedTemplate", "")),
        with_part(word(("x",)), "word/_rels/a.xml.rels", RELATION.format("image", ' TargetMode="External"')),
        with_part(word(("x",)), "word/_rels/a.xml.rels", RELATION.format("attachedTempl&#97;te", "")),
        with_part(word(("x",)), "word/_rels/a.xml.rels", RELATION.format("audio", " TargetMode = 'Exte&#114;nal'")),
        with_part(word(("x",)), "word/_rels/vbaProject.bin.rels", RELATION.format("vbaProject", "")),
        with_part(
            word(("x",)),
            "word/document.xml",
            '<w:d xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:instrText>INCLUDETEXT c:/secret</w:instrText></w:d>",
        ),
        with_part(
            word(("x",)),
            "word/document.xml",
            '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            "<w:instrText>INCLUDE</w:instrText><w:instrText>TEXT c:/secret</w:instrText></w:p>",
        ),
        with_part(
            word(("x",)),
            "word/document.xml",
            '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            '<w:fldSimple w:instr="DDEAUTO c:/secret"/></w:p>',
        ),
        with_part(word(("x",)), "word/document.xml", "<broken"),
        word(("x",))[:60] + bytes(60) + word(("x",))[120:],
    ],
    ids=[
        "no zip",
        "no Word file",
        "template elsewhere",
        "picture elsewhere",
        "template elsewhere, spelled otherwise",
        "sound elsewhere, spelled otherwise",
        "macro",
        "field that fetches",
        "field in pieces",
        "field in an attribute",
        "damaged",
        "spoiled amid",
    ],
)
def test_a_file_that_runs_or_fetches_something_is_refused(tmp_path: Path, bad: bytes) -> None:
    with pytest.raises(CtekitError, match="state.docx cannot be used as a template"):
        fill(tmp_path, "state.docx", bad)


def test_a_link_that_somebody_presses_is_no_reason_to_refuse_a_form(tmp_path: Path) -> None:
    template = word(("{{ profile.name }}",))
    link = RELATION.format("hyperlink", ' TargetMode="External"')
    document = Document(io.BytesIO(fill(tmp_path, "state.docx", with_part(template, "word/_rels/a.xml.rels", link))))
    assert document.paragraphs[0].text == "Harrow Bend Advanced Manufacturing Pathway"


def test_no_form_is_written_over_by_itself(tmp_path: Path) -> None:
    harrow_bend(tmp_path / "hb")
    toolbox = tmp_path / "hb" / "toolbox"
    toolbox.mkdir()
    (toolbox / "form.md").write_text("{{ profile.name }}")
    with pytest.raises(SystemExit) as ended:
        cli.main(["paper", "toolbox", str(tmp_path / "hb"), "--output", str(toolbox), "--replace"])
    assert ended.value.code == 2
    assert (toolbox / "form.md").read_text() == "{{ profile.name }}"


def test_the_same_answers_give_the_same_bytes(tmp_path: Path) -> None:
    template = word(("{{ profile.name }}",))
    assert fill(tmp_path, "state.docx", template) == fill(tmp_path, "state.docx", template)
