"""The live widgets of one partnership: the same one each time, so that running a cell again loses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ctekit.partnership import Partnership

if TYPE_CHECKING:
    from ctekit.mail.panel import MailPanel
    from ctekit.room.offers import Offer
    from ctekit.widgets.day_panel import DayPanel
    from ctekit.widgets.differences import Differences
    from ctekit.widgets.kit_panel import KitPanel
    from ctekit.widgets.paper_panel import PaperPanel
    from ctekit.widgets.rating import RatingPanel
    from ctekit.widgets.rooms import Rooms
    from ctekit.widgets.run_card import RunCard
    from ctekit.widgets.sheet import Sheet


class LiveWidgets:
    """Each widget of a partnership, made when it is first asked for. ipywidgets is loaded then, too."""

    def __init__(self, partnership: Partnership) -> None:
        self._partnership = partnership
        self._sheets: dict[tuple[str, str], Sheet] = {}
        self._panels: dict[tuple[str, str], RatingPanel] = {}
        self._runs: dict[tuple[str, int], RunCard] = {}
        self._days: dict[str, DayPanel] = {}
        self._papers: dict[str, PaperPanel] = {}
        self._differences: dict[bool, Differences] = {}
        self._kit: KitPanel | None = None
        self._mail: MailPanel | None = None
        self._rooms: Rooms | None = None

    def sheet(self, name: str, only: str) -> Sheet:
        """The form of a worksheet, or of one question of it."""
        from ctekit.widgets.sheet import Sheet

        if (name, only) not in self._sheets:
            self._sheets[name, only] = Sheet(self._partnership.store, name, only=only)
        return self._sheets[name, only]

    def rating_panel(self, about: str, what: str) -> RatingPanel:
        """The panel of rounds about one thing."""
        from ctekit.widgets.rating import RatingPanel

        if (about, what) not in self._panels:
            self._panels[about, what] = RatingPanel(self._partnership, self._room_of_today(), about, what)
        return self._panels[about, what]

    def run_card(self, path: str, meeting: int) -> RunCard:
        """The card of one meeting of a path."""
        from ctekit.widgets.run_card import RunCard

        if (path, meeting) not in self._runs:
            self._runs[path, meeting] = RunCard(self._room_of_today(), path, meeting, book=self._partnership.store.load)
        return self._runs[path, meeting]

    def day_panel(self, element: str) -> DayPanel:
        """The buttons for the activities of a worksheet; "" for those of a half-day."""
        from ctekit.widgets.day_panel import DayPanel

        if element not in self._days:
            votes = self._items_to_vote_on if element == "meetings" else list
            self._days[element] = DayPanel(self._room_of_today(), element, votes)
        return self._days[element]

    def paper_panel(self, name: str) -> PaperPanel:
        """The buttons that make a paper; "" for all papers."""
        from ctekit.widgets.paper_panel import PaperPanel

        if name not in self._papers:
            self._papers[name] = PaperPanel(self._partnership, name)
        return self._papers[name]

    def kit_panel(self) -> KitPanel:
        """The form and the button that make the kit of a workshop."""
        from ctekit.widgets.kit_panel import KitPanel

        if self._kit is None:
            self._kit = KitPanel(self._partnership)
        return self._kit

    def differences(self, private: bool) -> Differences:
        """What is to be chosen since copies were merged."""
        from ctekit.widgets.differences import Differences

        if private not in self._differences:
            self._differences[private] = Differences(self._partnership.store, private=private)
        return self._differences[private]

    def mail_panel(self) -> MailPanel:
        """The buttons that mail worksheets and take answers in."""
        from ctekit.mail.panel import MailPanel

        if self._mail is None:
            self._mail = MailPanel(self._partnership)
        return self._mail

    def _items_to_vote_on(self) -> list[Offer]:
        from ctekit.room import offers

        return offers.on_items(self._partnership.book) if self._partnership.exists else []

    def _room_of_today(self) -> Rooms:
        from ctekit.widgets.rooms import Rooms

        if self._rooms is None:
            self._rooms = Rooms(self._partnership.folder)
        return self._rooms
