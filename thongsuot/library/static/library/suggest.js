// Suggestions while one types: a combobox with a list (ARIA APG); without script the box is a plain form.
const WAIT = 120;

const setUp = (box) => {
  const input = box.querySelector("input");
  const list = box.querySelector(".suggestions");
  const said = box.querySelector("[data-said]");
  const form = input.form;
  let shown = [];
  let at = -1;
  let timer;
  let asking;
  let answered = "";

  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);
  list.setAttribute("role", "listbox");

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  const choose = (place) => {
    const one = shown[place];
    if (one.url) {
      location.assign(one.url);
      return;
    }
    input.value = one.text;
    close();
    form.requestSubmit();
  };

  const move = (to) => {
    at = to;
    for (const [place, option] of [...list.children].entries()) {
      option.setAttribute("aria-selected", String(place === at));
      if (place === at) {
        input.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
      }
    }
    if (at < 0) input.removeAttribute("aria-activedescendant");
  };

  const show = (suggestions) => {
    shown = suggestions;
    list.replaceChildren(...shown.map((one, place) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      const text = document.createElement("span");
      text.textContent = one.text;
      option.append(text);
      if (one.note) {
        const note = document.createElement("small");
        note.textContent = one.note;
        option.append(note);
      }
      return option;
    }));
    at = -1;
    list.hidden = !shown.length;
    input.setAttribute("aria-expanded", String(Boolean(shown.length)));
    said.textContent = shown.length ? `${shown.length} ${box.dataset.found}` : "";
  };

  const ask = async () => {
    const words = input.value.trim();
    asking?.abort();
    if (words.length < 2) {
      answered = "";
      close();
      return;
    }
    if (words === answered) return;
    asking = new AbortController();
    const query = new URLSearchParams(new FormData(form));
    try {
      const response = await fetch(`${box.dataset.suggest}?${query}`, { signal: asking.signal });
      if (!response.ok) return;
      const { suggestions } = await response.json();
      answered = words;
      if (document.activeElement === input) show(suggestions);
    } catch (error) {
      // Without an answer the box is as good as a plain one.
      if (error.name !== "AbortError") close();
    }
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) {
        if (shown.length && answered === input.value.trim()) show(shown);
        else ask();
        return;
      }
      const down = event.key === "ArrowDown";
      const last = shown.length - 1;
      move(down ? (at >= last ? -1 : at + 1) : (at < 0 ? last : at - 1));
    } else if (event.key === "Enter" && open && at >= 0) {
      event.preventDefault();
      choose(at);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Tab") {
      close();
    }
  });
  // The press must not take the focus from the box before the click is heard.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose([...list.children].indexOf(option));
  });
  input.addEventListener("blur", () => { close(); });
};

for (const box of document.querySelectorAll("[data-suggest]")) {
  if (!box.dataset.ready) {
    box.dataset.ready = "yes";
    setUp(box);
  }
}
