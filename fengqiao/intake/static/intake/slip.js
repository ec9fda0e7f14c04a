/* 保存并打印: the slip goes to the printer as soon as it is on the screen. */
window.addEventListener("load", () => window.print());
