// What this browser keeps for its reader: highlights, notes, and where she stopped. Nothing here goes to the server.
// A mark has the form of a note in a file of notes (thongsuot/library/carrying.py).
const MARKS = "thongsuot.marks";
const PLACES = "thongsuot.places";
const FORMAT = "thong-suot-notes";
const COLOURS = ["yellow", "green", "blue", "pink"];

const read = (key, empty) => {
  try {
    const found = JSON.parse(localStorage.getItem(key));
    return Array.isArray(found) === Array.isArray(empty) && found ? found : empty;
  } catch {
    return empty;
  }
};

// False where the device has no room left, or keeps nothing (a private window).
const write = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
};

// randomUUID is there on encrypted pages only.
export const newId = () => {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
};

export const marks = () => read(MARKS, []);
export const marksIn = (slug) => marks().filter((mark) => mark.document === slug);
export const keepMark = (mark) => write(MARKS, [...marks().filter((other) => other.id !== mark.id), mark]);
export const dropMark = (id) => write(MARKS, marks().filter((mark) => mark.id !== id));
export const dropMarks = (ids) => write(MARKS, marks().filter((mark) => !ids.has(mark.id)));
export const dropAllMarks = () => localStorage.removeItem(MARKS);

export const places = () => read(PLACES, {});
export const placeIn = (slug) => places()[slug] ?? null;
export const keepPlace = (slug, place) => write(PLACES, { ...places(), [slug]: place });
export const dropPlaces = () => localStorage.removeItem(PLACES);

export const portable = (notes) => ({ format: FORMAT, version: 1, made: new Date().toISOString(), notes });

const isOurs = (note) =>
  ["id", "document", "passage", "at"].every((name) => typeof note?.[name] === "string") &&
  /^[0-9a-f-]{36}$/.test(note.id) && /^[0-9a-f-]{36}$/.test(note.passage) && /^[\w-]+$/.test(note.document) &&
  !Number.isNaN(Date.parse(note.at));

const tidy = (note) => ({
  ...Object.fromEntries(
    ["id", "document", "title", "language", "passage", "anchor", "label", "page", "quote", "note", "at", "path"]
      .map((name) => [name, String(note[name] ?? "")])
  ),
  start: Math.max(0, Number.parseInt(note.start, 10) || 0),
  colour: COLOURS.includes(note.colour) ? note.colour : "yellow",
});

// How many notes of the file are new here. Throws for what is no file of notes, or where no room is left.
export const takeIn = (text) => {
  const said = JSON.parse(text);
  if (said?.format !== FORMAT || said.version !== 1 || !Array.isArray(said.notes)) throw new Error("format");
  const here = marks();
  const known = new Set(here.map((mark) => mark.id));
  const fresh = said.notes.filter((note) => isOurs(note) && !known.has(note.id)).map(tidy);
  if (said.notes.length && !said.notes.some(isOurs)) throw new Error("format");
  if (!write(MARKS, [...here, ...fresh])) throw new Error("full");
  return fresh.length;
};

export const fold = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

export const day = (iso) => {
  const at = new Date(iso);
  return [at.getDate(), at.getMonth() + 1, at.getFullYear()].map((n) => String(n).padStart(2, "0")).join("/");
};

// Hands the reader a file that never was on the server.
export const download = (name, text, type) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
