"""Tasks with their six clear things (6 rõ), as the table that papers share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from thongsuot.papers.writing import Table

HEAD = ("TT", "Việc", "Người thực hiện", "Thời gian", "Trách nhiệm", "Thẩm quyền", "Sản phẩm")
WIDTHS_MM = (11, 41, 26, 25, 21, 20, 21)


@dataclass(frozen=True)
class ClearTask:
    work: str
    who: str
    due_on: date | None
    responsibility: str
    authority: str
    product: str


def tasks_table(tasks: Iterable[ClearTask]) -> Table:
    """One numbered row a task; what nobody made clear stays empty."""
    rows = [
        [
            str(number), task.work, task.who, f"{task.due_on:%d/%m/%Y}" if task.due_on else "", task.responsibility,
            task.authority, task.product,
        ]
        for number, task in enumerate(tasks, start=1)
    ]  # fmt: skip
    return Table(HEAD, rows, WIDTHS_MM)
