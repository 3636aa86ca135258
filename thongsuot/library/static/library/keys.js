// Single keys for reading. They never take what is typed, and can be switched off (WCAG 2.1.4).
const passages = [...document.querySelectorAll(".text > .passage")];
const open = (what) => document.dispatchEvent(new CustomEvent("reader:open", { detail: what }));

const current = () => {
  const focused = passages.indexOf(document.activeElement?.closest?.(".text > .passage"));
  if (focused >= 0) return focused;
  const first = passages.findIndex((one) => one.getBoundingClientRect().bottom > 100);
  // Nothing was read yet: the next passage is the first that shows.
  return passages[first]?.getBoundingClientRect().top >= 60 ? first - 1 : first;
};

const step = (by) => {
  const next = passages[Math.min(Math.max(current() + by, 0), passages.length - 1)];
  if (!next) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  next.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" });
};

const turn = (way) => document.querySelector(`.turn [rel="${way}"]`)?.click();

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  ArrowRight: () => step(1),
  ArrowLeft: () => step(-1),
  n: () => turn("next"),
  p: () => turn("prev"),
  c: () => passages[Math.max(current(), 0)]?.querySelector(".permalink")?.click(),
  g: () => open("goto"),
  "/": () => open("search"),
  "?": () => open("reader-help"),
};

const isTaken = ({ target }) =>
  target.closest?.("input, textarea, select, dialog[open], [contenteditable], .wide, [role=slider]") ||
  document.querySelector("dialog:modal");

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.documentElement.dataset.readerKeys === "off" || isTaken(event)) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
