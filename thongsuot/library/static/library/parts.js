// Pieces of the page that stand ready in its template, with their words in the reader's language.
const parts = () => document.querySelector("template.mark-parts").content;

export const part = (name) => document.importNode(parts().querySelector(`[data-part="${name}"]`), true);
export const words = () => parts().querySelector('[data-part="words"]').dataset;

export const say = (root, values) => {
  for (const [name, text] of Object.entries(values)) {
    for (const place of root.querySelectorAll(`[data-say="${name}"]`)) {
      place.textContent = text;
      place.hidden = !text;
    }
  }
};

// What only works with a script shows once the script runs.
export const showScripted = (root = document) => {
  for (const place of root.querySelectorAll("[data-needs-script][hidden]")) place.hidden = false;
};
