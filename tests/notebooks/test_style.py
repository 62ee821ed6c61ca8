"""The guided notebooks keep their style: plain to read, safe to press keys in, right by the clock."""

from __future__ import annotations

import ast
import json
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import nbformat
import pytest

from ctekit import charts, rubrics, worksheets
from tests.workshop.script import told_in

FOLDER = Path(__file__).parents[2] / "notebooks"
OPEN = "import ctekit\n\npartnership = ctekit.open_partnership()"

WORKSHEET = {kind.notebook: kind.slug for kind in worksheets.every().values()}
NAMES = list(WORKSHEET)
ELEMENTS = [worksheets.called(element.slug).notebook for element in rubrics.ELEMENTS]
"""The notebooks that a room rates, one after the other."""
WALKED = [NAMES[0], *ELEMENTS, NAMES[-1]]
"""A half-day's notebooks. Another worksheet's is used on its own."""

BRITISH = re.compile(
    r"\b(\w*organis(?:e|es|ed|ing|ation|ations|er|ers)|\w*(?:recogn|summar|priorit|emphas|minim|maxim|final)is(?:e|es|ed|ing)"
    r"|colours?|coloured|programmes?|neighbours?|neighbouring|behaviours?|favours?|favourites?|honours?|labour|centres?"
    r"|theatres?|metres?|licences?|defences?|offences?|practis(?:e|es|ed|ing)|enrol|enrols|enrolment|fulfil|fulfils|fulfilment"
    r"|analys(?:e|es|ed|ing)|travell(?:ed|ing)|cancell(?:ed|ing)|labell(?:ed|ing)|modell(?:ed|ing)|counsell(?:or|ors|ing)"
    r"|grey|cheques?|whilst|amongst|learnt|spelt|sceptic(?:s|al)?|judgement|acknowledgement|fortnight|timetables?|catalogues?"
    r"|holidays?|car park|per cent)\b",
    re.IGNORECASE,
)
AVOIDED = re.compile(r"\b(leverag\w*|robust\w*|effective\w*|fully)\b", re.IGNORECASE)
RAW_HTML = re.compile(r"<(?!https?://)[a-zA-Z!/?]")
HEADING = re.compile(r"(#{1,6}) (.+)")
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
CLOCK_ROW = re.compile(r"\| (-?)(\d):(\d\d) \| (\d+) \|")


def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))
    return content


def _source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def _cells(name: str, kind: str) -> list[dict[str, Any]]:
    return [cell for cell in _read(name)["cells"] if cell["cell_type"] == kind]


def _prose(name: str) -> str:
    return "\n\n".join(_source(cell) for cell in _cells(name, "markdown"))


def _headings(prose: str) -> list[tuple[int, str]]:
    matches = [HEADING.fullmatch(line) for line in prose.splitlines()]
    return [(len(match[1]), match[2]) for match in matches if match]


def _spans(prose: str) -> list[tuple[int, int]]:
    """From when to when each table with a clock runs, in minutes; each row has to start where the last one ended."""
    spans: list[tuple[int, int]] = []
    inside = False
    for line in prose.splitlines():
        row = CLOCK_ROW.match(line)
        if row:
            starts = (int(row[2]) * 60 + int(row[3])) * (-1 if row[1] else 1)
            ends = starts + int(row[4])
            if inside:
                assert starts == spans[-1][1], f"The row before ends at another time: {line}"
                starts = spans.pop()[0]
            spans.append((starts, ends))
        inside = bool(row)
    return spans


def _calls(name: str) -> Iterator[tuple[str, list[Any], dict[str, Any]]]:
    """The sentences of a notebook: verb, arguments, named arguments."""
    for cell in _cells(name, "code")[1:]:
        (statement,) = ast.parse(_source(cell)).body
        assert isinstance(statement, ast.Expr)
        assert isinstance(statement.value, ast.Call)
        call = statement.value
        assert isinstance(call.func, ast.Attribute)
        assert isinstance(call.func.value, ast.Name)
        assert call.func.value.id == "partnership"
        arguments = [ast.literal_eval(argument) for argument in call.args]
        named = {str(word.arg): ast.literal_eval(word.value) for word in call.keywords}
        yield call.func.attr, arguments, named


