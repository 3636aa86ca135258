// How far one has come on a trail: kept on this device only, never sent. Arrow keys turn from step to step.
const key = (trail) => `trail:${trail}`;

const read = (trail) => {
  try {
    return new Set(JSON.parse(localStorage.getItem(key(trail)) ?? "[]"));
  } catch {
    return new Set();
  }
};

const write = (trail, done) => {
  try {
    localStorage.setItem(key(trail), JSON.stringify([...done]));
  } catch {
    // A device that keeps nothing still reads.
  }
};

const filled = (words, n, all) => words.replace("[n]", n).replace("[all]", all);

const show = () => {
  for (const place of document.querySelectorAll(".walk[data-trail]")) {
    const done = read(place.dataset.trail);
    for (const step of place.querySelectorAll("[data-step]")) step.toggleAttribute("data-walked", done.has(step.dataset.step));
    for (const box of place.querySelectorAll("[data-tick]")) box.setAttribute("aria-pressed", done.has(box.dataset.tick));
    const told = place.querySelector("[data-progress]");
    if (told) tell(told, done, [...place.querySelectorAll("[data-stop]")].map((stop) => stop.dataset.stop));
  }
};

const tell = (told, done, stops) => {
  const walked = stops.filter((uid) => done.has(uid)).length;
  told.hidden = walked === 0;
  const next = stops.findIndex((uid) => !done.has(uid));
  const words = next < 0 ? told.dataset.done : told.dataset.walked;
  told.querySelector("[data-words]").textContent = filled(words, walked, stops.length);
  const on = told.querySelector("[data-on]");
  on.hidden = next < 0;
  on.href = on.dataset.to + `${next + 1}/`;
  on.querySelector("[data-on-words]").textContent = filled(on.querySelector("[data-on-words]").dataset.onWords, next + 1, stops.length);
};

document.addEventListener("click", (event) => {
  const trail = event.target.closest?.(".walk[data-trail]")?.dataset.trail;
  if (!trail) return;
  const done = read(trail);
  const walked = event.target.closest("a[data-walked]");
  const tick = event.target.closest("[data-tick]");
  if (walked) done.add(walked.dataset.walked);
  else if (tick && !done.delete(tick.dataset.tick)) done.add(tick.dataset.tick);
  else if (event.target.closest("[data-forget]")) done.clear();
  else if (!tick) return;
  write(trail, done);
  show();
});

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.target.closest?.("input, textarea, select, dialog")) return;
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  document.querySelector(`.walk-turn a[rel="${rel}"]`)?.click();
});

for (const box of document.querySelectorAll("[data-tick][hidden]")) box.hidden = false;
window.addEventListener("pageshow", show);
show();
