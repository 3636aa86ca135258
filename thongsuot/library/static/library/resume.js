// "Continue at …" on the library's front page and on a document's page, from what the device remembers.
import { placeIn, places } from "./device.js";

const fill = (place, link) => {
  link.querySelector("[data-title]")?.append(place.title);
  link.querySelector("[data-chapter]").textContent = place.chapter;
  const page = link.querySelector("[data-page]");
  page.hidden = !place.page;
  page.querySelector("[data-say=page]").textContent = place.page;
  link.querySelector("a").href = `${place.path}${place.search ?? ""}#${place.anchor}`;
};

const isSafe = (place) => typeof place?.path === "string" && place.path.startsWith("/library/");

for (const bar of document.querySelectorAll("[data-continue]")) {
  const place = placeIn(bar.dataset.continue);
  // The account's place stands there already; the device's takes its place only where it is later.
  if (!isSafe(place) || (bar.dataset.at && bar.dataset.at >= place.at)) continue;
  fill(place, bar);
  bar.hidden = false;
}

for (const list of document.querySelectorAll("[data-continue-list]")) {
  const shown = new Set([...list.querySelectorAll("[data-document]")].map((item) => item.dataset.document));
  const model = list.querySelector("template").content;
  const mine = Object.entries(places()).filter(([slug, place]) => isSafe(place) && !shown.has(slug))
    .sort(([, one], [, other]) => (one.at < other.at ? 1 : -1)).slice(0, 3);
  for (const [, place] of mine) {
    const item = document.importNode(model, true).firstElementChild;
    fill(place, item);
    list.querySelector("ul").append(item);
  }
  list.hidden = !list.querySelector("li");
}
