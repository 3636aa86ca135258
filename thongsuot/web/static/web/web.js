// Smooths what works without it: focus on errors, no double sending, a question before what cannot be undone.
const status = document.getElementById("status");
const onLoad = (root) => root.querySelector?.(".error-summary")?.focus();

document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (form.dataset.sent || (question && !window.confirm(question))) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // htmx sends these itself and the page stays.
  if (form.method !== "post" || form.matches("[hx-post], [data-hx-post]")) return;
  form.dataset.sent = "yes";
  if (status) status.textContent = status.dataset.sending;
}, { capture: true });

// Coming back by the back button: the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    await navigator.clipboard.writeText(copy.dataset.copy);
    if (status) status.textContent = copy.dataset.copied ?? "";
  }
  // The browser's own way back keeps what was typed.
  if (event.target.closest("[data-behaviour=back]") && history.length > 1) {
    event.preventDefault();
    history.back();
  }
});

document.addEventListener("htmx:load", (event) => onLoad(event.detail.elt));
onLoad(document);

// A table that is wider than its place can be scrolled by keyboard too.
const reachTables = () => {
  for (const place of document.querySelectorAll(".table-wrap")) {
    if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
    else place.removeAttribute("tabindex");
  }
};
reachTables();
addEventListener("resize", reachTables);
document.addEventListener("htmx:afterSettle", reachTables);
