"""What a worksheet is made of: kinds of question, their readers, and the errors that people see."""

from ctekit.model.errors import CtekitError, InvalidAnswerError, NotFoundError

__all__ = ["CtekitError", "InvalidAnswerError", "NotFoundError"]
