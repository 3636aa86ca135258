// "Keep on this device", beside a chapter and on the page of a work.
import { day } from "./device.js";
import { bytesOf, canKeep, isOutdated, isWhole, keep, listFor, refresh, removePage, removeWork, size, sizeOf, workKept } from "./kept.js";

class KeepOffline extends HTMLElement {
  connectedCallback() {
    if (!canKeep()) return;
    this.hidden = false;
    refresh().catch(() => {});
    this.addEventListener("click", (event) => {
      const does = event.target.closest("[data-does]")?.dataset.does;
      if (does) this[does]?.();
    });
    this.addEventListener("toggle", () => this.measure(), { capture: true, once: true });
    this.show();
  }

  place(name) {
    return this.querySelector(`[data-${name}]`);
  }

  button(name) {
    return this.querySelector(`[data-does=${name}]`);
  }

  async list() {
    this.found ??= await listFor(this.dataset.list);
    return this.found;
  }

  // Only for whoever opens this: the list of a long book is not small.
  async measure() {
    try {
      const list = await this.list();
      const here = list.pages.filter((page) => page.url === this.dataset.here);
      this.size("chapter", here);
      this.size("whole", list.pages);
      const work = await this.work();
      this.place("newer").hidden = !work || !isOutdated(work, list);
    } catch {
      this.say("offline");
    }
  }

  size(name, pages) {
    const place = this.querySelector(`[data-size=${name}]`);
    if (place && pages.length) place.textContent = `≈ ${size(sizeOf(pages))}`;
  }

  work() {
    return workKept(this.dataset.slug, this.dataset.language);
  }

  async show() {
    const work = await this.work();
    const page = work?.pages[this.dataset.here];
    const whole = Boolean(work && isWhole(work));
    const isKept = this.dataset.here ? Boolean(page) : Boolean(work);
    for (const place of this.querySelectorAll("[data-kept]")) place.hidden = !isKept;
    if (isKept) {
      const at = page?.at ?? Object.values(work.pages).map((one) => one.at).sort().at(-1);
      this.place("kept-day").textContent = day(at ?? new Date().toISOString());
      this.place("kept-size").textContent = size(page?.bytes ?? bytesOf(work));
      this.place("kept-number").textContent = `${Object.keys(work.pages).length}/${work.of}`;
    }
    if (this.button("chapter")) this.button("chapter").hidden = isKept;
    if (this.button("dropChapter")) this.button("dropChapter").hidden = !page;
    this.button("whole").hidden = whole;
    this.button("drop").hidden = !work;
    this.place("newer").hidden = true;
  }

  say(name) {
    this.place("status").textContent = this.place("status").dataset[name] ?? "";
  }

  chapter() {
    return this.run((list) => list.pages.filter((page) => page.url === this.dataset.here));
  }

  whole() {
    return this.run((list) => list.pages);
  }

  update() {
    return this.run(async (list) => {
      const work = await this.work();
      return list.pages.filter((page) => work.pages[page.url]);
    });
  }

  async run(choose) {
    this.stopping = new AbortController();
    this.dataset.busy = "";
    this.place("progress").hidden = this.button("stop").hidden = false;
    this.say("begun");
    const bar = this.place("progress");
    try {
      const list = await this.list();
      await keep(list, await choose(list), {
        signal: this.stopping.signal,
        told: (done, all) => {
          bar.max = all;
          bar.value = done;
          this.place("count").textContent = `${done}/${all}`;
        },
      });
      this.say("done");
    } catch (error) {
      this.say(error.name === "AbortError" ? "stopped" : error.name === "QuotaExceededError" ? "full" : "broken");
    }
    delete this.dataset.busy;
    bar.hidden = this.button("stop").hidden = true;
    this.place("count").textContent = "";
    await this.show();
  }

  stop() {
    this.stopping?.abort();
  }

  async drop() {
    await removeWork(this.dataset.slug, this.dataset.language);
    this.say("dropped");
    await this.show();
  }

  async dropChapter() {
    await removePage(this.dataset.slug, this.dataset.language, this.dataset.here);
    this.say("dropped");
    await this.show();
  }
}

customElements.define("keep-offline", KeepOffline);

// A kept copy says that it is one.
const tell = () => {
  for (const place of document.querySelectorAll("[data-when-offline]")) place.hidden = navigator.onLine;
};
addEventListener("online", tell);
addEventListener("offline", tell);
tell();
