// The reader's own highlights and notes on a page of a text, and where she stopped.
import { account } from "./account.js";
import { chosenIn, lettersIn, lettersOf, nearest, unwrap, wrap } from "./anchors.js";
import { day, keepMark, dropMark, marksIn, newId } from "./device.js";
import { askAbout, rowOf } from "./panel.js";
import { part, showScripted, words } from "./parts.js";
import { followPlace } from "./stopping.js";
import "./own_notes.js";

const home = document.querySelector("own-marks");
const about = home.dataset;
const status = document.getElementById("status") ?? document.body.appendChild(Object.assign(
  document.createElement("div"), { className: "visually-hidden", role: "status" }));
const kept = about.account ? account(about.notes, about.token) : null;
const panelList = document.querySelector(".own-reading");

// Passages of this page by their ids, with their name and printed page: the § beside each knows which one it is.
const passages = new Map();
const pageBefore = document.querySelector(".reader-progress [data-page]")?.textContent ?? "";
let printed = pageBefore;
for (const element of document.querySelectorAll("#text > .passage")) {
  printed = element.querySelector(":scope > .printed-page")?.id.replace("trang-", "") ?? printed;
  const uid = element.querySelector(":scope > .permalink")?.href.match(/passages\/([0-9a-f-]{36})\//)?.[1];
  const name = (element.dataset.cite ?? "").replace(/,? (tr|p)\. [^,]*$/, "");
  if (uid) passages.set(uid, { element, name: name || about.chapter, page: printed });
}

// Every mark drawn on this page: {mark, where: "device" | "account", pieces, lost}.
const drawn = new Map();

const draw = (mark, where) => {
  const found = passages.get(mark.passage);
  const entry = { mark, where, pieces: [], lost: false };
  if (!found) {
    // Its passage went to another page or is gone; what was written on this one is told here.
    if (where !== "device" || mark.path !== location.pathname) return;
    const moved = elsewhere(mark);
    if (moved) return draw(moved, where);
    entry.lost = true;
  } else if (mark.quote) {
    const quote = lettersOf(mark.quote);
    const at = nearest(lettersIn(found.element).text, quote, mark.start);
    if (at < 0) {
      const moved = where === "device" && elsewhere(mark);
      if (moved) return draw(moved, where);
      entry.lost = true;
    } else {
      entry.pieces = wrap(found.element, at, quote.length, () => {
        const piece = document.createElement("mark");
        piece.className = "own-mark";
        piece.dataset.colour = mark.colour;
        return piece;
      });
      sign(entry, entry.pieces.at(-1));
    }
  } else {
    found.element.dataset.noted = "";
    sign(entry, found.element.lastElementChild?.matches("p, div, ul, ol") ? found.element.lastElementChild : found.element);
  }
  drawn.set(mark.id, entry);
};

// The words stand in another passage of this page now: the mark goes there.
const elsewhere = (mark) => {
  const quote = lettersOf(mark.quote);
  if (quote.length < 8) return null;
  for (const [uid, { element }] of passages) {
    const start = nearest(lettersIn(element).text, quote, mark.start);
    if (start < 0) continue;
    const moved = { ...mark, passage: uid, start, anchor: element.id };
    keepMark(moved);
    return moved;
  }
  return null;
};

// After the marked words: opens the note by touch and by keyboard, and tells the colour without colour.
const sign = (entry, after) => {
  const button = part(entry.mark.note ? "note-sign" : "sign");
  button.dataset.colour = entry.mark.colour;
  button.querySelector(".visually-hidden").append(`: ${(entry.mark.quote || entry.mark.note).slice(0, 60)}`);
  button.addEventListener("click", () => open(entry));
  after.append(button);
  entry.button = button;
};

const erase = (entry) => {
  entry.button?.remove();
  unwrap(entry.pieces);
  drawn.delete(entry.mark.id);
};

const list = () => {
  if (!panelList) return;
  const order = [...passages.keys()];
  const entries = [...drawn.values()].sort(
    (one, other) => order.indexOf(one.mark.passage) - order.indexOf(other.mark.passage) || one.mark.start - other.mark.start
  );
  panelList.querySelector("[data-none]").hidden = entries.length > 0;
  panelList.querySelector("[data-rows]").replaceChildren(...entries.map((entry) => {
    const { mark } = entry;
    const row = rowOf({ ...mark, day: day(mark.at) }, { lost: entry.lost });
    const place = row.querySelector("[data-place]");
    if (passages.has(mark.passage)) place.href = `#${passages.get(mark.passage).element.id}`;
    row.querySelector("[data-does=edit]").addEventListener("click", () => open(entry));
    row.querySelector("[data-does=delete]").addEventListener("click", () => drop(entry));
    return row;
  }));
};

const drop = async (entry) => {
  if (entry.where === "account") {
    try {
      await kept.drop(entry.mark);
    } catch {
      status.textContent = words().offline;
      return;
    }
  } else dropMark(entry.mark.id);
  erase(entry);
  list();
  status.textContent = words().deleted;
};

const open = async (entry, more = {}) => {
  const said = await askAbout(entry.mark, { kept: entry.where, lost: entry.lost, ...more });
  if (said.choice === "delete") return drop(entry);
  if (said.choice !== "save") return;
  const changed = { ...entry.mark, colour: said.colour, note: said.note };
  if (!changed.quote && !changed.note) return drop(entry);
  try {
    if (entry.where === "account") await kept.change(changed);
    else if (!keepMark(changed)) throw new Error(words().full);
  } catch (error) {
    return open({ ...entry, mark: changed }, { refused: error.message || words().offline });
  }
  erase(entry);
  draw(changed, entry.where);
  list();
  drawn.get(changed.id)?.button?.focus();
};

// What is new goes to the account only for whoever asked for that; on a passage it stands at once.
const put = async (uid, { start, quote }, colour) => {
  const { element, name, page } = passages.get(uid);
  const mark = {
    id: newId(), document: about.document, title: about.title, language: about.language, passage: uid,
    anchor: element.id, label: name, page, start, quote, colour,
    note: "", at: new Date().toISOString(), path: location.pathname,
  };
  if (about.account === "keeps") {
    try {
      const made = await kept.create(mark);
      draw(made, "account");
      return drawn.get(made.id);
    } catch (error) {
      status.textContent = error.message || words().offline;
      return null;
    }
  }
  if (!keepMark(mark)) {
    status.textContent = words().full;
    return null;
  }
  draw(mark, "device");
  return drawn.get(mark.id);
};

// While words are chosen the page shows its tools for them (copying.js): ours stand among these.
const tools = document.getElementById("selection-tools");
tools.prepend(part("bar"));
let chosen = null;

const chosenNow = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const pieces = [];
  for (const [uid, { element }] of passages) {
    const piece = range.intersectsNode(element) && chosenIn(element, range);
    if (piece) pieces.push([uid, piece]);
  }
  return pieces.length ? pieces : null;
};

