// Steps of a trail moved by hand, by pen or with the arrow keys; the buttons beside each step do the same without script.
const bench = () => document.getElementById("trail");
const steps = () => [...bench().querySelectorAll(".bench-step")];
let dragged = null;

const ready = () => {
  for (const handle of document.querySelectorAll(".handle[hidden]")) handle.hidden = false;
};

// One order after another: the answer to the first brings the version that the next must name. What was moved meanwhile
// is moved again in the answer, and a step that is being dragged stays in the hand.
let wanted = null;
let isSending = false;

const lay = (order) => {
  for (const uid of order) {
    const step = bench().querySelector(`[data-step="${uid}"]`);
    step?.parentElement.append(step);
  }
};

const keep = async (focus) => {
  wanted = { order: steps().map((step) => step.dataset.step), focus };
  if (isSending) return;
  isSending = true;
  while (wanted) {
    const sent = wanted;
    wanted = null;
    const values = { steps: sent.order.join(" "), version: bench().dataset.version };
    await window.htmx.ajax("POST", bench().dataset.order, { target: "#trail", swap: "outerHTML", values });
    ready(); // what is hidden takes no focus
    if (wanted) lay(wanted.order);
    if (dragged) take(bench().querySelector(`[data-step="${dragged.dataset.step}"]`));
    else bench().querySelector(`[data-step="${(wanted ?? sent).focus}"] .handle`)?.focus();
  }
  isSending = false;
};

const over = (y) => steps().find((step) => step !== dragged && y < step.getBoundingClientRect().bottom);

const take = (step) => {
  dragged = step;
  if (!step) return;
  step.dataset.from = steps().indexOf(step);
  step.dataset.dragged = "";
  bench().dataset.dragging = "";
};

document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest(".handle");
  if (!handle) return;
  take(handle.closest(".bench-step"));
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
  event.target.focus(); // lost by moving it
  keep(step.dataset.step);
});

document.addEventListener("htmx:load", ready);
ready();
