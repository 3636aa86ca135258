// "Copy with citation" beside a text that stands ready: the button shows only where a script can copy.
export const copy = async (text, said, where) => {
  await navigator.clipboard.writeText(text);
  if (where) where.textContent = said ?? "";
};

export const offer = (root = document) => {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll("[data-copy-from]")) {
    if (!button.hidden) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const from = button.ownerDocument.getElementById(button.dataset.copyFrom);
      copy(from.value, button.dataset.copied, button.parentElement.querySelector("[data-copy-status]"));
    });
  }
};

offer();
