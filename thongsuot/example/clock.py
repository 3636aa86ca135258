"""The example's clock: a campaign of 2023 shows what waits and what is overdue only on a day of 2023."""

from datetime import UTC, datetime, timedelta
from types import ModuleType

STORY_NOW = datetime(2023, 6, 20, 1, 30, tzinfo=UTC)  # 8.30 in Hà Nội


def shift_clock(timezone: ModuleType, offset: timedelta) -> None:
    """Let ``django.utils.timezone.now`` say the story's time. Only in an installation of the example."""
    real_now = timezone.now

    def now() -> datetime:
        moment: datetime = real_now() + offset
        return moment

    timezone.now = now  # type: ignore[attr-defined]


def story_offset(last_recorded: datetime | None, real_now: datetime) -> timedelta:
    """How far the story's clock lies behind ours; it never runs behind what was recorded in it."""
    story = STORY_NOW if last_recorded is None else max(STORY_NOW, last_recorded + timedelta(minutes=1))
    return story - real_now
