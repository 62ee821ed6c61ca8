"""The answers of one partnership, for scripts and commands: read, write, look back, export. No widget."""

from ctekit.partnership._answers import NoPartnershipError
from ctekit.partnership._partnership import Partnership

__all__ = ["NoPartnershipError", "Partnership"]
