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


@entry("reading.read", _("{by} 读了来文，是给分流的人参考的建议。"), icon="eye")
class TextRead(Event):
    """On the chain `reading_of` of the dispute. What was read stands in the row."""

    reading_id: int
    version: str


@entry("reading.danger", _("{by} 读到来文里像有危险的话，请马上看，可能出事的要告诉公安机关。"), icon="alert-triangle")
class DangerRead(Event):
    reading_id: int
    version: str


@entry("reading.opinion", _("{by} 请本区自己的模型（{model}）看了来文，意见仅供参考。"), icon="message-question")
class OpinionGiven(Event):
    opinion_id: int
    model: str
