"""Who reads what leaves the room: a name that the command line needs before anything of a partnership is loaded."""

from typing import Literal, get_args

Reader = Literal["partners", "public", "facilitator"]
READERS: tuple[Reader, ...] = get_args(Reader)
