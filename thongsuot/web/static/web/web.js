// Smooths what works without it: focus on errors, no double sending, a question before what cannot be undone.
const onLoad = (root) => {
  root.querySelector?.(".error-summary")?.focus();
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (question && !window.confirm(question)) {
    event.preventDefault();
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post") form.dataset.sent = "yes";
});

// Coming back by the back button: the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  document.getElementById("status").textContent = button.dataset.copied ?? "";
});

document.addEventListener("htmx:load", (event) => onLoad(event.detail.elt));
onLoad(document);
