"""Somebody with a browser: what they press, fill in and read, and the film that is taken of it."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from fengqiao.district.demo.drawing import PAD, signature

PATIENCE = 15_000  # milliseconds for one thing to show
expect.set_options(timeout=PATIENCE)
PASSWORD = "fengqiao-2026"
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


class Film:
    """The pictures of one journey, numbered as they are taken."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.taken = folder, 0

    def take(self, page: Page, name: str) -> None:
        """The whole page, as tall as it is, so that what sticks to the lower edge stands at the end of it."""
        size = page.viewport_size or DESK
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], tall)})
        if not self.taken:
            self._begin()
        self.taken += 1
        page.screenshot(path=self.folder / f"{self.taken:02}-{name}.jpg", full_page=True, quality=80)
        page.set_viewport_size(size)

    def _begin(self) -> None:
        """An empty folder: what an earlier run left is another story."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.iterdir():
            old.unlink()


class Person:
    """One of those who take part, at their own browser."""

    def __init__(self, page: Page, film: Film, who: str) -> None:
        self.page, self.film, self.who = page, film, who

    def goes(self, address: str) -> None:
        answer = self.page.goto(address)
        assert answer and answer.ok, (answer and answer.status, self.page.locator("main").inner_text())

    def follows(self, words: str | re.Pattern[str], within: str = "main") -> None:
        """A link, by what it says, and the page behind it."""
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("link", name=words).first.click()

    def presses(self, words: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=words).first.click()

    def writes(self, label: str, text: str, *, nth: int = 0, exact: bool = False) -> None:
        self.page.get_by_label(label, exact=exact).nth(nth).fill(text)

    def ticks(self, label: str, *, exact: bool = False) -> None:
        self.page.get_by_label(label, exact=exact).first.check()

    def chooses(self, label: str, option: str, *, nth: int = 0) -> None:
        self.page.get_by_label(label).nth(nth).select_option(label=option)

    def hands_in(self, data: bytes, name: str, media: str = "image/png") -> None:
        self.page.locator("input[type=file]").set_input_files({"name": name, "mimeType": media, "buffer": data})

    def reads(self, *sentences: str) -> None:
        """Every one of these stands on the page, to be seen."""
        for words in sentences:
            expect(self.page.locator("body")).to_contain_text(words)

    def does_not_read(self, *sentences: str) -> None:
        for words in sentences:
            expect(self.page.locator("body")).not_to_contain_text(words)

    def is_filmed(self, what: str) -> None:
        self.film.take(self.page, f"{self.who}-{what}")

    def signs(self, name: str) -> None:
        """A hand writes its name on the pad, stroke by stroke."""
        pad = self.page.locator("canvas")
        pad.scroll_into_view_if_needed()
        box: Any = pad.bounding_box()
        mouse, scale = self.page.mouse, min(box["width"] / PAD[0], box["height"] / PAD[1])
        for stroke in signature(name)[1]:
            points = [(box["x"] + scale * one["x"], box["y"] + scale * one["y"]) for one in stroke["points"]]
            mouse.move(*points[0])
            mouse.down()
            for point in points[1::4]:
                mouse.move(*point)
            mouse.up()

    def sign_in(self, username: str) -> None:
        self.goes("/login/")
        self.writes("用户名", username)
        self.writes("密码", PASSWORD)
        self.presses("登录")
        self.page.wait_for_url("**/desk/")

    def comes_with(self, code: str, pin: str) -> None:
        """By code and PIN to the page of their matter."""
        self.goes("/follow/")
        self.writes("查询码", code)
        self.writes("密码", pin)
        self.presses("看进度")
        self.page.wait_for_url("**/my/")
