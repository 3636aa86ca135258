// Works on this device: fetched as the public sees them, without cookies, so that nothing personal is ever kept.
const WORK = "thongsuot-work:";
const ASSETS = "thongsuot-assets";
const INDEX = "thongsuot-index";
const ENTRY = "/library/device/works.json";
const AT_ONCE = 2; // more only crowd a slow line

export const canKeep = () => "caches" in window && "serviceWorker" in navigator && isSecureContext;

// Its own pages are in the language of the page that registers it.
const register = () =>
  navigator.serviceWorker.register(`/service-worker.js?lang=${document.documentElement.lang}`, { scope: "/" });

// For whoever keeps something here already: its program is brought up to date, also in another language.
export const refresh = async () => {
  if (await navigator.serviceWorker.getRegistration()) await register();
};

const begin = async () => {
  await register();
  // Asked once: the browser then does not clear it away by itself when room is short.
  await navigator.storage?.persist?.();
};

export const works = async () => {
  const answer = await caches.match(ENTRY, { cacheName: INDEX });
  return answer ? answer.json() : [];
};

const note = async (all) =>
  (await caches.open(INDEX)).put(ENTRY, new Response(JSON.stringify(all), { headers: { "Content-Type": "application/json" } }));

export const workKept = async (slug, language) =>
  (await works()).find((work) => work.document === slug && work.language === language) ?? null;

const noteWork = async (work) => {
  const others = (await works()).filter((one) => one.document !== work.document || one.language !== work.language);
  await note([...others, work]);
};

