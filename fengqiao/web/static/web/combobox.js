/* A text field that suggests: the server answers with options, arrows and Enter choose. Without script it is a text field. */
(function () {
  "use strict";

  const WAIT = 180;
  let count = 0;

  function setUp(input) {
    if (input.fqList) return;
    const list = input.fqList = document.createElement("div"), into = document.getElementById(input.dataset.comboboxInto || "");
    list.className = "fq-drop";
    list.id = "fq-list-" + (++count);
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels && input.labels[0] ? input.labels[0].textContent.trim() : input.name);
    const place = document.createElement("div"); // the list floats: what is below must not move under a click
    place.className = "fq-drop-at";
    place.append(list);
    input.after(place);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off" };
    Object.keys(attributes).forEach((name) => input.setAttribute(name, attributes[name]));
    let timer = 0, asked = 0, composing = false;

    const options = () => Array.from(list.querySelectorAll("[role=option]"));
    const at = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

    function close() {
      asked += 1; // an answer on its way comes too late
      clearTimeout(timer);
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(index) {
      const all = options();
      all.forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
      if (!all[index]) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", all[index].id);
      all[index].scrollIntoView({ block: "nearest" });
    }

    function fill(html) {
      list.innerHTML = html; // our own server's template, escaped there
      options().forEach((option, i) => { option.id = list.id + "-" + i; });
      const any = options().length > 0;
      list.hidden = !list.textContent.trim();
      input.setAttribute("aria-expanded", String(any && !list.hidden));
      mark(any ? 0 : -1);
    }

    function ask() {
      const turn = ++asked, words = input.value.trim();
      if (!words) return close();
      const address = new URL(input.dataset.combobox, location.href);
      address.searchParams.set("q", words);
      fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" })
        .then((answer) => (answer.ok ? answer.text() : ""))
        .then((html) => { if (turn === asked && document.activeElement === input) fill(html); })
        .catch(close);
    }

    function choose(option) {
      input.value = option.dataset.text || option.textContent.trim();
      if (into) into.value = option.dataset.value || "";
      new URLSearchParams(option.dataset.also || "").forEach((value, id) => {
        const other = document.getElementById(id);
        if (!other) return;
        other.value = value;
        other.dispatchEvent(new Event("change", { bubbles: true }));
      });
      close();
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    input.addEventListener("compositionstart", () => { composing = true; });
    input.addEventListener("compositionend", () => { composing = false; input.dispatchEvent(new Event("input", { bubbles: true })); });
    input.addEventListener("input", () => {
      if (composing) return;
      if (into) into.value = "";
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    input.addEventListener("blur", close); // a press on the list does not take the focus: see below
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      const last = options().length - 1;
      if (event.key === "ArrowDown") mark(Math.min(at() + 1, last));
      else if (event.key === "ArrowUp") mark(Math.max(at() - 1, 0));
      else if (event.key === "Enter" && !event.ctrlKey && at() >= 0) choose(options()[at()]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    document.addEventListener("pointerdown", (event) => { if (!place.contains(event.target) && event.target !== input) close(); }, true);
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
      else close(); // "nothing found" must not stand in front of what is below it
    });
    if (document.activeElement === input && input.value !== input.defaultValue) ask(); // typed before this script was there
  }

  const all = (root) => root.querySelectorAll("input[data-combobox]").forEach(setUp);
  document.addEventListener("DOMContentLoaded", () => all(document));
  document.addEventListener("htmx:load", (event) => all(event.detail.elt));
})();
