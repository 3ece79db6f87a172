# SPDX-License-Identifier: Apache-2.0
"""Pictures as inline SVG: readable without colour, with every number also in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from foss_audit.model import SoftwareClass

FILLS: Mapping[SoftwareClass, str] = {
    SoftwareClass.UNLICENSED: "#8f1d1d",
    SoftwareClass.UNDETERMINED: "url(#stripes)",
    SoftwareClass.LEGAL_COMMERCIAL: "#4a7fb5",
    SoftwareClass.FOSS: "#bfdfc9",
}
"""Dark, striped, middle and light: the classes stay apart in a black-and-white print."""

PATTERNS = Markup(
    '<svg class="patterns" width="0" height="0" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="stripes" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="8" height="8" fill="#fbe6b8"/><rect width="3" height="8" fill="#9a6700"/></pattern></defs></svg>'
)
"""Stands once in a page that holds pictures."""

_WIDTH = 720
_LABEL_ROOM = 58
_LINE = Markup('<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="#fff" stroke-width="1"/>')


@dataclass(frozen=True, slots=True)
class Slice:
    """One class in a picture."""

    software_class: SoftwareClass
    count: int
    label: str
    """What stands on the slice where there is room, such as a percentage."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One agency in the comparison."""

    name: str
    slices: tuple[Slice, ...]
    """Empty where there is nothing to show; `note` then says why."""
    note: str
    """What stands behind the bar: the compliance rate, or why there is no bar."""


def stacked_bar(slices: Sequence[Slice], description: str) -> Markup:
    """One bar of all installations, a slice a class."""
    height = 46
    return Markup('<svg class="bar" viewBox="0 0 {width} {height}" role="img" aria-label="{description}">{body}</svg>').format(
        width=_WIDTH, height=height, description=description, body=_slices(slices, 0, 0, _WIDTH, height, labels=True)
    )


def swatch(software_class: SoftwareClass) -> Markup:
    """The fill of a class, for a legend."""
    return Markup(
        '<svg class="swatch" viewBox="0 0 18 18" aria-hidden="true">'
        '<rect x="0.5" y="0.5" width="17" height="17" rx="2" fill="{}" stroke="#444" stroke-width="1"/></svg>'
    ).format(FILLS[software_class])


def comparison(bars: Sequence[Bar], description: str) -> Markup:
    """A bar an agency, all of the same length: the shares of the classes."""
    row, name_room, note_room, bar_height = 28, 262, 150, 17
    length = _WIDTH - name_room - note_room
    lines = []
    for index, bar in enumerate(bars):
        top = index * row
        text_at = top + row / 2 + 4
        lines.append(
            Markup('<text x="{x}" y="{y}" text-anchor="end"><title>{full}</title>{name}</text>').format(
                x=name_room - 10, y=_number(text_at), full=bar.name, name=_shortened(bar.name, 37)
            )
        )
        bar_top = top + (row - bar_height) / 2
        if bar.slices:
            lines.append(_slices(bar.slices, name_room, bar_top, length, bar_height, labels=False))
        else:
            lines.append(
                Markup(
                    '<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="none" stroke="#777" stroke-dasharray="4 3"/>'
                ).format(x=name_room, y=_number(bar_top), width=length, height=bar_height)
            )
        lines.append(
            Markup('<text class="note" x="{x}" y="{y}">{note}</text>').format(
                x=name_room + length + 10, y=_number(text_at), note=bar.note
            )
        )
    return Markup(
        '<svg class="comparison" viewBox="0 0 {width} {height}" role="img" aria-label="{description}">{body}</svg>'
    ).format(width=_WIDTH, height=max(row, row * len(bars)), description=description, body=Markup("").join(lines))


def _slices(slices: Sequence[Slice], left: float, top: float, width: float, height: float, *, labels: bool) -> Markup:
    total = sum(one.count for one in slices)
    drawn, done = [], 0
    for one in slices:
        if not one.count:
            continue
        x, end = left + width * done / total, left + width * (done + one.count) / total
        done += one.count
        drawn.append(
            _LINE.format(
                x=_number(x), y=_number(top), width=_number(end - x), height=_number(height), fill=FILLS[one.software_class]
            )
        )
        if labels and end - x >= _LABEL_ROOM:
            drawn.append(_label(one.label, (x + end) / 2, top + height / 2))
    return Markup("").join(drawn)


def _label(text: str, x: float, y: float) -> Markup:
    """White ground below the text: no fill then has to carry it."""
    width = 2 + 10 * len(text)
    return Markup(
        '<rect x="{left}" y="{top}" width="{width}" height="20" rx="3" fill="#fff"/>'
        '<text class="share" x="{x}" y="{base}" text-anchor="middle">{text}</text>'
    ).format(left=_number(x - width / 2), top=_number(y - 10), width=_number(width), x=_number(x), base=_number(y + 5), text=text)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"
