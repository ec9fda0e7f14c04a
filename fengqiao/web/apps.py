"""Django's handle on the shell."""

from django.apps import AppConfig

from fengqiao.web import checks  # noqa: F401  (registers the start-up check of the icon set)


class WebConfig(AppConfig):
    name = "fengqiao.web"
    label = "web"
    verbose_name = "界面"
