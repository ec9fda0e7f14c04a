from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "fengqiao.papers"
