"""What a file that somebody hands in is called in the list of papers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from fengqiao.papers.commands import named_after


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("记件数的本子.png", "记件数的本子"),
        ("IMG_2045.JPEG", "IMG_2045"),
        ("2026.11.3 收条.pdf", "2026.11.3 收条"),
        ("收条", "收条"),
    ],
)
def test_a_file_is_named_without_its_ending(name, title):
    assert named_after(SimpleUploadedFile(name, b"")) == title


def test_a_long_name_is_cut():
    assert len(named_after(SimpleUploadedFile("长" * 120 + ".png", b""))) == 100
