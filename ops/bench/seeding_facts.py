"""What seeding tells measuring: whom to sign in as and what to open."""

from dataclasses import dataclass

PASSWORD = "bench-only-password"  # noqa: S105 - of accounts that live as long as one measurement


@dataclass(frozen=True)
class Facts:
    """The KEY VALUE lines that seeding prints."""

    seeded_seconds: str
    seeded_each_ms: str
    manager: str
    town: str
    leader: str
    number: str
    code: str
    pin: str
    token_link: str
    api: str
    told_again: str
    name: str
    place: str
    place_name: str
    phone: str
    opponent: str
    address: str
    matter: str

    @classmethod
    def read(cls, printed: str) -> "Facts":
        pairs = dict(line.split(" ", 1) for line in printed.splitlines() if " " in line)
        return cls(**{key.lower(): value for key, value in pairs.items() if key.lower() in cls.__dataclass_fields__})