def _statement(name: str) -> str:
    """The statement that a room rates, from the cell called `rate`."""
    (cell,) = [cell for cell in _cells(name, "markdown") if cell["id"] == "rate"]
    (quoted,) = [line for line in _source(cell).splitlines() if line.startswith("> ")]
    return quoted.removeprefix("> ")


def test_the_folder_holds_a_notebook_for_each_worksheet_and_nothing_else() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_a_clean_notebook(name: str) -> None:
    notebook = _read(name)
    nbformat.validate(notebook)
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    assert notebook["metadata"]["kernelspec"]["name"] == "python3"
    assert notebook["metadata"]["language_info"] == {"name": "python"}
    for cell in _cells(name, "code"):
        assert cell["outputs"] == []
        assert cell["execution_count"] is None


@pytest.mark.parametrize("name", NAMES)
def test_cell_ids_are_words_and_unique(name: str) -> None:
    ids = [cell["id"] for cell in _read(name)["cells"]]
    assert len(set(ids)) == len(ids) <= 22
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", word) for word in ids)


@pytest.mark.parametrize("name", NAMES)
def test_headings_make_an_outline(name: str) -> None:
    headings = _headings(_prose(name))
    levels = [level for level, _ in headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    words = [text.casefold() for _, text in headings]
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("name", WALKED)
def test_code_is_one_sentence_a_cell(name: str) -> None:
    cells = _cells(name, "code")
    assert len(cells) <= (10 if name == NAMES[-1] else 9)  # the last one votes, too
    assert all(len(_source(cell).splitlines()) <= 3 for cell in cells)
    assert _source(cells[0]) == OPEN
    verbs = {"rate", "worksheet", "check", "chart", "keep"}
    whole = verbs - {"check"} | {"picture", "thread", "handover", "room", "paper"}
    special = {NAMES[0]: verbs | {"overview", "kit", "run"}, "06-roles": verbs | {"paper", "mail"}, NAMES[-1]: whole}
    verbs = special.get(name, verbs)
    assert {verb for verb, _, _ in _calls(name)} == verbs


@pytest.mark.parametrize("name", WALKED)
def test_sentences_name_the_notebooks_own_worksheet_and_chart(name: str) -> None:
    worksheet = WORKSHEET[name]
    shown = [arguments[0] for verb, arguments, _ in _calls(name) if verb == "chart"]
    assert worksheet == charts.every()[shown[0]].WORKSHEET
    assert set(shown) <= charts.every().keys()
    whole = name == NAMES[-1]
    expected: list[tuple[str, list[Any], dict[str, Any]]] = [
        ("worksheet", [worksheet], {}),
        ("check", [worksheet], {}),
        *(("chart", [chart], {}) for chart in shown),
    ]
    if name == NAMES[0]:  # the dashboard
        expected.insert(0, ("overview", [], {}))
        expected += [("kit", [], {}), ("run", ["half-day"], {}), ("rate", ["quick"], {})]
    if whole:  # the room looks at what does not fit before it plans, and hands over before it keeps a copy
        expected[:2] = [("picture", [], {}), ("thread", [], {}), expected[0]]
        expected += [("room", [], {}), ("rate", ["exit"], {}), ("handover", [], {})]
    if name in ELEMENTS:  # rated before it is filled in, for a worksheet on the screen would tell people what to say
        expected.insert(0, ("rate", [worksheet], {}))
        expected.append(("worksheet", ["plan"], {"only": "actions"}))
    if name == "06-roles":  # what is signed
        expected += [("mail", [], {}), ("paper", ["agreement"], {})]
    if whole:
        expected.append(("paper", [], {}))
    assert list(_calls(name)) == [*expected, ("keep", [], {})]


@pytest.mark.parametrize("name", NAMES)
def test_no_key_press_can_delete_or_rewrite_a_sentence(name: str) -> None:
    for cell in _cells(name, "code"):
        assert cell["metadata"] == {"deletable": False, "editable": False, "jupyter": {"source_hidden": False}}


@pytest.mark.parametrize("name", NAMES)
def test_prose_is_plain_commonmark(name: str) -> None:
    prose = _prose(name)
    assert not RAW_HTML.search(prose)
    assert "![" not in prose
    assert not [sign for sign in prose if unicodedata.category(sign) == "So" or ord(sign) > 0xFFFF]
    assert "—" not in prose, "a dash here is a comma, a colon or a full stop"


@pytest.mark.parametrize("name", NAMES)
def test_spelling_is_american_and_words_are_plain(name: str) -> None:
    prose = _prose(name)
    assert not [match[0] for match in BRITISH.finditer(prose)]
    assert not [match[0] for match in AVOIDED.finditer(prose)]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_script_can_be_unfolded_on_the_wall(name: str) -> None:
    assert not [cell["id"] for cell in _read(name)["cells"] if "facilitator" in cell["metadata"].get("tags", [])]
    assert told_in(_prose(name)) == []


@pytest.mark.parametrize("name", WALKED)
def test_one_line_says_where_the_words_for_the_lead_are(name: str) -> None:
    assert _prose(name).count("in the lead's view and on the run sheet, never on this page") == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_clock_adds_up(name: str) -> None:
    assert all(starts < ends for starts, ends in _spans(_prose(name)))


@pytest.mark.parametrize("name", WALKED)
def test_links_inside_the_folder_exist(name: str) -> None:
    inside = [target for target in LINK.findall(_prose(name)) if not target.startswith(("http://", "https://"))]
    assert inside
    # In a partnership's folder the exercises lie in it, in the checkout beside the notebooks.
    assert all(
        (FOLDER.parent if target.startswith("exercises/") else FOLDER).joinpath(target).is_file() for target in inside
    )


@pytest.mark.parametrize(("name", "following"), list(pairwise(WALKED)))
def test_each_notebook_ends_with_a_link_to_the_next(name: str, following: str) -> None:
    assert f"({following}.ipynb)" in _source(_read(name)["cells"][-1])


@pytest.mark.parametrize("name", ELEMENTS)
def test_an_element_credits_excelined_and_cites_its_sources(name: str) -> None:
    (why,) = [_source(cell) for cell in _cells(name, "markdown") if cell["id"] == "why"]
    assert "The seven elements are named by ExcelinEd (2018); the worksheet is ours." in why
    assert "Source: [" in why
    assert "have not been validated" in _prose(name)


def test_the_notebooks_rate_the_headline_indicators_word_for_word() -> None:
    headlines = [f"{indicator.statement}." for indicator in rubrics.HEADLINES]
    assert [_statement(name) for name in ELEMENTS] == headlines


@pytest.mark.parametrize("name", WALKED[1:])
def test_a_notebook_is_read_in_one_sitting(name: str) -> None:
    words = re.sub(r"\]\([^)]*\)|[|#*>-]", " ", _prose(name)).split()
    assert 600 <= len(words) <= 1200


@pytest.mark.parametrize("name", WALKED[:-1])
def test_whoever_has_no_phone_rates_as_well(name: str) -> None:
    (cell,) = [cell for cell in _cells(name, "markdown") if cell["id"] in ("rate", "quick-intro")]
    assert re.search(r"on a phone|on their phones", _source(cell), re.IGNORECASE)
    assert re.search(r"on a paper ballot|on paper", _source(cell), re.IGNORECASE)
    assert re.search(r"on this screen", _source(cell), re.IGNORECASE)
