// The small window in which one mark is read, changed or deleted.
import { part, say, words } from "./parts.js";

// Resolves to "save", "delete" or "" with what was written; ``refused`` is a sentence to show first.
export const askAbout = (mark, { kept, lost = false, refused = "", focusNote = false } = {}) =>
  new Promise((resolve) => {
    const panel = part("panel");
    const form = panel.querySelector("form");
    say(panel, { quote: mark.quote, label: mark.label, refused });
    panel.querySelector("[data-lost]").hidden = !lost;
    for (const place of panel.querySelectorAll("[data-kept]")) place.hidden = place.dataset.kept !== kept;
    form.elements.note.value = mark.note;
    form.elements.colour.value = mark.colour;
    panel.addEventListener("close", () => {
      const said = { colour: form.elements.colour.value, note: form.elements.note.value.trim() };
      const choice = panel.returnValue;
      panel.remove();
      resolve({ choice, ...said });
    });
    document.body.append(panel);
    panel.showModal();
    if (focusNote) form.elements.note.focus();
  });

export const rowOf = (mark, { lost = false, link = true } = {}) => {
  const row = part("row");
  row.dataset.colour = mark.colour;
  row.dataset.id = mark.id;
  row.querySelector("[data-colour-name]").textContent = words()[mark.colour] ?? "";
  say(row, { label: mark.label, page: mark.page, day: mark.day, quote: mark.quote, note: mark.note });
  row.querySelector("[data-page]").hidden = !mark.page;
  row.querySelector("[data-lost]").hidden = !lost;
  const place = row.querySelector("[data-place]");
  if (link) place.href = `${words().library}passages/${mark.passage}/${mark.language ? `?lang=${encodeURIComponent(mark.language)}` : ""}`;
  else place.remove();
  for (const button of row.querySelectorAll("button")) button.append(hiddenWords(`: ${mark.quote || mark.label}`));
  return row;
};

const hiddenWords = (text) => {
  const span = document.createElement("span");
  span.className = "visually-hidden";
  span.textContent = text.slice(0, 80);
  return span;
};
