from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "thongsuot.practice"
    label = "practice"

    def ready(self) -> None:
        from thongsuot.meetings import minutes
        from thongsuot.practice.acting import open_decided

        if open_decided not in minutes.FOLLOWERS:
            minutes.FOLLOWERS.append(open_decided)
