// The panel for size, letters, lines and ground: what is chosen shows at once and is kept on this device.
const KEY = "reader";
const SIZES = ["1", "2", "3", "4", "5", "6", "7", "8"];
const USUAL = "3";
const PERCENT = { 1: 84, 2: 92, 3: 100, 4: 112, 5: 126, 6: 145, 7: 170, 8: 200 };
const root = document.documentElement;
const form = document.querySelector("#reader-settings form");
const attribute = (name) => `reader${name[0].toUpperCase()}${name.slice(1)}`;

const read = () => {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
};
let kept = read();

const show = () => {
  for (const name of ["size", "face", "width", "leading", "large", "keys"]) {
    if (kept[name]) root.dataset[attribute(name)] = kept[name];
    else delete root.dataset[attribute(name)];
  }
  const theme = kept.theme || root.dataset.themeGiven;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  for (const name of ["theme", "face", "width", "leading"]) {
    for (const choice of form.elements[name]) choice.checked = choice.value === (kept[name] ?? "");
  }
  form.elements.large.checked = kept.large === "on";
  form.elements.keys.checked = kept.keys !== "off";
  form.querySelector("[data-size]").textContent = `${PERCENT[kept.size ?? USUAL]} %`;
  for (const step of form.querySelectorAll("[data-step]")) {
    const next = SIZES.indexOf(kept.size ?? USUAL) + Number(step.dataset.step);
    step.setAttribute("aria-disabled", String(!(next in SIZES)));
  }
};

// The place in the text stays where the eye is while lines grow and shrink.
const keepingPlace = (change) => {
  const top = 120;
  const place = [...document.querySelectorAll(".text > .passage")].find((one) => one.getBoundingClientRect().bottom > top);
  const before = place?.getBoundingClientRect().top;
  change();
  if (place && window.scrollY > 0) window.scrollBy({ top: place.getBoundingClientRect().top - before, behavior: "instant" });
};

const keep = (name, value) => {
  kept = { ...read(), [name]: value };
  if (!value) delete kept[name];
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // It still holds for this page.
  }
  keepingPlace(show);
};

if (form) {
  form.addEventListener("change", ({ target }) => {
    if (target.name === "large") keep("large", target.checked ? "on" : "");
    else if (target.name === "keys") keep("keys", target.checked ? "" : "off");
    else if (target.name) keep(target.name, target.value);
  });
  form.addEventListener("click", ({ target }) => {
    const step = target.closest("[data-step]");
    if (step) {
      const next = SIZES[SIZES.indexOf(kept.size ?? USUAL) + Number(step.dataset.step)];
      if (next) keep("size", next === USUAL ? "" : next);
    }
    if (target.closest("[data-reset]")) {
      kept = {};
      try {
        localStorage.removeItem(KEY);
      } catch {
        // Nothing was kept.
      }
      keepingPlace(show);
    }
  });
  show();
  // Another page of this reader changed it.
  addEventListener("storage", ({ key }) => {
    if (key !== KEY) return;
    kept = read();
    show();
  });
}
