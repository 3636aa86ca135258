from django.db import migrations

USUAL = {
    "PCTN": "phòng, chống tham nhũng", "PCTNTC": "phòng, chống tham nhũng, tiêu cực", "UBKT": "Ủy ban Kiểm tra",
    "BTV": "Ban Thường vụ", "BCH": "Ban Chấp hành", "BCĐ": "Ban Chỉ đạo", "UBND": "Ủy ban nhân dân",
    "HĐND": "Hội đồng nhân dân", "TTCP": "Thanh tra Chính phủ", "MTTQ": "Mặt trận Tổ quốc", "TW": "Trung ương",
    "QPPL": "quy phạm pháp luật", "TTHC": "thủ tục hành chính", "CBCC": "cán bộ, công chức",
    "CBCCVC": "cán bộ, công chức, viên chức", "KTGS": "kiểm tra, giám sát", "SHCB": "sinh hoạt chi bộ",
    "BLHS": "Bộ luật Hình sự", "BLTTHS": "Bộ luật Tố tụng hình sự", "XLVPHC": "xử lý vi phạm hành chính",
    "TSTN": "tài sản, thu nhập", "CNXH": "chủ nghĩa xã hội",
}


def add(apps, schema_editor):
    abbreviation = apps.get_model("library", "Abbreviation")
    for short, full in USUAL.items():
        abbreviation.objects.get_or_create(short=short, full=full)


class Migration(migrations.Migration):
    dependencies = [("library", "0002_long_texts")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
