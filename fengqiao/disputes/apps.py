from django.apps import AppConfig


class DisputesConfig(AppConfig):
    name = "fengqiao.disputes"

    def ready(self) -> None:
        from fengqiao.bodies import registry  # noqa: PLC0415 (models are there only now)

        from .obstacles import undone  # noqa: PLC0415

        registry.OBSTACLES.append(undone)
