from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "thongsuot.portal"
    label = "portal"

    def ready(self) -> None:
        from thongsuot.portal.asides import back_to_step
        from thongsuot.web import slots

        slots.fill("library.chapter", back_to_step)
