"""Who is signed in: Django's own way, with the body and the place that every page asks of them brought along."""

from django.contrib.auth.backends import ModelBackend

from .models import User

WITH_BODY = ("home_body__region", "station_body__region")


class Accounts(ModelBackend):
    """Username and password."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session; None once it is closed."""
        found = User.objects.select_related(*WITH_BODY).filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None
