"""What the ledger holds about learning from corrections (subject `reading`, one chain)."""

from django.utils.translation import gettext_lazy as _

from fengqiao.ledger.kinds import Event, entry


@entry(
    "reading.learnt",
    _("{by} 用 {examples} 件已经定了类型的纠纷训练了文字理解：留出的 {held} 件上 {before} → {after}。{outcome}"),
    icon="school",
)
class ReadingLearnt(Event):
    examples: int
    held: int
    before: str
    after: str
    outcome: str


@entry("reading.went_back", _("{by} 退回了原来的文字理解。"), icon="arrow-back-up")
class ReadingWentBack(Event):
    learnt_id: int
