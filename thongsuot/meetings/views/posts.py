"""News: from a meeting's record to the public portal, and back again."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from thongsuot.meetings import access, news
from thongsuot.meetings.forms import PictureForm, PostForm, ReasonForm
from thongsuot.meetings.models import Post
from thongsuot.papers.files import MissingFile, serve
from thongsuot.people.rights import Act, require
from thongsuot.web.errors import Refused
from thongsuot.web.http import Request, go, page, refused
from thongsuot.web.paging import paged


@require_GET
def post_list(request: Request) -> HttpResponse:
    posts = access.posts_edited_by(request.person, timezone.localdate())
    return page(request, "meetings/post_list.html", {"posts": paged(request, posts, per=30)})


@require_http_methods(["GET", "POST"])
def post_create(request: Request, uid: UUID) -> HttpResponse:
    """A draft with the meeting's facts; sent twice, it is the same draft."""
    today = timezone.localdate()
    meeting = access.meeting_to_see(request.person, uid, today)
    require(request.person, Act.DIRECT, meeting.unit, today)
    if request.method == "POST":
        try:
            post = news.draft_post(meeting, by=request.person, at=timezone.now())
        except Refused as error:
            return refused(request, error, "meetings:meeting_detail", meeting.uid)
        return go(request, "meetings:post_edit", post.uid)
    return page(request, "meetings/post_create.html", {"meeting": meeting, "posts": meeting.posts.all()})


@require_http_methods(["GET", "POST"])
def post_edit(request: Request, uid: UUID) -> HttpResponse:
    """Words and pictures on one page; each picture is sent by its own form."""
    post = access.post_to_edit(request.person, uid, timezone.localdate())
    is_picture = request.method == "POST" and "picture" in request.POST
    sent = request.POST if request.method == "POST" and not is_picture else None
    form = PostForm(sent, initial={name: getattr(post, name) for name in news.TEXTS})
    picture = PictureForm(request.POST, request.FILES) if is_picture else PictureForm()
    if is_picture and picture.is_valid():
        try:
            file, caption = picture.cleaned_data["file"], picture.cleaned_data["caption"]
            english = picture.cleaned_data["caption_en"]
            news.add_picture(post, file, caption=caption, caption_en=english, by=request.person, at=timezone.now())
            messages.success(request, _("The picture is added."))
            return go(request, "meetings:post_edit", post.uid)
        except Refused as error:
            picture.add_error("file", str(error))
    if sent is not None and form.is_valid():
        try:
            news.write_post(post, by=request.person, at=timezone.now(), **form.cleaned_data)
            if "publish" in request.POST:
                news.publish(post, by=request.person, on=timezone.localdate(), at=timezone.now())
                messages.success(request, _("Published: everyone can read it on the portal."))
            else:
                messages.success(request, _("Saved."))
            return go(request, "meetings:post_edit", post.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"post": post, "form": form, "picture": picture, "pictures": post.pictures.select_related("file")}
    status = 422 if form.errors or picture.errors else 200
    return page(request, "meetings/post_edit.html", context, status=status)


@require_POST
def post_publish(request: Request, uid: UUID) -> HttpResponse:
    post = access.post_to_edit(request.person, uid, timezone.localdate())
    try:
        news.publish(post, by=request.person, on=timezone.localdate(), at=timezone.now())
    except Refused as error:
        return refused(request, error, "meetings:post_edit", post.uid)
    messages.success(request, _("Published: everyone can read it on the portal."))
    return go(request, "meetings:post_edit", post.uid)


@require_http_methods(["GET", "POST"])
def post_withdraw(request: Request, uid: UUID) -> HttpResponse:
    post: Post = access.post_to_edit(request.person, uid, timezone.localdate())
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            news.withdraw(post, form.cleaned_data["reason"], by=request.person, at=timezone.now())
            messages.success(request, _("The item no longer shows on the portal."))
            return go(request, "meetings:post_edit", post.uid)
        except Refused as error:
            form.add_error(None, str(error))
    context = {"post": post, "form": form}
    return page(request, "meetings/post_withdraw.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def post_picture(request: Request, uid: UUID, number: int) -> HttpResponse | FileResponse:
    """The picture itself for whoever edits the item; a POST removes it."""
    picture = access.picture_to_edit(request.person, uid, number, timezone.localdate())
    if request.method == "POST":
        news.remove_picture(picture, by=request.person, at=timezone.now())
        messages.success(request, _("The picture is removed."))
        return go(request, "meetings:post_edit", uid)
    if picture.file is None:
        return go(request, "meetings:post_edit", uid)
    try:
        return serve(picture.file, inline_picture=True)
    except MissingFile as error:
        return refused(request, error, "meetings:post_edit", uid)
