# SPDX-License-Identifier: Apache-2.0
"""What a console leaves around the lists that tools print: prompts with what was typed, transcripts of PowerShell. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_PROMPT = re.compile(
    r"(?:\([\w.-]{1,40}\) )?"  # an environment of Python or conda
    r"(?:"
    r"\[?[A-Za-z_][\w.-]{0,40}@(?P<host>[A-Za-z0-9][\w.-]{0,80})(?:[: ][^\s#$%]{0,200})?\]?[#$%](?:\s|$)"
    r"|(?:\[(?P<remote>[\w.-]{1,80})\]: )?PS(?: (?:[A-Za-z]{1,20}:|\\\\|/|~)[^<>]{0,200})?>"
    r"|[A-Za-z]:\\[^<>|:*?\"]{0,200}>"
    r")"
)
"""Of shells of Unix (`root@srv:~#`), of PowerShell (`PS C:\\Users\\a>`), of Windows' command line (`C:\\Users\\a>`)."""
_BARE_PROMPT = re.compile(
    r"(?:[#$%>] (?:sudo )?|sudo )(?:apk|apt(?:-get)?|brew|cargo|choco|composer|conda|dnf|dpkg(?:-query)?|flatpak"
    r"|gem|get-[a-z]{3,20}|npm|osqueryi?|pacman|pip3?|python3?|rpm|snap|systeminfo|system_profiler|winget|wmic|yum|zypper"
    r"|cat|reg) \S",
    re.IGNORECASE,
)
"""A prompt that names no place, with a tool that lists software, as manuals write it: `# dpkg -l`."""
_MAY_BE_CONSOLE = re.compile(r"[>#$%*]|^(?:sudo|transcript) ", re.IGNORECASE)
"""Nearly all lines are none, and known by this quickly."""
_GOES_ON = re.compile(r">>(?:\s|$)")
"""A command typed on several lines."""
_STARS = re.compile(r"\*{20,}\s*$")
_TRANSCRIPT = re.compile(r"(?:Windows )?PowerShell transcript (?:start|end)|Command start time: \d", re.IGNORECASE)
_AFTER_HEADER = re.compile(r"Transcript (?:started|stopped), output file is ", re.IGNORECASE)
_MACHINE = re.compile(r"Machine\s{0,3}: ([A-Za-z0-9][\w.-]{0,80}) \(")
_LONGEST_HEADER = 60


_LABELLED_TITLE = re.compile(
    r"\W{0,6}(?:nama )?(?:komputer|laptop|notebook|pc|perangkat|server|computer(?: name)?)"
    r"\s{0,3}[:=]\s{0,3}(\w[\w .()/-]{0,60}?)\W{0,6}$",
    re.IGNORECASE,
)
_BARE_TITLE = re.compile(
    r"\W{0,6}((?:komputer|laptop|notebook|pc|server)[ \w.()-]{1,50}?"
    r"|(?=[\w.-]{0,40}\d)[A-Za-z][\w.]{0,20}-[\w.-]{1,40}?)\W{0,6}$",
    re.IGNORECASE,
)
"""What people write above the list of a device, with a label or, right above a table, without: `PC-01`, `=== DINSOS-PC01 ===`."""
_LABELLED = re.compile(r"[^\W\d][^:]{0,40}\s*:\s")
_HEADING = re.compile(r"(?:[A-Za-z][A-Za-z ]{1,40}\s{2,}){1,14}[A-Za-z]{0,40}\s*$")
_RULE = re.compile(r"-[- ]*$")


@dataclass(frozen=True, slots=True)
class Console:
    """Lines of a console's output, blank where the console itself wrote them; and from which line on they are of which host."""

    lines: tuple[str, ...]
    hosts: tuple[tuple[int, str], ...] = ()
    """(1-based line, host), in the order of lines, each other than the one before."""


def output_of(lines: Sequence[str]) -> Console:
    """Text without prompts, what was typed at them, and the frames of PowerShell's transcripts.

    >>> output_of(["root@srv-1:~# pip list", "attrs (23.1)"])
    Console(lines=('', 'attrs (23.1)'), hosts=((1, 'srv-1'),))
    """
    kept = list(lines)
    hosts: list[tuple[int, str]] = []
    is_command = False
    number = 0
    while number < len(lines):
        end, host = _written_by_console(lines, number, is_command=is_command)
        is_command = end > number
        kept[number:end] = [""] * (end - number)
        if host and (not hosts or hosts[-1][1].casefold() != host.casefold()):
            hosts.append((number + 1, host))
        number = max(end, number + 1)
    return Console(tuple(kept), tuple(hosts))


def device_titles(lines: Sequence[str]) -> tuple[tuple[int, str], ...]:
    """Lines (from 1) that stand alone and name the device whose list is below them.

    >>> device_titles(["Komputer: PC-01", "", "Name   Version", "----   -------", "7-Zip  22"])
    ((1, 'PC-01'),)
    """
    found: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        title = _LABELLED_TITLE.match(line) or _BARE_TITLE.match(line) if len(line) < 100 and line.strip() else None
        if title is None or (number and lines[number - 1].strip()):
            continue
        below = next((index for index in range(number + 1, min(number + 4, len(lines))) if lines[index].strip()), None)
        if below is None:
            continue
        is_above_table = _HEADING.match(lines[below]) or (below + 1 < len(lines) and _RULE.match(lines[below + 1]))
        if is_above_table or (_LABELLED_TITLE.match(line) and below > number + 1 and _LABELLED.match(lines[below])):
            found.append((number + 1, title[1].strip()))
    return tuple(found)


def is_prompt(line: str) -> bool:
    """Whether a line is a prompt, with or without a command."""
    return _PROMPT.match(line) is not None


def _written_by_console(lines: Sequence[str], number: int, *, is_command: bool) -> tuple[int, str]:
    """Where the lines end that the console wrote, and the host that they name."""
    line = lines[number]
    if not _MAY_BE_CONSOLE.search(line):
        return number, ""
    if prompt := _PROMPT.match(line):
        return number + 1, prompt["host"] or prompt["remote"] or ""
    if (
        (_BARE_PROMPT.match(line) and not _is_remark(lines, number))
        or (is_command and _GOES_ON.match(line))
        or _AFTER_HEADER.match(line)
    ):
        return number + 1, ""
    if _STARS.match(line) and number + 1 < len(lines) and _TRANSCRIPT.match(lines[number + 1]):
        return _end_of_frame(lines, number)
    return number, ""


def _is_remark(lines: Sequence[str], number: int) -> bool:
    """Whether a line with # is one within a list, not the command above it."""
    return lines[number].startswith("#") and any(line.strip() for line in lines[max(number - _LONGEST_HEADER, 0) : number])


def _end_of_frame(lines: Sequence[str], start: int) -> tuple[int, str]:
    """The frame of a transcript, from one line of asterisks to the next."""
    host = ""
    for number in range(start + 1, min(start + _LONGEST_HEADER, len(lines))):
        if machine := _MACHINE.match(lines[number]):
            host = machine[1]
        if _STARS.match(lines[number]):
            return number + 1, host
    return start + 2, host
