# SPDX-License-Identifier: Apache-2.0
"""The first sheet of a workbook, written from top to bottom: verdict, figures, picture, signatures."""

from collections.abc import Sequence

from foss_audit.language import Translator
from foss_audit.model import SoftwareClass
from foss_audit.outcome import ClassCounts
from foss_audit.reports import view, words
from foss_audit.reports.sheets import Book, Styled, Value, row_height

_WIDTHS = (40, 42, 24, 12, 13)
_COLOURS = {
    SoftwareClass.UNLICENSED: "#8F1D1D",
    SoftwareClass.UNDETERMINED: "#D99A1C",
    SoftwareClass.LEGAL_COMMERCIAL: "#4A7FB5",
    SoftwareClass.FOSS: "#8CC3A0",
}


class SummarySheet:
    """Rows are written in order and never gone back to: a workbook in constant memory forgets earlier ones."""

    def __init__(self, book: Book, translator: Translator, title: str, subtitle: str) -> None:
        _ = translator.gettext
        self._book = book
        self._translator = translator
        self._name = _("Summary")
        self._sheet = book.sheet(self._name, landscape=False)
        self._next = 0
        self._sheet.hide_gridlines(2)
        for index, width in enumerate(_WIDTHS):
            self._sheet.set_column(index, index, width)
        self.line(f"{_('DRAFT')} · {translator.say(words.WORKING_PAPER)}", "draft")
        self.line(_("Software compliance"), "subtitle")
        self.line(title, "title", height=28)
        self.line(subtitle, "subtitle")

    def section(self, heading: str) -> None:
        """A heading with a blank line before it."""
        self._next += 1
        self.row([Styled(heading, "section"), *[Styled(None, "section")] * (len(_WIDTHS) - 1)])

    def line(self, text: str, style: str, height: float | None = None) -> None:
        """Text across the sheet; `height` in points where it is larger than usual."""
        self._sheet.set_row(self._next, height or row_height([text], [sum(_WIDTHS)]))
        self._book.merge(self._sheet, self._next, 0, len(_WIDTHS) - 1, text, style)
        self._next += 1

    def pair(self, label: str | Styled, value: Value) -> None:
        """A figure with its name; a dash where the figure is not known."""
        known = value.value if isinstance(value, Styled) else value
        shown = Styled("–", "figure") if known is None else value if isinstance(value, Styled) else Styled(value, "figure")
        self.row([label if isinstance(label, Styled) else Styled(label, "label"), shown])

    def row(self, values: Sequence[Value]) -> None:
        """One cell a column."""
        self._sheet.set_row(self._next, row_height(values, _WIDTHS))
        for index, value in enumerate(values):
            if isinstance(value, Styled):
                self._book.write(self._sheet, self._next, index, value.value, value.style)
            else:
                self._book.write(self._sheet, self._next, index, value, "text" if isinstance(value, str) else "number")
        self._next += 1

    def classes(self, counts: ClassCounts) -> None:
        """Installations by class with their shares, and a picture of them."""
        _ = self._translator.gettext
        self.section(_("Installations"))
        headings = (_("Class"), _("Meaning"), _("Installations"), _("Share"))
        self.row([Styled(heading, "heading") for heading in headings])
        first = self._next
        for one in view.CLASS_ORDER:
            number = getattr(counts, one.value)
            share = number / counts.total if counts.total else None
            meaning = self._translator.say(words.CLASS_MEANINGS[one])
            self.row([Styled(self._translator.say(words.CLASSES[one]), one.value), meaning, number, Styled(share, "percent")])
        self.row([Styled(_("Total"), "label"), "", Styled(counts.total, "number")])
        if counts.total:
            self._chart(first)

    def close(self) -> None:
        """Ends the sheet with the lines to sign on."""
        _ = self._translator.gettext
        self._next += 2
        self.row([Styled("", "line"), Styled("", "line"), Styled("…………………………, …………………………", "line")])
        self._next += 1
        self.row(_plain(_("Prepared by"), _("Reviewed by"), _("Approved by")))
        self.row(_plain(_("Team leader"), _("Technical supervisor"), _("Quality supervisor")))
        self._next += 3
        self.row([Styled("", "line_below")] * 3)
        self.row(_plain(*[_("Staff no.")] * 3))

    def _chart(self, first: int) -> None:
        _ = self._translator.gettext
        chart = self._book.workbook.add_chart({"type": "bar"})
        last = first + len(view.CLASS_ORDER) - 1
        chart.add_series(
            {
                "categories": [self._name, first, 0, last, 0],
                "values": [self._name, first, 2, last, 2],
                "points": [{"fill": {"color": _COLOURS[one]}, "border": {"color": "#444444"}} for one in view.CLASS_ORDER],
                "data_labels": {"value": True, "num_format": "#,##0"},
                "gap": 45,
            }
        )
        chart.set_title({"name": _("Installations by class"), "name_font": {"size": 11}, "overlay": False})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True, "line": {"none": True}})
        chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
        chart.set_size({"width": 720, "height": 210})
        chart.set_chartarea({"border": {"none": True}})
        self._sheet.insert_chart(self._next, 0, chart, {"x_offset": 4, "y_offset": 8})
        self._next += 12


def _plain(*texts: str) -> list[Styled]:
    return [Styled(text, "line") for text in texts]
