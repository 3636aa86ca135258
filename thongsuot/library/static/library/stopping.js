// Where the reader stopped: remembered on the device as she reads, told when she comes back.
import { keepPlace, placeIn } from "./device.js";

const SETTLED = 700; // ms after the last movement
const OFTEN = 30_000; // ms between two messages to the account, for whoever asked for them

// The first passage that begins on the screen, else the last that began above it.
const atTop = (passages) => {
  let above = null;
  for (const [uid, passage] of passages) {
    const { top, bottom } = passage.element.getBoundingClientRect();
    if (bottom < 0) continue;
    if (top > innerHeight * 0.6) break;
    above = { uid, ...passage };
    if (top >= 0) break;
  }
  return above;
};

export const followPlace = ({ about, passages, keep }) => {
  const stopped = placeIn(about.document);
  const path = location.pathname;
  if (stopped?.path === path && stopped.language === about.language) tell(stopped, passages);

  let last = 0;
  let unsent = "";
  const remember = () => {
    const found = atTop(passages);
    if (!found) return;
    keepPlace(about.document, {
      passage: found.uid, anchor: found.element.id, path, search: location.search, title: about.title,
      chapter: about.chapter, page: found.page, label: found.name,
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
  // A page that was opened and read without moving counts once it was open for a while.
  if (stopped?.path !== path || stopped.search !== location.search) setTimeout(remember, 5000);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") send();
  });
};

// "You stopped here", with a way there, also from another sheet of the chapter; the page does not jump by itself.
const tell = (stopped, passages) => {
  const home = passages.get(stopped.passage);
  if (home === passages.values().next().value) return;
  if (home) {
    const bar = document.querySelector("[data-stopped-here]");
    home.element.before(bar);
    bar.hidden = false;
  }
  const link = document.querySelector("[data-stopped-link]");
  if (location.hash) return;
  link.hidden = false;
  link.querySelector("a").href = home ? `#${home.element.id}` : `${stopped.path}${stopped.search}#${stopped.anchor}`;
  const page = link.querySelector("[data-page]");
  page.hidden = !stopped.page;
  page.querySelector("[data-say=page]").textContent = stopped.page;
};