let waiting = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (tools.contains(document.activeElement) && chosen) return;
    chosen = chosenNow();
    // Where nothing can be copied (a page without encryption) nobody else shows the tools.
    if (!navigator.clipboard) tools.hidden = !chosen;
    tools.querySelector("[data-copy-selection]").hidden = !navigator.clipboard;
  }, 150);
});
// A touch on the tools must not undo the choice that they are about.
tools.addEventListener("pointerdown", (event) => event.preventDefault());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") tools.hidden = true;
});
tools.addEventListener("click", async (event) => {
  const button = event.target.closest(".mark-bar button");
  const pieces = chosen ?? chosenNow();
  if (!button || !pieces) return;
  chosen = null;
  tools.hidden = true;
  getSelection().removeAllRanges();
  let last = null;
  for (const [uid, piece] of pieces) last = (await put(uid, piece, button.dataset.colour ?? "yellow")) ?? last;
  list();
  if (!last) return;
  status.textContent = words().marked;
  if (button.dataset.does === "note") open(last, { focusNote: true });
});

// A note on a whole passage, written where that passage opens above the text (own_notes.js).
document.addEventListener("own-note", ({ detail }) => {
  const entry = drawn.get(detail.id);
  if (entry) erase(entry);
  const mark = marksIn(about.document).find((one) => one.id === detail.id);
  if (mark) draw(mark, "device");
  list();
});

const begin = async () => {
  for (const mark of marksIn(about.document)) if (mark.language === about.language) draw(mark, "device");
  showScripted();
  list();
  if (!kept) return;
  try {
    const answer = await fetch(about.marks, { headers: { Accept: "application/json" } });
    const { notes } = await answer.json();
    for (const mark of notes) if (passages.has(mark.passage)) draw(mark, "account");
    list();
  } catch {
    // Away from the network the account's marks are not at hand; those of the device are.
  }
};

// Someone may have signed out since: the account's marks do not come back with the browser's own way back.
addEventListener("pageshow", (event) => {
  if (event.persisted && kept) location.reload();
});

followPlace({ about, passages, keep: "place" in about && kept ? kept.place : null });
begin();
