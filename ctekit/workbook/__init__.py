"""The workbook: all worksheets of one partnership, typed, at one moment. Rules and charts read nothing else."""

from ctekit.workbook._plain import from_answers, sheet
from ctekit.workbook._workbook import AnswerOnce, Earlier, Workbook

__all__ = ["AnswerOnce", "Earlier", "Workbook", "from_answers", "sheet"]
