/* The window's form: one more, one fewer; fields that only some visits need; an error that is being mended fades;
   a press on what was read fills a field. */
(function () {
  "use strict";
  const form = document.getElementById("register");
  if (!form) return;

  const persons = form.elements.persons, note = form.querySelector("[data-count-note]");
  const at = (name) => form.querySelector('[data-show-if="' + name + '"]');

  function show(box, wanted) {
    box.hidden = !wanted && !box.querySelector(".is-invalid, .invalid-feedback") && !box.querySelector("input").value;
  }

  function settle() {
    const n = Number(persons.value) || 0;
    note.textContent = note.dataset.countNote.replace("{n}", n);
    show(at("persons"), n >= 5);
    const proxy = Array.from(form.querySelectorAll('[name="needs"]')).find((box) => box.value === "filed_by_other");
    show(at("agent"), proxy.checked);
  }

  form.querySelectorAll("[data-step]").forEach((button) => {
    button.hidden = false;
    button.tabIndex = -1; // the field itself takes the arrow keys
    button.addEventListener("click", () => {
      persons.value = Math.max(1, (Number(persons.value) || 1) + Number(button.dataset.step));
      persons.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });

  form.addEventListener("input", (event) => {
    settle();
    if (!event.target.matches(".is-invalid")) return;
    event.target.classList.remove("is-invalid");
    event.target.removeAttribute("aria-invalid");
    const said = document.getElementById(event.target.id + "_error");
    if (said) said.remove();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    const field = button && form.elements[button.dataset.fill];
    if (!field) return;
    field.value = button.dataset.value;
    new URLSearchParams(button.dataset.also || "").forEach((value, id) => {
      const other = document.getElementById(id);
      if (other) other.value = value;
    });
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });

  document.addEventListener("DOMContentLoaded", () => {
    settle();
    const first = document.getElementById("asked") || form.querySelector("[aria-invalid=true]");
    if (first) first.focus();
  });
})();
