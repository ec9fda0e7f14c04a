"""One party reading one agreement, clause by clause, up to the signature: where they are is kept in their session."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property

from fengqiao.disputes.models import Party
from fengqiao.papers.numerals import clause_number
from fengqiao.web.visits import address_of

from .evidence import Identity, SigningEvidence, drawn
from .forms import StatementForm
from .models import Agreement, How, Slot
from .wording import in_short, spoken_to


@dataclass(frozen=True)
class Reading:
    """One clause as the reader sees it."""

    n: int
    numeral: str
    plain: str
    short: str
    text: str
    is_read: bool


@dataclass
class Sitting:
    """Who reads what, through which door: `how` and `identity` go into the evidence, `by` is who acts."""

    request: HttpRequest
    agreement: Agreement
    party: Party
    by: Any
    how: How
    identity: Identity | str
    url: str
    paper_url: str = ""
    after: str = ""  # where the desk goes on

    @property
    def slot(self) -> Slot | None:
        return self.agreement.slot_of(self.party)

    @property
    def is_waiting(self) -> bool:
        """Whether this party is to sign this now."""
        return self.agreement.is_out and self.slot is not None and self.slot.signature is None

    @property
    def others(self) -> list[Slot]:
        """Who else has still to sign."""
        return [slot for slot in self.agreement.missing if slot.signer != self.party]

    @cached_property
    def clauses(self) -> list[Reading]:
        spoken = spoken_to(self.agreement, self.party)
        return [
            Reading(n, clause_number(n), plain, in_short(plain), clause["text"], n in self.read)
            for n, (clause, plain) in enumerate(zip(self.agreement.clauses, spoken, strict=True), 1)
        ]

    @property
    def read(self) -> list[int]:
        kept = self.request.session.get(self._key, {})
        return kept.get("read", []) if kept.get("digest") == self.agreement.text_sha256 else []

    @property
    def unread(self) -> list[Reading]:
        return [clause for clause in self.clauses if not clause.is_read]

    @property
    def here(self) -> Reading | None:
        """The clause that is asked for, or the first that is not read; none once all are read."""
        asked = self.request.GET.get("clause", "")
        wanted = int(asked) if asked.isdecimal() else 0
        return next((clause for clause in self.clauses if clause.n == wanted), next(iter(self.unread), None))

    def mark(self, n: int) -> None:
        """This clause is understood."""
        if 1 <= n <= len(self.agreement.clauses):
            read = sorted({*self.read, n})
            self.request.session[self._key] = {"digest": self.agreement.text_sha256, "read": read}

    def evidence(self, form: StatementForm) -> SigningEvidence:
        """What was posted with the signature. Refused when nothing was drawn."""
        image, strokes = drawn(self.request.POST)
        return SigningEvidence(
            how=self.how, digest=form.cleaned_data["digest"], image=image, strokes=strokes, statements=form.ticked,
            read_clauses=self.read, identity=self.identity, ip=address_of(self.request),
            user_agent=self.request.headers.get("User-Agent", ""),
        )  # fmt: skip

    @property
    def _key(self) -> str:
        return f"reading:{self.agreement.pk}:{self.party.pk}"
