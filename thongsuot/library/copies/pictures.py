"""Pictures as every reader of books takes them: JPEG for photographs, PNG for drawings, SVG where it is one."""

import io
from pathlib import Path

from lxml import etree
from PIL import Image as Drawing

from thongsuot.library.copies.works import Image

MEDIA = {"jpg": "image/jpeg", "png": "image/png", "svg": "image/svg+xml"}
# A drawing has few colours: its edges stay sharp, and it is smaller so.
_FEW_COLOURS = 512


def made_ready(image: Image) -> tuple[bytes, str]:
    """(bytes, ending). The store keeps WebP, which many readers of books do not know."""
    if image.is_drawing:
        return _bare_svg(image.path), "svg"
    with Drawing.open(image.path, formats=["WEBP", "PNG", "JPEG"]) as opened:
        picture: Drawing.Image = opened
        if "A" in picture.getbands() or "transparency" in picture.info:
            # On paper and on a page of any colour: white stays white.
            ground = Drawing.new("RGBA", picture.size, "white")
            ground.alpha_composite(picture.convert("RGBA"))
            picture = ground
        picture = picture.convert("RGB")
        out = io.BytesIO()
        if picture.getcolors(_FEW_COLOURS):
            picture.save(out, "PNG", optimize=False, compress_level=6)
            return out.getvalue(), "png"
        picture.save(out, "JPEG", quality=82, progressive=False)
        return out.getvalue(), "jpg"


def _bare_svg(path: Path) -> bytes:
    """A drawing of the project's own, without comments and what a book may not hold."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    root = etree.parse(str(path), parser).getroot()
    etree.strip_elements(root, "{*}script", "{*}foreignObject", with_tail=False)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))
