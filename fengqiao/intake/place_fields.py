"""The place of a matter in a form: chosen, named, or in an address; where it may be one of several, asked once."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fengqiao.places.library.whereabouts import Choice, Whereabouts, whereabouts
from fengqiao.places.models import Region

from .finding import note_of, place_chosen, places_like

LONGEST = 200  # letters of an address
UNKNOWN = "unknown"  # the answer of those who do not know either: what is written stays, and nobody is asked again


class PlaceForm(forms.Form):
    """For forms with the fields place_name, place and address. The answer comes back in `place`, as a choice does."""

    none_given: Any = ""  # what is said where nothing is written
    none_found: Any = ""  # and where the district has no such place
    none_knows: Any = ""  # the answer of those who do not know either
    choices: Sequence[Choice] = ()  # what may be answered

    def chosen(self, code: str, typed: str) -> Region | None:
        """The place that was chosen from the list or written out in full."""
        return place_chosen(code, typed)

    def settle_place(self) -> None:
        """`region` in what was cleaned: the place, or None where an address in free words must do."""
        said = self.cleaned_data
        code, typed, address = (said.get(name, "") for name in ("place", "place_name", "address"))
        region = self.chosen(code, typed)
        if region is None and not typed and not address:
            self.add_error("place_name", self.none_given)
        elif region is None:
            self._settle(whereabouts(typed or address), code, typed, address)
        else:
            self._keep(region, typed, address)

    def _settle(self, where: Whereabouts, code: str, typed: str, address: str) -> None:
        answered = next((one for one in where.choices if one.code == code), None)
        similar = [] if answered or where.region or where.question else places_like(typed)
        region = answered.region if answered else where.region or (where.named if not similar else None)
        if answered or region or code == UNKNOWN:
            self._keep(region, typed, address)
        elif where.question:
            self._ask("place_name" if typed else "address", where.question, where.choices)
        elif similar:
            choices = [Choice(one.code, one.name, note_of(one), one) for one in similar]
            self._ask("place_name", _("没有正好叫这个名字的，请在下面选一个，或者写全。"), choices)
        elif typed:
            self._ask("place_name", self.none_found, [])
        else:
            self.cleaned_data["region"] = None

    def _keep(self, region: Region | None, typed: str, address: str) -> None:
        """What was typed as a place is part of the address, unless it is but a name of the place."""
        both = f"{typed} {address}".strip()
        is_name = typed in address or (region is not None and region in places_like(typed))
        self.cleaned_data |= {"region": region, "address": address if is_name or len(both) > LONGEST else both}

    def _ask(self, field: str, question: str, choices: Sequence[Choice]) -> None:
        self.choices = [*choices, Choice(UNKNOWN, self.none_knows)]
        self.add_error(field, question)
