from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "fengqiao.people"

    def ready(self) -> None:
        from fengqiao.bodies import commands  # noqa: PLC0415 (models are there only now)

        from .duty.questions import planned_at  # noqa: PLC0415

        commands.OBSTACLES.append(planned_at)
