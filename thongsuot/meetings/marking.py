"""The register as a form: what stood on the clerk's screen travels with it, so that nothing is lost unseen."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from thongsuot.meetings.models import Attendance
from thongsuot.meetings.register import Conflict, Line

Status = Attendance.Status


@dataclass
class Row:
    """One person's line on the page, and what a colleague recorded meanwhile."""

    line: Attendance
    number: int
    conflict: Conflict | None = None

    @property
    def key(self) -> str:
        """Names the line in the form; as text, for a page would write the number 1234 as 1.234."""
        return str(self.line.pk)

    @property
    def was(self) -> str:
        return packed(self.line.version, self.line.status, self.line.spoke, self.line.reason)

    @property
    def mine(self) -> str:
        """The clerk's own choice that met a newer one, to be taken after all."""
        if self.conflict is None:
            return ""
        wanted = self.conflict.wanted
        return packed(self.line.version, wanted.status, wanted.spoke, wanted.reason)


def packed(version: int, status: str, spoke: bool, reason: str) -> str:
    return f"{version}|{status}|{int(spoke)}|{reason}"


def unpacked(text: str) -> tuple[int, str, bool, str]:
    parts = [*text.split("|", 3), "", "", "", ""][:4]
    version = int(parts[0]) if parts[0].isascii() and parts[0].isdigit() and len(parts[0]) < 10 else 0
    return version, parts[1], parts[2] == "1", parts[3]


def touched(sent: Mapping[str, str], lines: Iterable[Attendance]) -> list[Line]:
    """The lines that the clerk changed on the page; those left alone are not sent at all."""
    found = []
    for line in lines:
        if f"was-{line.pk}" not in sent:
            continue
        version, *before = unpacked(sent[f"was-{line.pk}"])
        if mine := sent.get(f"mine-{line.pk}"):
            version, *now = unpacked(mine)
        else:
            now = [
                sent.get(f"status-{line.pk}", ""),
                f"spoke-{line.pk}" in sent,
                " ".join(sent.get(f"reason-{line.pk}", "").split()),
            ]
        status, spoke, reason = now
        # A reason typed says that the person was excused, also where no choice was made.
        if reason and not status:
            status = Status.EXCUSED.value
        now = [status, bool(spoke) and status == Status.PRESENT, reason if status == Status.EXCUSED else ""]
        if status and now != before:
            found.append(Line(line.person_id, str(status), str(now[2]), bool(now[1]), version))
    return found
