"""Someone sends for a copy from a page: of a text here, of a trail from the room that keeps it.

A room above gives its trail as plain values (``subjects.of_steps``), asks, and goes on to ``library:copy``.
"""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from thongsuot.library.copies.ordering import TooManyCopies, order
from thongsuot.library.copies.subjects import Subject
from thongsuot.library.models import Copy
from thongsuot.web.http import Request

# What one address that nobody is signed in at may ask for within an hour.
MOST_AN_HOUR = 20


def ask(request: Request, subject: Subject, kind: str) -> Copy:
    """Order a copy for whoever sends the request. Raises Refused where one address asks without end."""
    if request.person is None:
        # The address is not kept: only a number made from it, for an hour.
        address = get_adapter().get_client_ip(request)
        mark = f"copies-{salted_hmac('library.copies', address).hexdigest()[:32]}"
        cache.add(mark, 0, 3600)
        if cache.incr(mark) > MOST_AN_HOUR:
            raise TooManyCopies(_("Many copies were asked for from your network. Ask again in an hour."))
    return order(subject, kind, at=timezone.now())
