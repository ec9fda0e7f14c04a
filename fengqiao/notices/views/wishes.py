"""How a member of staff wants to be told."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from fengqiao.kernel import masking
from fengqiao.notices import commands
from fengqiao.notices.forms import PreferenceForm
from fengqiao.notices.models import Preference
from fengqiao.web.actors import staff
from fengqiao.web.http import acting, page, posted, refusing
from fengqiao.web.once import idempotent_form


@acting
@idempotent_form
def preferences(request: HttpRequest) -> HttpResponse:
    """Channels and digest; the telephone is the one of the account."""
    user = staff(request)
    wish = Preference.objects.filter(user=user).first() or Preference(user=user)
    form = PreferenceForm(posted(request), wish=wish)
    if form.is_valid():
        with refusing(form):
            commands.prefer(**form.cleaned_data, by=user)
            return page(request, "notices/preferences.html", then=reverse("notices"), said=_("记下了。"))
    phone = masking.phone(user.phone) if user.phone else ""
    return page(request, "notices/preferences.html", form=form, phone=phone)
