from django.apps import AppConfig

from . import events

__all__ = ["DistrictConfig", "events"]  # an entry's sentence must be known before it is read


class DistrictConfig(AppConfig):
    name = "fengqiao.district"
