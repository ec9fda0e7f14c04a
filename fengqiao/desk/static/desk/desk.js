/* The dispatcher's desk by keyboard: J and K go down and up the list, X and A choose, D dispatches as proposed, G together; all of it works without. */
(function () {
  "use strict";

  const $$ = (query, root) => Array.from((root || document).querySelectorAll(query));
  const typing = (node) => node.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");
  const rows = () => $$(".fq-split tr[data-number]");
  const current = () => document.querySelector(".fq-split tr[aria-current]");
  let last = null; // the box that was ticked last, where a range with Shift begins

  function choose(row) {
    if (!row) return;
    rows().forEach((one) => { one.removeAttribute("aria-current"); one.classList.remove("chosen"); });
    row.setAttribute("aria-current", "true");
    row.classList.add("chosen");
    const look = row.querySelector(".look");
    if (look && look.offsetParent) look.click();
    row.querySelector("a.strong").focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function go(step) {
    const all = rows(), at = all.indexOf(current());
    choose(all[at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1)]);
  }

  /* D: only for the dispute that is chosen and shown, so that no key sends what nobody looks at */
  function follow() {
    const form = document.querySelector(".fq-chosen form[data-follow]"), row = current();
    if (form && row && form.closest(".fq-chosen").dataset.number === row.dataset.number) form.requestSubmit();
  }

  function together() {
    const form = document.getElementById("picks");
    if (form) form.requestSubmit();
  }

  function tick(row) {
    const box = row && row.querySelector("input[name=n]");
    if (!box) return;
    box.checked = !box.checked;
    count();
  }

  function tickAll() {
    const boxes = $$("[data-picks] input[name=n]"), some = boxes.some((box) => !box.checked);
    boxes.forEach((box) => { box.checked = some; });
    count();
  }

  function count() {
    $$("[data-picks]").forEach((list) => {
      const words = list.querySelector("[data-picked]"), n = $$("input[name=n]:checked", list).length;
      if (!words) return;
      words.hidden = n === 0;
      words.textContent = words.dataset.picked.replace("{n}", n);
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || !rows().length || document.querySelector("dialog:modal")) return;
    const inside = document.activeElement.closest(".fq-split"), key = event.key.toLowerCase();
    const does = { j: () => go(1), k: () => go(-1) };
    if (inside) {
      Object.assign(does, { arrowdown: () => go(1), arrowup: () => go(-1), x: () => tick(current()), a: tickAll, g: together, d: follow });
    }
    if (!does[key]) return;
    event.preventDefault();
    does[key]();
  });

  document.addEventListener("click", (event) => {
    const all = event.target.closest("[data-pick-all]"), look = event.target.closest(".look");
    if (all) {
      event.preventDefault();
      return tickAll();
    }
    if (look && event.isTrusted) {
      const row = look.closest("tr");
      rows().forEach((one) => { one.toggleAttribute("aria-current", false); one.classList.toggle("chosen", one === row); });
      row.setAttribute("aria-current", "true");
    }
    if (!event.target.matches("[data-picks] input[name=n]")) return;
    const boxes = $$("[data-picks] input[name=n]");
    if (event.shiftKey && last && boxes.includes(last)) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(event.target)].sort((a, b) => a - b);
      boxes.slice(from, to + 1).forEach((box) => { box.checked = event.target.checked; });
    }
    last = event.target;
    count();
  });

  /* after one was sent, the next in the list is the one to look at */
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-follow]")) return;
    const all = rows(), at = all.indexOf(current()), next = at < 0 ? null : all[at + 1] || all[at - 1];
    const back = event.target.elements.back.value;
    if (next) event.target.elements.next.value = back + (back ? "&" : "") + "one=" + next.dataset.number;
  });

  document.addEventListener("DOMContentLoaded", () => {
    count();
    const row = current();
    if (row && document.activeElement === document.body) row.querySelector("a.strong").focus({ preventScroll: true });
  });
})();
