// Steps of a trail moved by hand, by pen or with the arrow keys; the buttons beside each step do the same without script.
const bench = () => document.getElementById("trail");
const steps = () => [...bench().querySelectorAll(".bench-step")];
let dragged = null;

const ready = () => {
  for (const handle of document.querySelectorAll(".handle[hidden]")) handle.hidden = false;
};

const keep = (focus) => {
  const place = bench();
  const values = { steps: steps().map((step) => step.dataset.step).join(" "), version: place.dataset.version };
  window.htmx.ajax("POST", place.dataset.order, { target: "#trail", swap: "outerHTML", values }).then(() => {
    document.querySelector(`[data-step="${focus}"] .handle`)?.focus();
  });
};

const over = (y) => steps().find((step) => step !== dragged && y < step.getBoundingClientRect().bottom);

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest(".handle");
  if (!handle) return;
  dragged = handle.closest(".bench-step");
  dragged.dataset.from = steps().indexOf(dragged);
  bench().dataset.dragging = "";
  dragged.dataset.dragged = "";
  handle.setPointerCapture(event.pointerId);
});

document.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  event.preventDefault();
  const next = over(event.clientY);
  if (!next) return dragged.parentElement.append(dragged);
  const box = next.getBoundingClientRect();
  if (event.clientY > box.top + box.height / 2) next.after(dragged);
  else if (next.previousElementSibling !== dragged) next.before(dragged);
});

const drop = () => {
  if (!dragged) return;
  const step = dragged;
  dragged = null;
  delete bench().dataset.dragging;
  delete step.dataset.dragged;
  if (steps().indexOf(step) !== Number(step.dataset.from)) keep(step.dataset.step);
};
document.addEventListener("pointerup", drop);
document.addEventListener("pointercancel", drop);

document.addEventListener("keydown", (event) => {
  const step = event.target.closest?.(".handle") && event.target.closest(".bench-step");
  const beside = { ArrowUp: step?.previousElementSibling, ArrowDown: step?.nextElementSibling }[event.key];
  if (!beside) return;
  event.preventDefault();
  if (event.key === "ArrowUp") beside.before(step);
  else beside.after(step);
  keep(step.dataset.step);
});

document.addEventListener("htmx:load", ready);
ready();
