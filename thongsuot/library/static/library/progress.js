// Where one is in the text, for the reader alone: page, share of the work, section. Nothing of it is sent or kept.
const reader = document.querySelector(".reader");
const bar = document.querySelector(".reader-progress");
const text = document.getElementById("text");
const pages = [...text.querySelectorAll(".printed-page")];
const number = (mark) => mark.id.replace("trang-", "");
const marked = new Map();
for (const link of document.querySelectorAll('.toc-list a[href*="#"]')) {
  const [path, anchor] = link.getAttribute("href").split("#");
  const place = path ? null : document.getElementById(anchor);
  if (place) marked.set(place, link);
}

const last = (places, line) => {
  let found = null;
  for (const place of places) {
    if (place.getBoundingClientRect().top > line) break;
    found = place;
  }
  return found;
};

const show = () => {
  const line = innerHeight / 3;
  const { top, height } = text.getBoundingClientRect();
  const done = Math.min(Math.max((innerHeight - top) / Math.max(height, 1), 0), 1);
  const begins = Number(reader.dataset.begins);
  const page = last(pages, line) ?? pages[0];
  if (page) bar.querySelector("[data-page]").textContent = number(page);
  let share = Math.round(begins + (Number(reader.dataset.ends) - begins) * (top > line ? 0 : done));
  // Where the printed edition has pages, they are the measure.
  if (page && reader.dataset.pages > 0 && done < 1) share = Math.round((100 * Number(number(page))) / reader.dataset.pages) || share;
  bar.querySelector("progress").value = share;
  bar.querySelector("[data-share]").textContent = share;
  const link = marked.get(last(marked.keys(), line));
  for (const other of marked.values()) {
    if (other !== link) other.removeAttribute("aria-current");
  }
  if (link && !link.hasAttribute("aria-current")) {
    link.setAttribute("aria-current", "location");
    const list = document.querySelector(".toc-list");
    const { top: above, bottom: below } = link.getBoundingClientRect();
    const { top, bottom } = list.getBoundingClientRect();
    // Only the list itself moves, never the text.
    if (list.scrollHeight > list.clientHeight && (above < top || below > bottom)) {
      list.scrollTop += above - (top + bottom) / 2;
    }
  }
};

let waiting = false;
const soon = () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    show();
  });
};
addEventListener("scroll", soon, { passive: true });
addEventListener("resize", soon);
show();
