"""The district's own language model, from the environment: docs/understanding.md says what is sent to it."""

from urllib.parse import urlsplit

from fengqiao.config.environment import UnsafeSettings, number, text


def own_model(*, production: bool) -> dict:
    """The model that may be asked for a second opinion, empty where there is none (the default)."""
    told = {"url": text("READING_MODEL_URL").rstrip("/"), "name": text("READING_MODEL_NAME")}
    key = text("READING_MODEL_KEY")
    if not any(told.values()) and not key:
        return {}
    if not all(told.values()):
        raise UnsafeSettings(
            "接自己的大模型要配 READING_MODEL_URL 和 READING_MODEL_NAME。",
            "The district's own model needs READING_MODEL_URL and READING_MODEL_NAME.",
        )
    if urlsplit(told["url"]).scheme not in (("https",) if production else ("https", "http")):
        raise UnsafeSettings(
            "READING_MODEL_URL 必须是 https:// 地址。", "READING_MODEL_URL must be an https:// address."
        )
    return {**told, "key": key, "timeout": number("READING_MODEL_TIMEOUT", 15, least=1)}
