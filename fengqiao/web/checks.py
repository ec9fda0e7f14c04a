"""Said at start-up: the icons that every page draws are there."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from fengqiao.web.icons import icon_folder


@register()
def icons_are_installed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The icon package is found under `settings.NODE_MODULES`."""
    if not hasattr(settings, "NODE_MODULES"):
        return [Error("settings.NODE_MODULES is not set: it names the folder of the npm packages", id="web.E001")]
    if not (icon_folder() / "clock.svg").is_file():
        return [Error(f"no icons in {icon_folder()}: run `npm ci --ignore-scripts`", id="web.E002")]
    return []
