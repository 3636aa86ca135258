"""Every request knows its person: ``request.person`` (None for the public)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class PersonMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The public portal never touches the session: its pages stay free of cookies.
        request.person = None  # type: ignore[attr-defined]
        if request.session.session_key and request.user.is_authenticated:
            request.person = request.user.person  # type: ignore[attr-defined]
            request.person.known_scopes, request.person.known_offices = {}, {}  # type: ignore[attr-defined]
        return self.get_response(request)
