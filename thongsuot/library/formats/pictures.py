"""Pictures out of a file, drawn anew in a few widths: nothing of the bytes that came in goes on."""

import hashlib
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

WIDTHS = (480, 960, 1600)
MOST_PIXELS = 60_000_000
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
_BROKEN = (
    UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning, OSError, ValueError,
    SyntaxError, EOFError, MemoryError, TypeError, IndexError, OverflowError,
)  # fmt: skip


@dataclass
class Redrawn:
    sha256: str  # of the bytes as they came
    width: int
    height: int
    sizes: list[tuple[str, int, int]]  # (name in the folder, width, height), narrowest first


def redraw(path: Path) -> Redrawn | None:
    """The picture as WebP in each width that it reaches; None for what cannot be drawn. The original is removed."""
    data_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                picture.seek(0)
                upright = ImageOps.exif_transpose(picture)
                has_glass = "A" in upright.getbands() or "transparency" in upright.info
                upright = upright.convert("RGBA" if has_glass else "RGB")
                return _sizes(upright, path, data_hash)
    except _BROKEN:
        return None
    finally:
        path.unlink(missing_ok=True)


def _sizes(picture: Image.Image, path: Path, data_hash: str) -> Redrawn:
    widths = [width for width in WIDTHS if width < picture.width] + [min(picture.width, WIDTHS[-1])]
    made: list[tuple[str, int, int]] = []
    for width in sorted(set(widths)):
        height = max(1, round(picture.height * width / picture.width))
        scaled = picture if width == picture.width else picture.resize((width, height), Image.Resampling.LANCZOS)
        bare = Image.new(scaled.mode, scaled.size)
        bare.paste(scaled)
        name = f"{path.stem}.{width}.webp"
        bare.save(path.with_name(name), "WEBP", quality=82, method=2)
        made.append((name, scaled.width, scaled.height))
    return Redrawn(data_hash, made[-1][1], made[-1][2], made)
