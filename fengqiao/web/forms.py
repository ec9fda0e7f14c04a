"""The shell's own forms: signing in, and how to display."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.utils.translation import gettext_lazy as _

from fengqiao.web.context import MODES, THEMES


class SignInForm(AuthenticationForm):
    """User name and password, in our words."""

    error_messages = {
        "invalid_login": _("用户名或者密码不对。密码分大小写；忘了密码请找本单位管理员重设。"),
        "inactive": _("这个账户已经停用，请找本单位管理员。"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("用户名")
        self.fields["password"].label = _("密码")


class DisplayForm(forms.Form):
    """Each part may come alone, as from the button 长辈模式."""

    theme = forms.ChoiceField(choices=[(theme, theme) for theme in THEMES], required=False)
    mode = forms.ChoiceField(choices=[(mode, mode) for mode in MODES], required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
