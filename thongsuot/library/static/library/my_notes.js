// The page of all notes: those of the device, and their way into the account and back.
import { post } from "./account.js";
import { day, download, dropAllMarks, dropMark, dropMarks, fold, keepMark, marks, portable, takeIn } from "./device.js";
import { askAbout, rowOf } from "./panel.js";
import { showScripted, words } from "./parts.js";

const place = document.querySelector("device-notes");
const find = (what) => place.querySelector(what);
const status = find("[data-status]");
const search = find("#device-q");

const inOrder = (some) =>
  [...some].sort((one, other) => one.title.localeCompare(other.title, "vi") || (one.at < other.at ? -1 : 1));

const byWork = (some) => {
  const works = new Map();
  for (const mark of inOrder(some)) works.set(mark.title, [...(works.get(mark.title) ?? []), mark]);
  return works;
};

const show = () => {
  const all = marks();
  const asked = fold(search.value).split(/\s+/).filter(Boolean);
  const found = all.filter((mark) => asked.every((word) => fold(`${mark.quote} ${mark.note} ${mark.title}`).includes(word)));
  find("[data-none]").hidden = all.length > 0;
  find("[data-nothing]").hidden = all.length === 0 || found.length > 0;
  find("[data-some]").hidden = find("[data-search]").hidden = all.length === 0;
  const rows = find("[data-rows]");
  rows.replaceChildren();
  for (const [title, group] of byWork(found)) {
    const heading = document.createElement("h3");
    heading.textContent = title;
    heading.lang = group[0].language;
    rows.append(heading, ...group.map(row));
  }
};

const row = (mark) => {
  const made = rowOf({ ...mark, day: day(mark.at) });
  made.querySelector("[data-does=edit]").addEventListener("click", async () => {
    const said = await askAbout(mark, { kept: "device" });
    if (said.choice === "delete") dropMark(mark.id);
    if (said.choice === "save" && (said.note || mark.quote)) keepMark({ ...mark, colour: said.colour, note: said.note });
    show();
  });
  made.querySelector("[data-does=delete]").addEventListener("click", () => {
    dropMark(mark.id);
    show();
    status.textContent = words().deleted;
  });
  return made;
};

const asMarkdown = (some) => {
  const lines = [`# ${words().title}`, ""];
  for (const [title, group] of byWork(some)) {
    lines.push(`## ${title}`, "");
    for (const mark of group) {
      if (mark.quote) lines.push(`> ${mark.quote}`, "");
      if (mark.note) lines.push(mark.note, "");
      const page = mark.page ? `${words().page} ${mark.page}` : "";
      lines.push(`— ${[mark.label, page, day(mark.at)].filter(Boolean).join(", ")} · ${words()[mark.colour]}`, "");
    }
  }
  return lines.join("\n");
};

const today = () => new Date().toISOString().slice(0, 10);

const toAccount = async () => {
  const mine = marks();
  const file = new Blob([JSON.stringify(portable(mine))], { type: "application/json" });
  const told = await post(place.dataset.takeIn, place.dataset.token, { file });
  // What has no home here stays on the device.
  const left = new Set(told.homeless);
  dropMarks(new Set(mine.filter((mark) => !left.has(mark.title) && !left.has(mark.document)).map((mark) => mark.id)));
  sessionStorage.setItem("thongsuot.told", `${status.dataset.moved} ${told.taken + told.known}` +
    (told.homeless.length ? `. ${status.dataset.left} ${told.homeless.join(", ")}` : ""));
  location.reload();
};

const toDevice = async () => {
  const answer = await fetch(place.dataset.export);
  const file = await answer.text();
  const number = takeIn(file);
  const ids = JSON.parse(file).notes.map((note) => note.id).join(",");
  if (ids) await post(place.dataset.delete, place.dataset.token, { ids });
  sessionStorage.setItem("thongsuot.told", `${status.dataset.moved} ${number}`);
  location.reload();
};

const orSay = (act) => async () => {
  try {
    await act();
  } catch (error) {
    status.textContent = error.message === "full" ? words().full : error.message || words().offline;
  }
};

search.addEventListener("input", show);
find("[data-export-as=md]").addEventListener("click", () =>
  download(`thong-suot-${today()}.md`, asMarkdown(marks()), "text/markdown"));
find("[data-export-as=json]").addEventListener("click", () =>
  download(`thong-suot-${today()}.json`, JSON.stringify(portable(inOrder(marks())), null, 1), "application/json"));
find("[data-does=delete-all]").addEventListener("click", (event) => {
  if (!confirm(event.currentTarget.dataset.ask)) return;
  dropAllMarks();
  show();
});
find("#device-file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (!file) return;
  try {
    status.textContent = `${status.dataset.taken} ${takeIn(await file.text())}`;
  } catch (error) {
    status.textContent = error.message === "full" ? words().full : status.dataset.bad;
  }
  event.target.value = "";
  show();
});
document.querySelector("[data-move=account]")?.addEventListener("click", orSay(toAccount));
document.querySelector("[data-move=device]")?.addEventListener("click", orSay(toDevice));

showScripted();
status.textContent = sessionStorage.getItem("thongsuot.told") ?? "";
sessionStorage.removeItem("thongsuot.told");
show();
