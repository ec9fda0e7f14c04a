/* The machine in the hall goes back to its beginning by itself, unless somebody is still reading: a touch starts the time anew. */
(function () {
  "use strict";
  const back = document.querySelector("[data-back-after]");
  if (!back) return;
  let timer = 0;
  function wait() {
    clearTimeout(timer);
    timer = setTimeout(() => window.location.assign(back.href), Number(back.dataset.backAfter) * 1000);
  }
  ["pointerdown", "keydown"].forEach((name) => document.addEventListener(name, wait));
  wait();
})();
