// Where the reader stopped: remembered on the device as she reads, told when she comes back.
import { keepPlace, placeIn } from "./device.js";

const SETTLED = 700; // ms after the last movement
const OFTEN = 30_000; // ms between two messages to the account, for whoever asked for them

// The first passage that begins on the screen, else the last that began above it.
const atTop = (passages) => {
  let above = null;
  for (const [uid, { element, sign }] of passages) {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom < 0) continue;
    if (top > innerHeight * 0.6) break;
    above = { uid, element, sign };
    if (top >= 0) break;
  }
  return above;
};

export const followPlace = ({ about, passages, keep }) => {
  const stopped = placeIn(about.document);
  const path = location.pathname;
  tell(stopped, passages, path);

  let last = 0;
  let unsent = "";
  const remember = () => {
    const found = atTop(passages);
    if (!found) return;
    keepPlace(about.document, {
      passage: found.uid, anchor: found.element.id, path, search: location.search, title: about.title,
      chapter: about.chapter, page: found.sign.dataset.page ?? "", label: found.sign.dataset.name ?? "",
      language: about.language, at: new Date().toISOString(),
    });
    unsent = found.uid;
  };
  const send = () => {
    if (!keep || !unsent) return;
    keep(unsent).catch(() => {});
    unsent = "";
    last = Date.now();
  };

  let waiting = 0;
  addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      remember();
      if (Date.now() - last > OFTEN) send();
    }, SETTLED);
  }, { passive: true });
  // A chapter that was opened and read without moving counts once it was open for a while.
  if (stopped?.path !== path) setTimeout(remember, 5000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
  });
};

// "You stopped here", with a way there; the page does not jump by itself.
const tell = (stopped, passages, path) => {
  const bar = document.querySelector("[data-stopped-here]");
  const home = stopped?.path === path && passages.get(stopped.passage);
  const first = passages.values().next().value;
  if (!bar || !home || home === first) return;
  home.element.before(bar);
  bar.hidden = false;
  const link = document.querySelector("[data-stopped-link]");
  if (!link || location.hash) return;
  link.hidden = false;
  link.querySelector("a").href = `#${home.element.id}`;
  const page = link.querySelector("[data-page]");
  page.hidden = !stopped.page;
  page.querySelector("[data-say=page]").textContent = stopped.page;
};
