from django.apps import AppConfig


class CallbacksConfig(AppConfig):
    name = "fengqiao.callbacks"
