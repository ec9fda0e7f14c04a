"""The shell's own forms: signing in, and how to display."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fengqiao.web.context import MODES, THEMES


class SignInForm(forms.Form):
    """User name and password. Whether they fit is not the form's to say: people/sign_in.py."""

    username = forms.CharField(label=_("用户名"), max_length=150)
    password = forms.CharField(label=_("密码"), max_length=200, strip=False, widget=forms.PasswordInput)


class DisplayForm(forms.Form):
    """Each part may come alone, as from the button 长辈模式."""

    theme = forms.ChoiceField(choices=[(theme, theme) for theme in THEMES], required=False)
    mode = forms.ChoiceField(choices=[(mode, mode) for mode in MODES], required=False)
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
