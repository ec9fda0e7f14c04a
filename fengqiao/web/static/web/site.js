/* Small comforts on top of pages that work without them: keys, drafts, dialogs, reading aloud, the address list. */
(function () {
  "use strict";

  const $$ = (query, root) => Array.from((root || document).querySelectorAll(query));
  const typing = (node) => node.matches("input, textarea, select, [contenteditable]");

  /* ── notes and dialogs ── */
  function enhance(root) {
    $$("[data-close][hidden], [data-read][hidden], [data-print][hidden]", root).forEach((button) => {
      if (button.matches("[data-read]") && !("speechSynthesis" in window)) return;
      button.hidden = false;
    });
    $$("details.fq-act[open] > dialog", root).forEach(openDialog);
    $$("form[data-draft]", root).forEach(restoreDraft);
  }

  function openDialog(dialog) {
    if (!dialog.showModal || dialog.matches(":modal")) return;
    dialog.removeAttribute("open");
    dialog.showModal();
    const first = dialog.querySelector("[aria-invalid=true], [autofocus], input:not([type=hidden]), textarea, select");
    if (first) first.focus();
  }

  document.addEventListener("toggle", (event) => {
    const box = event.target;
    if (!box.matches || !box.matches("details.fq-act")) return;
    const dialog = box.querySelector(":scope > dialog");
    if (box.open) openDialog(dialog);
    else if (dialog.open) dialog.close();
  }, true);

  document.addEventListener("close", (event) => {
    const box = event.target.closest && event.target.closest("details.fq-act");
    if (!box) return;
    box.open = false;
    box.querySelector("summary").focus();
  }, true);

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close], [data-print], [data-read]");
    $$("details.fq-pop[open], details.fq-menu[open]").forEach((box) => { if (!box.contains(event.target)) box.open = false; });
    if (!button) return;
    if (button.matches("[data-print]")) return window.print();
    if (button.matches("[data-read]")) return readAloud(button);
    const box = button.closest(button.dataset.close);
    if (!box) return;
    if (box.close) box.close(); else box.remove();
  });

  /* ── groups of the navigation stay as this browser left them; that of the page itself is always open ── */
  const NAV = "fq-nav";
  function openGroups() {
    let left = "";
    try { left = localStorage.getItem(NAV) || ""; } catch (denied) { return; }
    $$("details[data-nav]").forEach((group) => { if (left.includes(group.dataset.nav)) group.open = true; });
  }

  document.addEventListener("click", (event) => {
    const title = event.target.closest("summary.fq-nav-title");
    if (!title) return;
    const side = title.closest("nav"), opens = !title.parentElement.open;
    const open = $$("details[data-nav]", side).filter((one) => one === title.parentElement ? opens : one.open);
    try { localStorage.setItem(NAV, open.map((one) => one.dataset.nav).join("")); } catch (denied) { /* then they shut again */ }
  });

  /* ── keys: / searches, Ctrl+Enter sends, Alt+1…3 jumps, others as the page says ── */
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") $$("details.fq-pop[open], details.fq-menu[open]").forEach((box) => { box.open = false; });
    if (event.ctrlKey && event.key === "Enter") return sendByKey(event);
    if (event.altKey && /^[1-9]$/.test(event.key)) return jump(event);
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target) || document.querySelector("dialog:modal")) return;
    const wanted = $$("[data-hotkey]").find((node) => node.dataset.hotkey === event.key.toLowerCase());
    if (!wanted) return;
    event.preventDefault();
    if (typing(wanted)) wanted.focus(); else wanted.click();
  });

  function sendByKey(event) {
    const form = (event.target.closest && event.target.closest("form[data-submit-key]")) || document.querySelector("form[data-submit-key]");
    if (!form) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-submit-main]") || undefined);
  }

  /* Pressed twice, a form is sent once: a second press would throw away the answer to the first, and what is shown only once. */
  const PATIENCE = 10000;  // milliseconds; then it may be tried again
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-submit-key]");
    if (!form) return;
    if (Date.now() - Number(form.dataset.sent || 0) < PATIENCE) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    form.dataset.sent = Date.now();
    setTimeout(() => { if (event.defaultPrevented) delete form.dataset.sent; });  // somebody else holds it back
  }, true);
  /* The page that answered a mistake came by POST: going back to it, a browser would have to send that again, and refuses.
     Left by the form's own address it is asked for by GET, with what has been kept. */
  document.addEventListener("submit", (event) => {
    if (event.target.method === "post" && event.target.action === location.href.split("#")[0]) history.replaceState(history.state, "", location.href);
  });
  window.addEventListener("pageshow", () => $$("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  function jump(event) {
    const section = $$("[data-jump]").find((node) => node.dataset.jump === event.key);
    if (!section) return;
    event.preventDefault();
    const first = section.querySelector("input:not([type=hidden]):not([disabled]), textarea, select, button");
    (first || section).focus();
    section.scrollIntoView({ block: "start" });
  }

  /* ── drafts: kept in this browser until the form has gone through ── */
  const KEPT = /^(text|search|tel|email|number|date|time|datetime-local|textarea|select-one|radio|checkbox)$/;
  const draftKey = (form) => "fq-draft:" + form.dataset.draft;

  function draftOf(form) {
    const values = {};
    Array.from(form.elements).forEach((field) => {
      if (!field.name || !KEPT.test(field.type) || field.dataset.noDraft !== undefined) return;
      if (field.type === "radio" || field.type === "checkbox") {
        values[field.name] = (values[field.name] || []).concat(field.checked ? [field.value] : []);
      } else values[field.name] = field.value;
    });
    return values;
  }

  function saveDraft(form) {
    try {
      localStorage.setItem(draftKey(form), JSON.stringify({ at: Date.now(), values: draftOf(form) }));
      const note = document.querySelector("[data-draft-note]");
      if (note) { note.hidden = false; note.textContent = note.dataset.draftNote.replace("{time}", new Date().toTimeString().slice(0, 8)); }
    } catch (full) { /* no room or no permission: the form still works */ }
  }

  function restoreDraft(form) {
    if (form.dataset.draftState === "bound") return;
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(draftKey(form))); } catch (broken) { return; }
    if (!kept || Date.now() - kept.at > 12 * 3600 * 1000) return;
    Array.from(form.elements).forEach((field) => {
      const value = kept.values[field.name];
      if (value === undefined || !KEPT.test(field.type)) return;
      if (field.type === "radio" || field.type === "checkbox") field.checked = value.includes(field.value);
      else if (!field.value) field.value = value;
    });
  }

  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form || form.dataset.draft === undefined) return;
    clearTimeout(form.fqDraftTimer);
    form.fqDraftTimer = setTimeout(() => saveDraft(form), 400);
  });

  /* the form says which draft it is; the server answers with a cookie once it has gone through */
  document.addEventListener("formdata", (event) => {
    if (event.target.dataset.draft) event.formData.set("draft", event.target.dataset.draft);
  });

  function clearDrafts() {
    const done = document.cookie.match(/(?:^|; )draft_done=([\w-]+)/);
    if (!done) return;
    document.cookie = "draft_done=; path=/; max-age=0";
    $$("form[data-draft]").forEach((form) => clearTimeout(form.fqDraftTimer));
    try { localStorage.removeItem("fq-draft:" + done[1]); } catch (denied) { /* nothing was kept either */ }
  }

  /* ── reading the page aloud, with the voices of the device ── */
  function readAloud(button) {
    const speech = window.speechSynthesis, word = button.querySelector("span");
    if (speech.speaking) return speech.cancel();
    const words = new SpeechSynthesisUtterance(document.querySelector(button.dataset.read).innerText);
    words.lang = document.documentElement.lang === "en" ? "en" : "zh-CN";
    const voice = speech.getVoices().find((one) => one.localService && one.lang.startsWith(words.lang.slice(0, 2)));
    if (voice) words.voice = voice;
    const start = word.textContent;
    words.onend = words.onerror = () => { word.textContent = start; };
    word.textContent = button.dataset.stop;
    speech.speak(words);
  }

  /* ── answers that never came ── */
  function offline() {
    const place = document.getElementById("fq-toasts"), note = document.getElementById("fq-offline");
    if (!place || !note) return;
    place.append(note.content.cloneNode(true));
    enhance(place);
  }
  ["htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, offline));
  document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 502) offline(); });
  document.addEventListener("htmx:afterRequest", clearDrafts);
  document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));

  window.fq = { enhance: enhance };
  document.addEventListener("DOMContentLoaded", () => { openGroups(); clearDrafts(); enhance(document); });
})();
