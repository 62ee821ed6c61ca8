"""What goes wrong for people: one sentence that says what happened, what was expected and what to do next."""


class ForPeople(Exception):
    """An error whose message is one sentence for people; commands, forms and notebooks show it as it stands."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback."""
        return [str(self)]


class NotFound(ForPeople, LookupError):
    """There is no worksheet, question, row, chart or sample of that name; the message says which ones there are."""
