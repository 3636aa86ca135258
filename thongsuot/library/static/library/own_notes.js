// Notes of the device beside one passage: on the passage's page, and where that page opens within another.
import { day, dropMark, keepMark, marks, newId } from "./device.js";
import { askAbout, rowOf } from "./panel.js";
import { words } from "./parts.js";

class OwnNotes extends HTMLElement {
  connectedCallback() {
    this.closest("[data-needs-script]")?.removeAttribute("hidden");
    this.querySelector("[data-device-note]")?.addEventListener("submit", (event) => this.keep(event));
    this.show();
  }

  show() {
    const mine = marks().filter((mark) => mark.passage === this.dataset.passage);
    this.querySelector("[data-rows]").replaceChildren(...mine.map((mark) => {
      const row = rowOf({ ...mark, day: day(mark.at) }, { link: false });
      row.querySelector("[data-does=edit]").addEventListener("click", () => this.edit(mark));
      row.querySelector("[data-does=delete]").addEventListener("click", () => {
        dropMark(mark.id);
        this.changed(mark);
      });
      return row;
    }));
  }

  keep(event) {
    event.preventDefault();
    const field = event.target.elements.note;
    const note = field.value.trim();
    if (!note) return;
    const { passage, document: slug, title, language, anchor, label, page } = this.dataset;
    const mark = {
      id: newId(), document: slug, title, language, passage, anchor, label, page, start: 0, quote: "",
      colour: "yellow", note, at: new Date().toISOString(),
    };
    if (!keepMark(mark)) {
      field.setCustomValidity(words().full);
      field.reportValidity();
      return;
    }
    field.value = "";
    this.changed(mark);
  }

  changed(mark) {
    this.show();
    this.dispatchEvent(new CustomEvent("own-note", { bubbles: true, detail: mark }));
  }

  async edit(mark) {
    const said = await askAbout(mark, { kept: "device" });
    if (said.choice === "delete" || (said.choice === "save" && !said.note && !mark.quote)) dropMark(mark.id);
    else if (said.choice === "save") keepMark({ ...mark, colour: said.colour, note: said.note });
    this.changed(mark);
  }
}

if (!customElements.get("own-notes")) customElements.define("own-notes", OwnNotes);
