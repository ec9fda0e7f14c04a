"""Numbers and names at rest: nobody who only has the database can read, move or alter them unnoticed."""

from contextlib import contextmanager

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from fengqiao.kernel.secrets import (
    EncryptedTextField,
    Unreadable,
    blind_index,
    blind_indexes,
    constant_time_equal,
    decrypt,
    encrypt,
    is_digest_of,
    keyed_digest,
    needs_rotation,
)

OLD, NEW = bytes(range(32)), bytes(range(32, 64))
NUMBER = "330502199001012001"


@pytest.fixture(autouse=True)
def keys(settings):
    settings.FIELD_KEYS = {"k1": OLD}
    settings.FIELD_CIPHER = "aes-gcm"


@pytest.fixture(params=["aes-gcm", "sm4-gcm"])
def cipher(request, settings):
    settings.FIELD_CIPHER = request.param
    return request.param


def flipped(sealed):
    """The same value with one letter of its body changed."""
    middle = len(sealed) - 20
    return sealed[:middle] + ("A" if sealed[middle] != "A" else "B") + sealed[middle + 1 :]


def test_a_sealed_text_opens_again_and_tells_nothing_by_itself(cipher):
    sealed = encrypt(NUMBER)
    assert NUMBER not in sealed
    assert sealed.startswith(f"f1.{cipher}.k1.")
    assert decrypt(sealed) == NUMBER
    assert encrypt(NUMBER) != sealed


@given(text=st.text(st.characters(codec="utf-8")))
def test_any_text_survives(text):
    assert decrypt(encrypt(text, place="a.b"), place="a.b") == text


def test_an_altered_value_does_not_open(cipher):
    with pytest.raises(Unreadable, match="altered"):
        decrypt(flipped(encrypt(NUMBER)))


def test_a_value_moved_to_another_column_does_not_open(cipher):
    with pytest.raises(Unreadable, match=r"disputes\.party\.phone"):
        decrypt(encrypt(NUMBER, place="disputes.party.id_number"), place="disputes.party.phone")


def test_a_cipher_cannot_be_talked_down():
    with pytest.raises(Unreadable):
        decrypt(encrypt(NUMBER).replace("aes-gcm", "sm4-gcm"))


@pytest.mark.parametrize(
    "stored", ["", NUMBER, "f1.aes-gcm.k1.", "f1.aes-gcm.k9.AAAA", "f9.aes-gcm.k1.AAAA", "f1.aes-gcm.k1.é"]
)
def test_what_was_never_sealed_does_not_pass_for_it(stored):
    with pytest.raises(Unreadable) as refusal:
        decrypt(stored)
    assert NUMBER not in str(refusal.value)


def test_after_a_new_key_the_old_values_still_open_and_ask_to_be_sealed_anew(settings):
    before = encrypt(NUMBER)
    settings.FIELD_KEYS = {"k2": NEW, "k1": OLD}
    assert decrypt(before) == NUMBER
    assert needs_rotation(before)
    assert not needs_rotation(encrypt(NUMBER))


def test_another_cipher_opens_the_old_values_too(settings):
    before = encrypt(NUMBER)
    settings.FIELD_CIPHER = "sm4-gcm"
    assert decrypt(before) == NUMBER
    assert needs_rotation(before)


def test_a_blind_index_finds_the_same_number_for_one_purpose_only():
    assert blind_index(NUMBER, "id_number") == blind_index(NUMBER, "id_number")
    assert len(blind_index(NUMBER, "id_number")) == 32
    assert blind_index(NUMBER, "id_number") != blind_index(NUMBER, "phone")


def test_while_keys_rotate_a_number_is_found_under_either(settings):
    before = blind_index(NUMBER, "id_number")
    settings.FIELD_KEYS = {"k2": NEW, "k1": OLD}
    assert blind_indexes(NUMBER, "id_number") == [blind_index(NUMBER, "id_number"), before]


