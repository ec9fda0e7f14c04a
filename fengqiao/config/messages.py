"""How messages leave this installation, from the environment: docs/messages.md explains each name."""

from urllib.parse import urlsplit

from fengqiao.config.environment import UnsafeSettings, choice, number, text

SHORTEST_SECRET = 32


def sms(*, production: bool) -> dict:
    """The gateway for SMS, empty where there is none."""
    told = {"url": text("SMS_URL"), "secret": text("SMS_SECRET"), "status_url": text("SMS_STATUS_URL")}
    if not any(told.values()):
        return {}
    if not told["url"] or len(told["secret"]) < SHORTEST_SECRET:
        raise UnsafeSettings(
            f"短信网关要配 SMS_URL 和至少 {SHORTEST_SECRET} 个字符的 SMS_SECRET。",
            f"The SMS gateway needs SMS_URL and an SMS_SECRET of at least {SHORTEST_SECRET} characters.",
        )
    allowed = ("https",) if production else ("https", "http")
    for name in ("url", "status_url"):
        if told[name] and urlsplit(told[name]).scheme not in allowed:
            raise UnsafeSettings(
                f"SMS_{name.upper()} 必须是 https:// 地址。", f"SMS_{name.upper()} must be an https:// address."
            )
    return {**told, "timeout": number("SMS_TIMEOUT", 10, least=1)}


def mail(*, production: bool) -> dict:
    """The mail server, empty where there is none."""
    host, sender = text("MAIL_HOST"), text("MAIL_FROM")
    if not host and not sender:
        return {}
    if not host or "@" not in sender:
        raise UnsafeSettings(
            "发邮件要配 MAIL_HOST 和 MAIL_FROM（发件人的邮箱）。",
            "Mail needs MAIL_HOST and MAIL_FROM (the sender's address).",
        )
    security = choice("MAIL_SECURITY", ("starttls", "tls", "none"))
    if production and security == "none":
        raise UnsafeSettings(
            "生产环境的邮件必须加密：MAIL_SECURITY 用 starttls 或 tls。",
            "Mail must be encrypted in production: MAIL_SECURITY is starttls or tls.",
        )
    return {
        "host": host, "port": number("MAIL_PORT", 465 if security == "tls" else 587, least=1), "sender": sender,
        "security": security, "user": text("MAIL_USER"), "password": text("MAIL_PASSWORD"),
        "ca_file": text("MAIL_CA_FILE"), "timeout": number("MAIL_TIMEOUT", 15, least=1),
    }  # fmt: skip
