"""What spreadsheets and word processors put on the clipboard for one small table, written by hand in their manner."""

from __future__ import annotations

from html import escape

# ruff: noqa: E501 - they break lines where they like

EXCEL = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Excel.Sheet>
<style><!--table {mso-displayed-decimal-separator:"\\.";} .xl65 {mso-number-format:"Short Date";} br {mso-data-placement:same-cell;}--></style>
</head>
<body link="#0563C1" vlink="#954F72">
<table border=0 cellpadding=0 cellspacing=0 width=512 style='border-collapse:collapse;width:384pt'>
<!--StartFragment-->
 <col width=128 span=4 style='width:96pt'>
 <tr height=20 style='height:15.0pt'>
  <td height=20 width=128 style='height:15.0pt;width:96pt'>Bring the credit
  table to the trustees</td>
  <td width=128 style='width:96pt'>Adaeze Whitcomb</td>
  <td class=xl65 align=right width=128 style='width:96pt'>11/18/2026</td>
  <td width=128 style='width:96pt'>No</td>
 </tr>
 <tr height=40 style='height:30.0pt'>
  <td height=40 class=xl66 width=128 style='height:30.0pt;width:96pt'>Ask for “bus” times<br>
    after 6 p.m.</td>
  <td>TOMASZ BREEL</td>
  <td class=xl65 align=right>2026-12-01</td>
  <td>yes</td>
 </tr>
<!--EndFragment-->
</table>
</body>
</html>"""

SHEETS = """<meta charset='utf-8'><google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #cccccc;}br {mso-data-placement:same-cell;}--></style>
<table xmlns="http://www.w3.org/1999/xhtml" cellspacing="0" cellpadding="0" dir="ltr" border="1" data-sheets-root="1" data-sheets-baot="1">
<colgroup><col width="100"/><col width="100"/><col width="100"/><col width="100"/></colgroup><tbody>
<tr style="height:21px;"><td style="overflow:hidden;" data-sheets-value="{&quot;1&quot;:2}">Bring the credit table to the trustees</td><td style="overflow:hidden;">Adaeze Whitcomb</td><td style="text-align:right;" data-sheets-numberformat="{&quot;1&quot;:5}">11/18/2026</td><td style="overflow:hidden;">No</td></tr>
<tr style="height:21px;"><td style="overflow:hidden;">Ask for “bus” times<br/>after 6 p.m.</td><td>TOMASZ BREEL</td><td style="text-align:right;">2026-12-01</td><td>yes</td></tr>
</tbody></table></google-sheets-html-origin>"""

LIBREOFFICE = """<!DOCTYPE html>
<html>
<head>
	<meta http-equiv="content-type" content="text/html; charset=utf-8"/>
	<meta name="generator" content="LibreOffice 24.2.5.2 (Linux)"/>
	<style type="text/css">body,div,table,td,p { font-family:"Liberation Sans"; font-size:x-small }</style>
</head>
<body>
<table cellspacing="0" border="0">
	<colgroup span="4" width="85"></colgroup>
	<tr>
		<td height="17" align="left"><font color="#000000">Bring the credit table to the trustees</font></td>
		<td align="left">Adaeze Whitcomb</td>
		<td align="right" sdval="46344" sdnum="1033;1033;MM/DD/YYYY">11/18/2026</td>
		<td align="left">No</td>
	</tr>
	<tr>
		<td height="32" align="left">Ask for “bus” times<br>after 6 p.m.</td>
		<td align="left">TOMASZ BREEL</td>
		<td align="right" sdval="46357" sdnum="1033;1033;YYYY-MM-DD">2026-12-01</td>
		<td align="left">yes</td>
	</tr>
</table>
</body>
</html>"""

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta name=ProgId content=Word.Document><style><!-- p.MsoNormal {margin:0in;} --></style></head>
<body lang=EN-US style='tab-interval:.5in'><!--StartFragment-->
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
 <tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'>
  <td width=156 valign=top style='width:116.85pt;border:solid windowtext 1.0pt'>
  <p class=MsoNormal><span style='mso-bidi-font-size:12pt'>Bring the credit table
  to the trustees<o:p></o:p></span></p>
  </td>
  <td width=156 valign=top><p class=MsoNormal>Adaeze Whitcomb<o:p></o:p></p></td>
  <td width=156 valign=top><p class=MsoNormal>11/18/2026<o:p></o:p></p></td>
  <td width=156 valign=top><p class=MsoNormal>No<o:p></o:p></p></td>
 </tr>
 <tr style='mso-yfti-irow:1;mso-yfti-lastrow:yes'>
  <td width=156 valign=top>
  <p class=MsoNormal>Ask for “bus” times<o:p></o:p></p>
  <p class=MsoNormal>after 6 p.m.<o:p>&nbsp;</o:p></p>
  </td>
  <td width=156 valign=top><p class=MsoNormal>TOMASZ BREEL<o:p></o:p></p></td>
  <td width=156 valign=top><p class=MsoNormal>2026-12-01<o:p></o:p></p></td>
  <td width=156 valign=top><p class=MsoNormal>yes<o:p></o:p></p></td>
 </tr>
</table>
<!--EndFragment--></body></html>"""

TEXT = 'Bring the credit table to the trustees\tAdaeze Whitcomb\t11/18/2026\tNo\r\n"Ask for “bus” times\nafter 6 p.m."\tTOMASZ BREEL\t2026-12-01\tyes\r\n'

ALL = {"Excel": EXCEL, "Google Sheets": SHEETS, "LibreOffice": LIBREOFFICE, "Word": WORD}


def excel(lines: list[list[str]]) -> str:
    """A table of any size as Excel gives it."""
    head, _, rest = EXCEL.partition("<!--StartFragment-->")
    _, _, foot = rest.partition("<!--EndFragment-->")
    cell = "  <td class=xl65 width=128 style='width:96pt'>{}</td>\n"
    body = "".join(
        f" <tr height=20 style='height:15.0pt'>\n{''.join(cell.format(escape(words)) for words in line)} </tr>\n"
        for line in lines
    )
    return f"{head}<!--StartFragment-->\n{body}<!--EndFragment-->{foot}"


MAIL = """<html><body><table role="presentation" width="100%"><tr><td style="padding:8px"><p>Hi all, the list:</p>
<table border="1"><tr><td>Call the mayor</td><td>Adaeze Whitcomb</td></tr><tr><td>Write to the board</td><td>Tomasz Breel</td></tr></table>
<p>Bye</p></td></tr></table><table role="presentation"><tr><td>Sent from my phone</td></tr></table></body></html>"""

NEWSLETTER = """<table role="presentation"><tr><td>Just one cell of a layout</td></tr></table>"""

MERGED = """<table><tr><td colspan="3"><b>Our plan, draft 2</b></td></tr><tr><th rowspan="2">Person in charge</th><th colspan="2">Work</th></tr>
<tr><th>What</th><th>By when</th></tr><tr><td rowspan="2">Adaeze Whitcomb</td><td>Call the mayor</td><td>11/18/2026</td></tr>
<tr><td>Write to the board</td><td>2026-12-01</td></tr></table>"""
