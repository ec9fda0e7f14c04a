"""The browser that the journeys use is real, draws Chinese, and is watched."""

import pytest

RARE = "枫桥 · 人民调解协议书 喆堃𬭚"
# Widths differ between glyphs of a font but not between the boxes drawn for glyphs that are missing.
WIDTHS = """text => [...text].map(letter => {
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = "32px sans-serif";
    pen.fillText(letter, 0, 32);
    return Array.from(pen.getImageData(0, 0, 40, 40).data).reduce((sum, value, i) => (sum * 31 + value * i) % 1e9, 0);
})"""


def test_a_real_browser_draws_every_chinese_character_differently(page, picture) -> None:
    page.set_content(f"<html lang='zh-CN'><body><h1>{RARE}</h1></body></html>")

    assert page.evaluate("navigator.language") == "zh-CN"
    assert picture(page, "chinese").stat().st_size > 1000
    drawn = page.evaluate(WIDTHS, "枫桥人民调解协议书喆堃")
    assert len(set(drawn)) == len(drawn)


def test_a_request_to_another_site_is_heard(context, page, heard) -> None:
    context.route("**/*", lambda route: route.abort())
    page.set_content("<img src='https://elsewhere.example/pixel.png'>")
    assert heard == ["left the site: https://elsewhere.example/pixel.png"]
    heard.clear()


def test_a_breach_of_the_content_policy_is_heard(page, heard) -> None:
    policy = "<meta http-equiv='Content-Security-Policy' content=\"script-src 'self'\">"
    page.set_content(f"<html><head>{policy}</head><body><script>document.title = 'ran'</script></body></html>")
    assert page.title() != "ran"
    assert len(heard) == 1
    assert "Content Security Policy" in heard[0]
    heard.clear()


@pytest.mark.parametrize("kind", ["script error"])
def test_a_script_error_is_heard(page, heard, kind) -> None:
    page.set_content("<p>枫</p>")
    with page.context.expect_event("weberror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') })")
    assert len(heard) == 1
    assert heard[0].startswith(kind)
    heard.clear()