export const listFor = async (url, signal) => {
  const answer = await fetch(url, { credentials: "omit", signal });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

// The narrowest picture that is sharp on this screen.
const fitting = (sizes) => {
  const needed = Math.min(innerWidth, 704) * Math.min(devicePixelRatio, 2);
  return sizes.find(([, width]) => width >= needed) ?? sizes.at(-1);
};

export const sizeOf = (pages) =>
  pages.reduce((sum, page) => sum + page.bytes + page.pictures.reduce((all, sizes) => all + fitting(sizes)[2], 0), 0);

const absolute = (url) => new URL(url, location.href).href;

const get = async (url, signal) => {
  const answer = await fetch(url, {
    credentials: "omit", signal, headers: { "Accept-Language": document.documentElement.lang },
  });
  if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
  return answer;
};

// Style sheets and scripts that a page uses, with the scripts that these call; stored once for all works.
const keepAssets = async (html, signal) => {
  const found = new Set();
  const page = new DOMParser().parseFromString(html, "text/html");
  const waiting = [...page.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], header img[src]")]
    .map((place) => absolute(place.getAttribute("href") ?? place.getAttribute("src")));
  const cache = await caches.open(ASSETS);
  while (waiting.length) {
    const url = waiting.pop();
    if (found.has(url) || !url.startsWith(location.origin)) continue;
    found.add(url);
    let answer = await cache.match(url, { ignoreVary: true });
    if (!answer) {
      answer = await get(url, signal);
      await cache.put(url, answer.clone());
    }
    if (!/\.js$/.test(new URL(url).pathname)) continue;
    for (const [, , called] of (await answer.text()).matchAll(/(from|import)\s*["'](\.[^"']+)["']/g)) {
      waiting.push(new URL(called, url).href);
    }
  }
  return [...found];
};

// A page and, where it is long, its further sheets. Returns {bytes, assets, addresses}.
const keepPage = async (cache, page, language, signal) => {
  const made = { bytes: 0, assets: [], addresses: [] };
  for (let part = 1, next = true; next; part += 1) {
    const address = absolute(page.url) + (part > 1 ? `?page=${part}` : "");
    const answer = await get(`${address}${part > 1 ? "&" : "?"}lang=${language}`, signal);
    const html = await answer.clone().text();
    if (!answer.headers.get("Content-Type")?.startsWith("text/html")) throw new Error("type");
    await cache.put(address, answer);
    if (part === 1) made.assets = await keepAssets(html, signal);
    made.bytes += new Blob([html]).size;
    made.addresses.push(address);
    const onward = new DOMParser().parseFromString(html, "text/html").querySelector(".turn a[rel=next]");
    next = onward && new URL(onward.getAttribute("href"), address).pathname === new URL(address).pathname;
  }
  return made;
};

const keepPictures = async (cache, page, signal) => {
  const kept = [];
  for (const sizes of page.pictures) {
    const [url, , bytes] = fitting(sizes);
    const address = absolute(url);
    if (!(await cache.match(address, { ignoreVary: true }))) await cache.put(address, await get(url, signal));
    kept.push([address, bytes]);
  }
  return kept;
};

// Keeps these pages of the listed work, those already here in the same version excepted. What came before a stop or a
// broken line stays, and the next try goes on from there. ``told(done, all)`` after each page.
export const keep = async (list, pages, { signal, told = () => {} } = {}) => {
  await begin();
  const cache = await caches.open(`${WORK}${list.document}:${list.language}`);
  const work = (await workKept(list.document, list.language)) ?? {
    document: list.document, language: list.language, pages: {},
  };
  Object.assign(work, { title: list.title, of: list.pages.length });
  const waiting = pages.filter((page) => work.pages[page.url]?.version !== page.version);
  let done = pages.length - waiting.length;
  told(done, pages.length);
  const one = async () => {
    for (let page = waiting.shift(); page; page = waiting.shift()) {
      signal?.throwIfAborted();
      const pictures = await keepPictures(cache, page, signal);
      const made = await keepPage(cache, page, list.language, signal);
      work.pages[page.url] = {
        name: page.name, version: page.version, at: new Date().toISOString(), assets: made.assets,
        addresses: made.addresses, pictures: pictures.map(([address]) => address),
        bytes: made.bytes + pictures.reduce((sum, [, bytes]) => sum + bytes, 0),
      };
      work.version = list.version;
      await noteWork(work);
      done += 1;
      told(done, pages.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  await dropPages(work, Object.keys(work.pages).filter((url) => !list.pages.some((page) => page.url === url)));
  return work;
};

// A page of the work is newer on the server than here, or gone there.
export const isOutdated = (work, list) => {
  const there = new Map(list.pages.map((page) => [page.url, page.version]));
  return Object.entries(work.pages).some(([url, page]) => there.get(url) !== page.version);
};

export const bytesOf = (work) => Object.values(work.pages).reduce((sum, page) => sum + page.bytes, 0);
export const isWhole = (work) => Object.keys(work.pages).length >= work.of;

const dropPages = async (work, urls) => {
  if (!urls.length) return;
  const cache = await caches.open(`${WORK}${work.document}:${work.language}`);
  for (const url of urls) {
    for (const address of work.pages[url].addresses) await cache.delete(address, { ignoreVary: true });
    delete work.pages[url];
  }
  const needed = new Set(Object.values(work.pages).flatMap((page) => page.pictures));
  for (const request of await cache.keys()) {
    if (/\.(webp|svg|png|jpe?g)$/.test(new URL(request.url).pathname) && !needed.has(request.url)) await cache.delete(request);
  }
  await noteWork(work);
};

const sweepAssets = async () => {
  const needed = new Set((await works()).flatMap((work) => Object.values(work.pages).flatMap((page) => page.assets)));
  const cache = await caches.open(ASSETS);
  for (const request of await cache.keys()) if (!needed.has(request.url)) await cache.delete(request);
};

export const removeWork = async (slug, language) => {
  await note((await works()).filter((work) => work.document !== slug || work.language !== language));
  await caches.delete(`${WORK}${slug}:${language}`);
  await sweepAssets();
};

export const removePage = async (slug, language, url) => {
  const work = await workKept(slug, language);
  if (!work?.pages[url]) return;
  if (Object.keys(work.pages).length === 1) return removeWork(slug, language);
  await dropPages(work, [url]);
  await sweepAssets();
};

export const removeAll = async () => {
  for (const name of await caches.keys()) if (name.startsWith("thongsuot-")) await caches.delete(name);
  for (const worker of await navigator.serviceWorker.getRegistrations()) await worker.unregister();
};

// 1,2 MB in the reader's language.
export const size = (bytes) => {
  const [unit, amount] = bytes < 1e6 ? ["kB", bytes / 1e3] : ["MB", bytes / 1e6];
  const digits = { maximumFractionDigits: amount < 10 ? 1 : 0 };
  return `${new Intl.NumberFormat(document.documentElement.lang, digits).format(amount)} ${unit}`;
};
