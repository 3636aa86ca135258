"""Names of people who do not exist: family name, middle name, given name, in that order."""

from random import Random

# Common family names, the commonest repeated so that they come up as often as they do in the north.
FAMILY = (
    "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Trần Lê Lê Lê Phạm Phạm Hoàng Hoàng "
    "Vũ Vũ Đặng Bùi Đỗ Đỗ Ngô Dương Đào Đinh Lý Phan Trịnh Mai Hồ Lương Tạ Chu Cao Tống Lưu Hà Quách"
).split()
WOMEN_MIDDLE = "Thị Thị Thị Thị Thu Ngọc Minh Thanh Phương Bích Hồng Kim Khánh Diệu Mai".split()
WOMEN_GIVEN = (
    "An Anh Ánh Bích Châu Chi Dung Duyên Giang Hà Hạnh Hằng Hiền Hoa Hoà Hồng Huệ Hương Hường Lan Liên Linh Loan Mai "
    "Minh My Nga Ngân Ngọc Nhung Oanh Phượng Quyên Quỳnh Sen Tâm Thanh Thảo Thoa Thơm Thu Thuý Thuỷ Trang Trà Tuyết "
    "Vân Xuân Yến"
).split()
MEN_MIDDLE = "Văn Văn Văn Đức Hữu Quang Minh Xuân Mạnh Công Đình Trọng Quốc Anh Duy Thanh Tiến Ngọc Thế".split()
MEN_GIVEN = (
    "An Bách Bảo Bình Chiến Cường Doanh Dũng Duy Dương Đạt Điệp Đông Đức Giang Hải Hào Hiếu Hoàng Hùng Huy Hưng Khánh "
    "Khoa Kiên Lâm Long Lộc Minh Nam Nghĩa Phong Phú Phúc Quân Quang Quyết Sơn Tài Tân Thành Thắng Thịnh Toàn Trung "
    "Tuấn Tùng Việt Vinh Vương Ước Ý"
).split()


def made_up_name(chance: Random) -> str:
    middle, given = (WOMEN_MIDDLE, WOMEN_GIVEN) if chance.random() < 0.5 else (MEN_MIDDLE, MEN_GIVEN)
    return f"{chance.choice(FAMILY)} {chance.choice(middle)} {chance.choice(given)}"
