// Reading without a network. Network first; what the reader asked to keep answers where there is none. Nothing is kept
// that was not asked for, and only what the public sees: all is fetched without cookies (kept.js, and here).
// FACTS stands before this program: thongsuot/library/views/offline.py.
const ASSETS = "thongsuot-assets";
const SHELL = "thongsuot-shell";
const WORK = "thongsuot-work:";
const PATIENCE = 6000; // ms for a page of which a copy stands here

// Work pages are fetched anew in their language; of addresses only the number of a part counts.
const keyOf = (url) => {
  const part = url.searchParams.get("page");
  return url.origin + url.pathname + (part && part !== "1" ? `?page=${part}` : "");
};

const fetchPublic = (url, cache = "no-cache") =>
  fetch(url, { credentials: "omit", cache, headers: { "Accept-Language": FACTS.language } });

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const shell = await caches.open(SHELL);
    for (const url of FACTS.shell) {
      if (await caches.match(url, { ignoreVary: true })) continue; // its name tells what it holds
      const answer = await fetchPublic(url, "default");
      if (answer.ok) await shell.put(url, answer);
    }
    for (const url of FACTS.pages) {
      const answer = await fetchPublic(url);
      if (answer.ok && !answer.redirected) await shell.put(url, answer);
    }
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const wanted = new Set([...FACTS.shell, ...FACTS.pages].map((url) => new URL(url, self.location).href));
    const shell = await caches.open(SHELL);
    for (const request of await shell.keys()) if (!wanted.has(request.url)) await shell.delete(request);
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  })());
});

// A page that was kept, in the language asked for first, then the one kept last.
const copyOf = async (url) => {
  const language = url.searchParams.get("lang") ?? FACTS.language;
  const names = (await caches.keys()).filter((name) => name.startsWith(WORK)).reverse();
  names.sort((one, other) => other.endsWith(`:${language}`) - one.endsWith(`:${language}`));
  for (const name of names) {
    const found = await caches.match(keyOf(url), { cacheName: name, ignoreVary: true });
    if (found) return found;
  }
  return null;
};

// "/library/<work>/dieu-20/", "…/trang-345/" and "/library/passages/<id>/" lead to the page on which that stands: without
// a network we look for it among the pages kept.
const placeOf = async (url) => {
  const [, work, anchor] = url.pathname.match(/^\/library\/([^/]+)\/([^/]+)\/(about\/)?$/) ?? [];
  if (!anchor) return null;
  const names = (await caches.keys()).filter((name) => name.startsWith(work === "passages" ? WORK : `${WORK}${work}:`));
  const sign = work === "passages" ? `/library/passages/${anchor}/about/" ` : `id="${decodeURIComponent(anchor)}"`;
  for (const name of names) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (/\.\w+$/.test(new URL(request.url).pathname)) continue;
      const html = await (await cache.match(request, { ignoreVary: true })).text();
      const at = html.indexOf(sign);
      if (at < 0) continue;
      const id = work === "passages" ? html.slice(html.lastIndexOf('class="passage', at)).match(/ id="([^"]+)"/)?.[1] : anchor;
      return Response.redirect(`${request.url}#${id}`);
    }
  }
  return null;
};

const later = (ms) => new Promise((resolve) => { setTimeout(resolve, ms, null); });

const page = async (event) => {
  const url = new URL(event.request.url);
  const copy = url.pathname.startsWith("/library/") ? await copyOf(url) : null;
  const network = (async () => (await event.preloadResponse) ?? fetch(event.request))();
  try {
    const answer = await (copy ? Promise.race([network, later(PATIENCE)]) : network);
    if (answer && (answer.status < 500 || !copy)) return answer;
    network.catch(() => {});
    return copy;
  } catch {
    const shell = { cacheName: SHELL, ignoreVary: true, ignoreSearch: true };
    return copy ?? (await caches.match(url, shell)) ?? (await placeOf(url)) ??
      (await caches.match(FACTS.offline, shell)) ?? Response.error();
  }
};

const asset = async (request) => {
  const copy = await caches.match(request, { ignoreVary: true });
  const isNamedByContent = /\.[0-9a-f]{12}\./.test(new URL(request.url).pathname);
  if (copy && isNamedByContent) return copy;
  try {
    return await fetch(request);
  } catch {
    return copy ?? Response.error();
  }
};

// Where the width that the page asks for is not here, another width of the same picture is.
const picture = async (request) => {
  const copy = await caches.match(request, { ignoreVary: true });
  if (copy) return copy;
  try {
    return await fetch(request);
  } catch {
    const folder = request.url.slice(0, request.url.lastIndexOf("/") + 1);
    for (const name of await caches.keys()) {
      if (!name.startsWith(WORK)) continue;
      const cache = await caches.open(name);
      for (const other of await cache.keys()) if (other.url.startsWith(folder)) return cache.match(other);
    }
    return Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith("/static/")) event.respondWith(asset(request));
  else if (url.pathname.startsWith("/library/pictures/")) event.respondWith(picture(request));
});
