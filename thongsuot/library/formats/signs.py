"""The signs by which laws and directives are read: what opens a part, a chapter, an article, a clause, a point."""

import re

UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯẠ-Ỹ"
ROMAN = r"[IVXLC]{1,7}"
PART = re.compile(r"^(?:Phần|PHẦN)\s+((?:thứ\s+|THỨ\s+)?[^\W\d_]+|\d{1,2})\s*[.:–-]?\s*(.*)$")
PART_NUMBERS = re.compile(
    rf"^(?:(?:thứ )?(?:nhất|hai|ba|bốn|tư|năm|sáu|bảy|tám|chín|mười)|một|{ROMAN.lower()}|\d+|chung|riêng)$"
)
# The title may stand in the heading's line, without a sign between them if it is in capitals.
TITLE = rf"(?:(?:\s*[.:–-]\s*|\s+(?=[{UPPER}]{{2}}))(?P<title>.*)|\s*$)"
CHAPTER = re.compile(rf"^(?:Chương|CHƯƠNG)\s+({ROMAN}|\d{{1,3}})([a-z]?){TITLE}")
SECTION = re.compile(rf"^(?:Mục|MỤC)\s+(\d{{1,3}}|[IVXLC]{{1,6}})([a-z]?){TITLE}")
SUBSECTION = re.compile(rf"^(?:Tiểu mục|TIỂU MỤC)\s+(\d{{1,3}}|[IVXLC]{{1,6}}){TITLE}")
# The codification's own numbers hold the article's at their end: Điều 37.7.LQ.361.
ARTICLE = re.compile(r"^(?:Điều|ĐIỀU)\s+(?:\d+\.\d+\.[A-ZĐ]{2}\.(?:\d+\.)*)?(\d{1,4})([a-zđ]?)\s*(?:[.:]\s*(.*)|$)")
ANNEX = re.compile(
    rf"^(?:Phụ lục|PHỤ LỤC)(?:\s+(?:số\s+)?({ROMAN}|\d{{1,3}}|[A-ZĐ])(?![^\W\d_]))?\s*(?:[.:–-]\s*(.*)|$)"
)
ATTACHED = re.compile(
    r"^(?:QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|NỘI QUY|QUY CHUẨN|QUY TẮC|QUY TRÌNH|HƯỚNG DẪN|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN)\b"
)
CLAUSE = re.compile(r"^(\d{1,3})([a-zđ]?)\*?[.]\s*(?=[^\d\s])(.*)$", re.DOTALL)
POINT = re.compile(r"^\*?([a-zđ])(\d?)\*?[)]\s*(.*)$", re.DOTALL)
ROMAN_ITEM = re.compile(rf"^({ROMAN})\s*[.\-–)/]\s*(\S.*)$")
# To whom a paper goes, who signs it, who passed it.
END = re.compile(
    r"^(?:\*{0,2})(?:Nơi nhận\s*:?|Nơi gửi\s*:?|(?:TM|KT|TL|TUQ|Q)\s*\.\s+[" + UPPER + r"]{2,}.*"
    r"|(?:PHÓ )?(?:CHỦ TỊCH|THỦ TƯỚNG|BỘ TRƯỞNG|CHỦ NHIỆM|GIÁM ĐỐC|BÍ THƯ|CHÁNH ÁN|VIỆN TRƯỞNG|TỔNG THANH TRA)"
    r"(?: (?:QUỐC HỘI|NƯỚC|CHÍNH PHỦ))?"
    r"|(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết) này (?:đã )?được Quốc hội .{10,120} thông qua .*)$"
)
# The last words of an official paper, by which nothing can be added to it.
CLOSES = re.compile(r"\./\.\**\s*$")
# "…hiệu quả.Điều 18. Xác định": a sentence ended and the next heading stands in its line.
RUN_IN = re.compile(
    rf"(?<=[.;:”\"…])\s*(?:Điều\s+(\d{{1,4}})([a-zđ]?)\s*[.:]\s*(?=[“\"*]?[{UPPER}])"
    rf"|Điều\s+(\d{{1,4}})([a-zđ]?)\s*$)"
)
# A heading run into its first clause: "…tố cáo1. Người …".
TITLE_RUN_IN = re.compile(rf"(?<=[^\W\d_])\s*(?<![\d.])1\.\s?(?=[{UPPER}])")
# What a signing machine prints over a page.
STAMP = re.compile(
    r"^(?:Người ký|Ký bởi|Signed by|Signature Not Verified|Chữ ký số|Email|Cơ quan|Tổ chức|Ngày ký|Thời gian ký"
    r"|Signing Date|Date|Location|Reason)\s*:?\s*(?:\S.{0,90})?$",
    re.IGNORECASE,
)
POINTS = "abcdđeghiklmnopqrstuvxy"
LONGEST_HEADING = 300
NOTE_OPENS = re.compile(r"\((?:Điều|Khoản|Mục|Chương|Điểm|Phần) này có nội dung liên quan")


def opens_anything(text: str) -> bool:
    return any(pattern.match(text) for pattern in (CHAPTER, SECTION, SUBSECTION, ARTICLE)) or bool(
        (match := PART.match(text)) and PART_NUMBERS.match(match[1].lower())
    )


def is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 2 and sum(letter.isupper() for letter in letters) >= 0.9 * len(letters)


def bare(text: str) -> str:
    return text.strip().strip("*").strip()
