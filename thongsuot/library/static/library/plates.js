// A larger view of plates: arrow keys turn them, Escape closes; without script the link opens the picture itself.
const dialog = document.getElementById("plate-dialog");
const links = [...document.querySelectorAll("[data-plate-large]")];
let shown = 0;

const show = (n) => {
  shown = (n + links.length) % links.length;
  const link = links[shown];
  const picture = dialog.querySelector("img");
  picture.src = link.href;
  picture.alt = link.querySelector("img").alt;
  const caption = link.closest("figure").querySelector("figcaption");
  dialog.querySelector("figcaption").textContent = `${caption.textContent.trim()} (${shown + 1} / ${links.length})`;
  dialog.querySelector("[data-plate-place]").href = link.dataset.place;
  if (!dialog.open) dialog.showModal();
};

if (dialog) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-plate-large]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(links.indexOf(link));
  });
  dialog.addEventListener("click", ({ target }) => {
    const turn = target.closest("[data-plate]");
    if (turn) show(shown + Number(turn.dataset.plate));
    if (target.closest("[data-plate-place]") || target === dialog) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      event.preventDefault();
      show(shown + (event.key === "ArrowRight" ? 1 : -1));
    }
  });
  dialog.addEventListener("close", () => links[shown].focus());
}
