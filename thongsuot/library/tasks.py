"""What the library does in the background: the queue is worked off by a process of its own (desk: ``work``)."""

from uuid import UUID

from django_tasks import task
from django_tasks_db.models import DBTaskResult

from thongsuot.library import mending, taking_in
from thongsuot.library.models import Edition, Import


@task(queue_name="long")
def bring_in(uid: str) -> None:
    """Carry out an import; one that was cancelled or begun elsewhere is left alone."""
    if order := Import.objects.filter(uid=UUID(uid)).first():
        taking_in.carry_out(order)


@task(queue_name="long")
def refresh(edition: int) -> None:
    """Citations and search entries of an edition that was mended."""
    if found := Edition.objects.select_related("document").filter(pk=edition).first():
        mending.bring_up_to_date(found)


def refresh_later(edition: Edition) -> None:
    """Once, however many mends are made before the queue comes to it."""
    waiting = DBTaskResult.objects.ready().filter(
        task_path=refresh.module_path, args_kwargs={"args": [edition.pk], "kwargs": {}}
    )
    if not waiting.exists():
        refresh.enqueue(edition.pk)