def test_a_row_is_witnessed_and_the_witness_outlives_its_key(settings):
    witness = keyed_digest(b"row")
    settings.FIELD_KEYS = {"k2": NEW, "k1": OLD}
    assert is_digest_of(witness, b"row")
    assert not is_digest_of(witness, b"rows")
    assert keyed_digest(b"row") != witness


def test_texts_are_compared_whatever_their_letters():
    assert constant_time_equal("核对", "核对")
    assert not constant_time_equal("核对", "核队")


@pytest.mark.parametrize("wrong", [None, {}, {"k1": b"short"}, {"k.1": OLD}])
def test_without_proper_keys_nothing_is_kept(settings, wrong):
    settings.FIELD_KEYS = wrong
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        encrypt(NUMBER)


def test_an_unknown_cipher_is_named(settings):
    settings.FIELD_CIPHER = "rot13"
    with pytest.raises(ImproperlyConfigured, match="rot13"):
        encrypt(NUMBER)


# ── the column ────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def a_table_of_letters():
    with isolate_apps():

        class Letter(models.Model):
            number = models.IntegerField(primary_key=True)
            writer = EncryptedTextField()
            phone = EncryptedTextField(null=True)

            class Meta:
                app_label = "kernel_letters"

        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kernel_letters_letter (number integer PRIMARY KEY, writer text, phone text)")
        yield Letter


@pytest.fixture
def letters(db):
    with a_table_of_letters() as model:
        yield model.objects


def stored(column, number=1):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM kernel_letters_letter WHERE number = %s", [number])
        return cursor.fetchone()[0]


def test_a_column_is_sealed_in_the_table_and_plain_in_python(letters):
    letters.create(number=1, writer="沈玉兰", phone=None)
    assert stored("writer").startswith("f1.aes-gcm.k1.")
    assert letters.get().writer == "沈玉兰"
    assert list(letters.values_list("writer", "phone")) == [("沈玉兰", None)]


def test_every_way_of_writing_seals(letters):
    letters.bulk_create([letters.model(number=1, writer="甲"), letters.model(number=2, writer="乙")])
    letters.filter(number=1).update(phone="13812341234")
    second = letters.get(number=2)
    second.writer = "丙"
    letters.bulk_update([second], ["writer"])
    for value in (stored("writer"), stored("phone"), stored("writer", 2)):
        assert value.startswith("f1.")
    assert [(letter.writer, letter.phone) for letter in letters.order_by("number")] == [
        ("甲", "13812341234"),
        ("丙", None),
    ]


def test_empty_stays_empty(letters):
    letters.create(number=1, writer="")
    assert stored("writer") == ""
    assert letters.get().writer == ""


@pytest.mark.parametrize(
    "lookup", ["writer", "writer__contains", "writer__in", "writer__lower", "writer__lower__exact", "writer__gt"]
)
def test_nobody_can_search_it_by_mistake(letters, lookup):
    with pytest.raises(TypeError, match="blind_index"):
        letters.filter(**{lookup: "甲"}).exists()


def test_whether_something_is_there_may_be_asked(letters):
    letters.create(number=1, writer="甲")
    assert letters.filter(phone__isnull=True).count() == 1


def test_a_value_copied_between_columns_behind_our_back_is_noticed(letters):
    letters.create(number=1, writer="甲", phone="13812341234")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_letters_letter SET writer = phone")
    with pytest.raises(Unreadable, match=r"kernel_letters\.letter\.writer"):
        letters.get()


@pytest.mark.parametrize("option", ["unique", "db_index", "primary_key"])
def test_it_cannot_be_indexed(option):
    with pytest.raises(TypeError, match="blind_index"):
        EncryptedTextField(**{option: True})


def test_migrations_can_name_it():
    _name, path, _args, _kwargs = EncryptedTextField(null=True).deconstruct()
    assert path == "fengqiao.kernel.secrets.EncryptedTextField"
