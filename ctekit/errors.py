"""What goes wrong for people: one sentence that says what happened, what was expected and what to do next."""


class ForPeople(Exception):
    """An error whose message is one sentence for people; commands and forms show it as it stands."""
