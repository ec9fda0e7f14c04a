/* The signature pad: the picture as PNG and the strokes as JSON go into two hidden inputs of the form. */
(function () {
  "use strict";

  const LEAST_INK = 1.2;  // length of all strokes in heights of the pad: less is a tick or a slip, not a name
  const NARROWEST = 0.1;  // of the pad's width

  function setUp(box) {
    if (box.fqPad || typeof SignaturePad === "undefined") return;
    const frame = box.querySelector(".fq-pad"), canvas = box.querySelector("canvas"), hint = box.querySelector(".hint");
    const [picture, strokes] = box.querySelectorAll("input[type=hidden]");
    const pad = box.fqPad = new SignaturePad(canvas, { penColor: "#1a2c5b", minWidth: 1, maxWidth: 3.2 });

    function fit() {
      const kept = pad.toData(), scale = Math.max(window.devicePixelRatio || 1, 1);
      canvas.width = canvas.offsetWidth * scale;
      canvas.height = canvas.offsetHeight * scale;
      canvas.getContext("2d").scale(scale, scale);
      pad.fromData(kept);
    }

    function tooShort(data) {
      const xs = data.flatMap((stroke) => stroke.points.map((point) => point.x));
      const ink = data.reduce((sum, stroke) => sum + stroke.points.slice(1).reduce((length, point, i) =>
        length + Math.hypot(point.x - stroke.points[i].x, point.y - stroke.points[i].y), 0), 0);
      return ink < LEAST_INK * canvas.offsetHeight || Math.max(...xs) - Math.min(...xs) < NARROWEST * canvas.offsetWidth;
    }

    function show(state, words) {
      frame.dataset.state = state;
      frame.classList.toggle("is-late", state === "short");
      hint.textContent = words;
    }

    function take() {
      const data = pad.toData(), good = !pad.isEmpty() && !tooShort(data);
      picture.value = good ? pad.toDataURL("image/png") : "";
      strokes.value = good ? JSON.stringify(data) : "";
      if (pad.isEmpty()) show("empty", box.dataset.empty);
      else if (good) show("signed", box.dataset.signed);
      else show("short", box.dataset.tooShort);
      return good;
    }

    pad.addEventListener("endStroke", take);
    box.querySelector("[data-pad-clear]").addEventListener("click", () => { pad.clear(); take(); });
    const form = box.closest("form");
    if (form) form.addEventListener("submit", (event) => {
      if (box.dataset.optional !== undefined && pad.isEmpty()) return;
      if (take()) return;
      event.preventDefault();
      show("short", pad.isEmpty() ? box.dataset.empty : box.dataset.tooShort);
      frame.scrollIntoView({ block: "center" });
    });
    window.addEventListener("resize", fit);
    fit();
  }

  const all = (root) => root.querySelectorAll("[data-pad]").forEach(setUp);
  document.addEventListener("DOMContentLoaded", () => all(document));
  document.addEventListener("htmx:load", (event) => all(event.detail.elt));
})();
