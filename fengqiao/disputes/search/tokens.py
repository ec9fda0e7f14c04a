"""From text to tokens: dictionary words for prose, pairs of characters for names and places, digits and Latin whole."""

import re
from collections.abc import Iterable, Sequence

import rjieba

from fengqiao.kernel.text import normalise

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
LATIN = re.compile(r"[0-9a-z]+")
LONGEST_TEXT = 4000  # characters of prose that are indexed
MOST_TERMS = 8


def tokens_of(short: Iterable[str], prose: Iterable[str], exact: Iterable[str]) -> set[str]:
    """All tokens of one document."""
    tokens: set[str] = set(exact)
    for text in (normalise(raw).lower() for raw in short):
        tokens |= set(_pairs(text)) | set(_words(text))
    for text in prose:
        tokens |= set(_words(normalise(text[:LONGEST_TEXT]).lower()))
    return tokens


def terms_of(query: str) -> list[str]:
    """The terms of a query, separated by white space; at most eight."""
    return normalise(query).lower().split()[:MOST_TERMS]


def pairs_and_words(term: str) -> Sequence[Sequence[str]]:
    """Alternatives for one term; each is a list of tokens that must all be there."""
    groups = [[term]] if re.fullmatch(r"\d{4}-\d+", term) else []
    for tokens in (_pairs(term), _words(term)):
        if tokens and list(tokens) not in groups:
            groups.append(list(tokens))
    return groups


def numbers_in(term: str) -> str:
    return re.sub(r"\D", "", term)


def _pairs(text: str) -> list[str]:
    found = []
    for run in HAN.findall(text):
        found += [run[i : i + 2] for i in range(len(run) - 1)] if len(run) > 1 else [run]
    return found + LATIN.findall(text)


def _words(text: str) -> list[str]:
    return [word for word in rjieba.cut_for_search(text) if HAN.match(word) or LATIN.match(word)]
