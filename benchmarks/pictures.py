"""The pictures of the README, made anew from the example: the district's dashboard, and a member's page on a phone.

    .venv/bin/python -m benchmarks.pictures

Writes docs/pictures/*.webp, each of at most 200 kB.
"""

import io
import sys
from typing import Any

from PIL import Image, ImageDraw

from benchmarks import installation

FOLDER = installation.ROOT / "docs" / "pictures"
MOST = 200_000
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
GAP, GROUND, LINE = 48, "#e9e4dc", "#b9b0a5"


def shot(browser: Any, address: str, path: str, cookie: str, size: dict[str, int]) -> Image.Image:
    """What the person with that cookie sees on a screen of that size, at twice the pixels."""
    context = browser.new_context(viewport=size, device_scale_factor=2, locale="vi-VN", color_scheme="light")
    name, value = cookie.split("=", 1)
    context.add_cookies([{"name": name, "value": value, "url": address}])
    tab = context.new_page()
    tab.goto(f"{address}{path}", wait_until="networkidle")
    taken = Image.open(io.BytesIO(tab.screenshot()))
    context.close()
    return taken.convert("RGB")


def side_by_side(desk: Image.Image, phone: Image.Image) -> Image.Image:
    """The phone lower and before the edge of the desk's screen."""
    phone = phone.resize((phone.width * 4 // 5, phone.height * 4 // 5), Image.Resampling.LANCZOS)
    whole = Image.new("RGB", (desk.width + phone.width // 2 + 3 * GAP, desk.height + 3 * GAP), GROUND)
    for picture, place in (
        (desk, (GAP, GAP)),
        (phone, (whole.width - phone.width - GAP, whole.height - phone.height - GAP)),
    ):
        whole.paste(picture, place)
        edge = (place[0] - 2, place[1] - 2, place[0] + picture.width + 1, place[1] + picture.height + 1)
        ImageDraw.Draw(whole).rectangle(edge, outline=LINE, width=3)
    return whole.resize((1600, 1600 * whole.height // whole.width), Image.Resampling.LANCZOS)


def keep(picture: Image.Image, name: str) -> None:
    """As fine as fits."""
    for quality in range(86, 40, -4):
        written = io.BytesIO()
        picture.save(written, "WEBP", quality=quality, method=6)
        if written.tell() <= MOST:
            FOLDER.mkdir(parents=True, exist_ok=True)
            (FOLDER / name).write_bytes(written.getvalue())
            print(f"{name}: {written.tell() / 1000:.0f} kB")
            return
    sys.exit(f"{name} does not fit into {MOST // 1000} kB.")


def main() -> None:
    from playwright.sync_api import sync_playwright

    installation.set_up()
    from django.urls import reverse

    from thongsuot.campaigns.models import Campaign
    from thongsuot.units.models import Unit

    campaign = Campaign.objects.filter(issued_on__isnull=False).first()
    district = Unit.objects.get(kind__slug="district")
    if campaign is None:
        sys.exit("The example has no campaign.")
    dashboard = reverse("reports:dashboard", args=[campaign.uid, district.uid])
    officer, member = installation.session_of("district-officer"), installation.session_of("member")
    with installation.served("thongsuot.config.wsgi:application") as address, sync_playwright() as driver:
        browser = installation.browser(driver)
        desk = shot(browser, address, dashboard, officer, DESK)
        phone = shot(browser, address, reverse("desk:home"), member, PHONE)
        browser.close()
    keep(side_by_side(desk, phone), "district-and-phone.webp")


if __name__ == "__main__":
    main()
