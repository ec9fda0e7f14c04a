"""The two ports against a real gateway and a real mail server on this machine."""

import datetime as dt
from dataclasses import replace
from email import message_from_string, policy
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from fengqiao.notices.models import Outcome
from fengqiao.notices.ports.answers import Parcel
from fengqiao.notices.ports.mail import MailPort
from fengqiao.notices.ports.sms import SmsPort
from tests.notices.gateway import Gateway, MailServer, serving

PARCEL = Parcel("k1", "13957221234", "协议写好了", "您的事（2026-1）协议写好了。", "agreement_ready.party.12345678")
LETTER = replace(PARCEL, to="wang@example.cn")


class TestSms:
    @pytest.fixture
    def gateway(self):
        with serving(Gateway()) as found:
            yield found

    @pytest.fixture
    def port(self, gateway) -> SmsPort:
        return SmsPort(**gateway.port)

    def test_it_is_handed_over_signed_and_taken_once(self, gateway, port):
        assert port.send(PARCEL).outcome == Outcome.ACCEPTED
        assert port.send(PARCEL).outcome == Outcome.DUPLICATE
        assert gateway.words["k1"] == {
            "id": "k1", "to": "13957221234", "words": PARCEL.words, "template": PARCEL.template,
        }  # fmt: skip
        assert gateway.effects["k1"] == 1

    def test_it_can_be_asked(self, gateway, port):
        assert port.ask("k1").outcome == Outcome.NEVER_CAME
        port.send(PARCEL)
        assert port.ask("k1").outcome == Outcome.FOUND

    @pytest.mark.parametrize(
        ("status", "told", "outcome"),
        [
            (200, {"result": "refused", "reason": "blacklisted"}, Outcome.REFUSED),
            (422, {"reason": "no such number"}, Outcome.REFUSED),
            (503, {}, Outcome.NOT_TAKEN),
            (429, b"slowly", Outcome.NOT_TAKEN),
            (302, {}, Outcome.NOT_TAKEN),
            (500, {}, Outcome.UNKNOWN),
            (200, b"<html>", Outcome.UNKNOWN),
            (200, [], Outcome.UNKNOWN),
            (200, {"result": "perhaps"}, Outcome.UNKNOWN),
        ],
    )
    def test_what_it_says_is_understood(self, gateway, port, status, told, outcome):
        gateway.answers.append((status, told))
        assert port.send(PARCEL).outcome == outcome

    def test_a_wrong_signature_is_our_fault_and_for_now(self, gateway, port):
        assert replace(port, secret="another" * 8).send(PARCEL).outcome == Outcome.NOT_TAKEN
        assert not gateway.posts

    def test_one_that_hangs_up_leaves_us_in_the_dark(self, gateway, port):
        gateway.hang_up = 1
        assert port.send(PARCEL).outcome == Outcome.UNKNOWN

    def test_one_that_is_not_there_has_taken_nothing(self, gateway, port):
        gateway.shutdown()
        gateway.server_close()
        assert port.send(PARCEL).outcome == Outcome.NOT_TAKEN
        assert port.ask("k1").outcome == Outcome.NOT_TAKEN


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + made.public_bytes(encoding))
    return path


class TestMail:
    def test_a_letter_arrives_as_it_was_written(self):
        with serving(MailServer()) as server:
            assert MailPort(**server.port).send(LETTER).outcome == Outcome.ACCEPTED
        letter = message_from_string(server.letters[0], policy=policy.default)
        assert (letter["To"], letter["Subject"]) == ("wang@example.cn", "协议写好了")
        assert letter["Message-ID"] == "<k1@example.cn>"
        assert letter.get_content().strip() == PARCEL.words

    @pytest.mark.parametrize("security", ["starttls", "tls"])
    def test_it_goes_encrypted_to_a_server_that_somebody_vouches_for(self, certificate, security):
        with serving(MailServer(certificate, wrapped=security == "tls")) as server:
            known = {**server.port, "security": security, "ca_file": str(certificate), "user": "fq", "password": "x"}
            assert MailPort(**known).send(LETTER).outcome == Outcome.ACCEPTED
            assert server.was_encrypted

    def test_a_server_that_nobody_vouches_for_gets_nothing(self, certificate):
        with serving(MailServer(certificate, wrapped=True)) as server:
            assert MailPort(**{**server.port, "security": "tls"}).send(LETTER).outcome == Outcome.NOT_TAKEN
            assert server.letters == []

    @pytest.mark.parametrize(
        ("to_rcpt", "after_data", "outcome"),
        [
            ("550 no such box", "250 ok", Outcome.REFUSED),
            ("451 later", "250 ok", Outcome.NOT_TAKEN),
            ("250 ok", "554 spam", Outcome.REFUSED),
            ("250 ok", "452 full", Outcome.NOT_TAKEN),
            ("250 ok", None, Outcome.UNKNOWN),
        ],
    )
    def test_what_it_says_is_understood(self, to_rcpt, after_data, outcome):
        with serving(MailServer()) as server:
            server.to_rcpt, server.after_data = to_rcpt, after_data
            assert MailPort(**server.port).send(LETTER).outcome == outcome

    def test_a_line_that_would_be_two_and_an_address_that_is_none_go_nowhere(self):
        with serving(MailServer()) as server:
            port = MailPort(**server.port)
            assert port.send(replace(LETTER, subject="a\nBcc: b@example.cn")).outcome == Outcome.REFUSED
            assert port.send(replace(LETTER, to="王@example.cn")).outcome == Outcome.REFUSED
            assert server.letters == []

    def test_one_that_is_not_there_has_taken_nothing(self):
        with serving(MailServer()) as server:
            gone = server.port
        assert MailPort(**gone).send(LETTER).outcome == Outcome.NOT_TAKEN
