"""A file that cannot be written: what was asked for is named, with the reason and what to do, and nothing is left."""

from __future__ import annotations

import errno
import os
import socket
from pathlib import Path

import pytest

from ctekit.model.errors import CtekitError
from ctekit.model.files import fits_everywhere, make_folder, refuse_unfit, write_whole


def refusal(path: Path) -> str:
    with pytest.raises(CtekitError) as refused:
        write_whole(path, b"x")
    assert isinstance(refused.value, OSError), "whoever waits for an error of the disk hears of it"
    return str(refused.value)


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b" / "c.txt", b"x")
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == b"x"


@pytest.mark.parametrize("below", ["taken/a.txt", "taken/deep/a.txt"])
def test_a_file_where_a_folder_has_to_be_is_named(below: str, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("somebody's")
    expected = f"{tmp_path / below} could not be written: {tmp_path / 'taken'} is a file and no folder. Choose another"
    assert expected in refusal(tmp_path / below)
    with pytest.raises(CtekitError, match="taken is a file and no folder"):
        make_folder(tmp_path / "taken")
    assert (tmp_path / "taken").read_text() == "somebody's"


def test_a_folder_where_a_file_is_wanted_stays(tmp_path: Path) -> None:
    (tmp_path / "a.txt").mkdir()
    assert "a.txt could not be written: there is a folder of that name. Choose another name." in refusal(
        tmp_path / "a.txt"
    )


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no sockets in files")
def test_what_is_neither_file_nor_folder_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the name of a socket has to be short
    with socket.socket(socket.AF_UNIX) as door:
        door.bind("door")
        assert "there is something else of that name" in refusal(Path("door"))
        assert Path("door").exists()


def test_a_name_that_is_too_long_is_cut_in_the_message(tmp_path: Path) -> None:
    for path in (tmp_path / ("n" * 5000), tmp_path / ("n" * 300) / "a.txt"):
        words = refusal(path)
        assert "Choose a shorter name." in words
        assert len(words) < 400


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EFBIG, errno.EACCES, errno.EROFS])
def test_a_disk_that_takes_nothing_leaves_what_was_there(
    number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.txt"
    path.write_text("before")

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number), str(tmp_path / ".x.part"))

    monkeypatch.setattr(Path, "replace", fail)
    words = refusal(path)
    assert words.startswith(f"{path} could not be written ({os.strerror(number)}). ")
    assert ("Make room" in words) == (number in (errno.ENOSPC, errno.EFBIG))
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path], "nothing half is left"


def test_a_folder_that_one_may_not_look_into_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    with monkeypatch.context() as locked:  # a test may run as somebody who may look everywhere
        locked.setattr(Path, "mkdir", fail)
        locked.setattr(Path, "stat", fail)
        words = refusal(tmp_path / "a" / "b.txt")
    assert words.endswith("b.txt could not be written (Permission denied). Choose a folder that you may write to.")


@pytest.mark.parametrize(
    "name",
    [
        "CON",
        "con",
        "Nul",
        "aux.txt",
        "COM1",
        "lpt9.tar.gz",
        "COM¹",
        "conout$",
        "ours.",
        "ours ",
        *(f"a{c}b" for c in '<>:"|?*\\\n'),
    ],
)
def test_a_folder_is_not_made_that_windows_could_not_open(name: str, tmp_path: Path) -> None:
    assert not fits_everywhere(name)
    for folder in (tmp_path / name, tmp_path / name / "deeper"):
        with pytest.raises(CtekitError, match=r"^No computer with Windows could open a folder called .+ Nothing was"):
            refuse_unfit(folder)


def test_names_that_every_system_can_have_are_taken_and_those_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ours", "Console", "com10", "a.b c", ".hidden", "Été 名", "contract", "nul-partnership"):
        assert fits_everywhere(name)
        refuse_unfit(tmp_path / name)
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path / "there")
    refuse_unfit(Path())
    refuse_unfit(Path("..", "beside"))


@pytest.mark.skipif(os.name == "nt", reason="needs a folder that Windows cannot have")
def test_a_folder_that_is_there_may_be_called_as_it_likes(tmp_path: Path) -> None:
    (tmp_path / "Q1: plan").mkdir()
    refuse_unfit(tmp_path / "Q1: plan")
    refuse_unfit(tmp_path / "Q1: plan" / "ours")
