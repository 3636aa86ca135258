// All that this site keeps on this device, each thing removable. The offline page shows the same list of works.
import { dropAllMarks, dropPlaces, marks, places } from "./device.js";
import { bytesOf, canKeep, isOutdated, isWhole, keep, listFor, refresh, removeAll, removeWork, size, works } from "./kept.js";
import { showScripted } from "./parts.js";

const page = document.querySelector("[data-device]");
const find = (what) => page.querySelector(what);
const status = find("[data-status]");

const fill = (row, values) => {
  for (const [name, text] of Object.entries(values)) row.querySelector(`[data-say=${name}]`).textContent = text;
};

const showWorks = async () => {
  const all = canKeep() ? await works() : [];
  find("[data-no-works]").hidden = all.length > 0;
  const model = find("template[data-work]").content;
  find("[data-works]").replaceChildren(...all.map((work) => {
    const row = document.importNode(model, true).firstElementChild;
    fill(row, { title: work.title, size: size(bytesOf(work)), number: `${Object.keys(work.pages).length}/${work.of}` });
    row.querySelector("[data-say=title]").lang = work.language;
    row.querySelector("[data-whole]").hidden = !isWhole(work);
    const list = row.querySelector("[data-chapters]");
    list.replaceChildren();
    for (const [url, one] of Object.entries(work.pages)) {
      const link = document.createElement("a");
      link.href = `${url}?lang=${work.language}`;
      link.textContent = one.name;
      link.lang = work.language;
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    row.querySelector("[data-does=remove]").addEventListener("click", async () => {
      await removeWork(work.document, work.language);
      status.textContent = status.dataset.removed;
      await show();
      find("h2").focus();
    });
    row.querySelector("[data-does=look]").addEventListener("click", (event) => look(work, row, event.currentTarget));
    return row;
  }));
};

// Asks the server whether a newer text is there, and fetches it when the reader says so.
const look = async (work, row, button) => {
  const told = row.querySelector("[data-told]");
  try {
    const list = await listFor(`/library/${work.document}/keep.json?lang=${work.language}`);
    const isOld = isOutdated(work, list);
    if (!isOld) told.textContent = told.dataset.same;
    else if (button.dataset.found) {
      await keep(list, list.pages.filter((one) => work.pages[one.url]));
      await show();
      status.textContent = status.dataset.updated;
    } else {
      told.textContent = told.dataset.newer;
      button.textContent = button.dataset.fetch;
      button.dataset.found = "yes";
    }
  } catch {
    told.textContent = told.dataset.offline;
  }
};

// Wishes of this site that are neither notes nor places: size of letters, colours, voice.
const wishes = () => Object.keys(localStorage).filter((key) =>
  !["thongsuot.marks", "thongsuot.places"].includes(key));

const showRest = async () => {
  if (!find("[data-rest]")) return;
  const kept = { notes: marks().length, places: Object.keys(places()).length, wishes: wishes().length };
  fill(page, kept);
  for (const [name, number] of Object.entries(kept)) find(`[data-forget=${name}]`).hidden = !number;
  const used = await navigator.storage?.estimate?.();
  find("[data-estimate]").hidden = !used;
  if (used) fill(page, { used: size(used.usage ?? 0), quota: size(used.quota ?? 0) });
};

const show = async () => {
  await showWorks();
  await showRest();
};

const forget = {
  notes: dropAllMarks,
  places: dropPlaces,
  wishes: () => wishes().forEach((key) => localStorage.removeItem(key)),
  all: async () => {
    dropAllMarks();
    dropPlaces();
    forget.wishes();
    sessionStorage.clear();
    if (canKeep()) await removeAll();
  },
};

page.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-forget]");
  if (!button || (button.dataset.ask && !confirm(button.dataset.ask))) return;
  await forget[button.dataset.forget]();
  status.textContent = status.dataset.removed;
  await show();
  if (button.hidden) find("h2").focus();
});

showScripted();
show();
if (canKeep()) refresh().catch(() => {});
