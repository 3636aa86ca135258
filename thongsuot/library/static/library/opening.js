// Panels of a reading page: contents on a phone, display, keys, search, and what there is to know of a passage.
const toc = document.getElementById("toc");
const said = document.getElementById("reader-said");
let from = null;

const closeContents = () => {
  if (!toc.classList.contains("is-open")) return;
  toc.classList.remove("is-open");
  from?.focus();
};

const openContents = (field, opener) => {
  from = opener ?? document.activeElement;
  toc.classList.add("is-open");
  const here = field ? toc.querySelector("input[name=to]") : toc;
  here.focus();
  if (field) here.select();
  else (toc.querySelector('[aria-current="location"]') ?? toc.querySelector("[aria-current]"))?.scrollIntoView({ block: "center" });
};

const openDialog = (name) => {
  const dialog = document.getElementById(name);
  if (dialog.open) return dialog.close();
  // What one sets there shows in the text beside it: the text stays in reach.
  if (name === "reader-settings") {
    dialog.show();
    dialog.querySelector("button, input").focus();
  } else dialog.showModal();
  return dialog;
};

const about = async (link) => {
  const dialog = document.getElementById("reader-about");
  const place = dialog.querySelector("[data-place]");
  try {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    dialog.querySelector("[data-name]").textContent = page.querySelector("h1").textContent;
    for (const inner of page.querySelectorAll('a[href^="?"]')) inner.href = new URL(inner.getAttribute("href"), link.href);
    place.replaceChildren(document.adoptNode(page.getElementById("about-passage")));
    window.htmx?.process(place); // rooms above may have put a form there
  } catch {
    location.assign(link.href); // the page itself says what is wrong
    return;
  }
  dialog.showModal();
  document.dispatchEvent(new CustomEvent("reader:about", { detail: { root: place, link } }));
};

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  const opener = event.target.closest("[data-opens]");
  if (opener) openDialog(opener.dataset.opens);
  const contents = event.target.closest("[data-opens-toc], [data-goes]");
  // On a desk the contents stand beside the text: the link only leads there.
  if (contents && toc) {
    event.preventDefault();
    openContents(contents.matches("[data-goes]"), contents);
  }
  if (event.target.closest(".toc-close")) {
    event.preventDefault();
    closeContents();
  } else if (event.target.closest(".toc-list a")) toc.classList.remove("is-open");
  const permalink = event.target.closest(".permalink");
  if (permalink) {
    event.preventDefault();
    about(permalink);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  closeContents();
  const settings = document.getElementById("reader-settings");
  if (settings?.open) {
    settings.close();
    document.querySelector('[data-opens="reader-settings"]').focus();
  }
});

document.addEventListener("reader:open", ({ detail }) => {
  if (detail === "goto") openContents(true);
  else if (detail === "search") openDialog("reader-search")?.querySelector("input[type=search]").focus();
  else openDialog(detail);
});
document.addEventListener("reader:say", ({ detail }) => {
  said.textContent = detail;
  setTimeout(() => (said.textContent = ""), 4000);
});
