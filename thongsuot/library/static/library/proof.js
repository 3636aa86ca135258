// Keys on the proof desk: j and k from passage to passage, e to mend, n and p to turn the page. All of it has a button too.
const pieces = () => [...document.querySelectorAll(".read-piece")];
const here = () => pieces().findIndex((piece) => piece.contains(document.activeElement));

const goTo = (piece) => {
  if (!piece) return;
  piece.focus({ preventScroll: true });
  piece.scrollIntoView({ block: "nearest" });
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const at = here();
  if (event.key === "j") goTo(pieces()[Math.min(at + 1, pieces().length - 1)]);
  else if (event.key === "k") goTo(pieces()[Math.max(at - 1, 0)]);
  else if (event.key === "e" && at >= 0) pieces()[at].querySelector("[data-mend]").click();
  else if (event.key === "n") document.querySelector(".sheet-nav [rel=next]")?.click();
  else if (event.key === "p") document.querySelector(".sheet-nav [rel=prev]")?.click();
});
