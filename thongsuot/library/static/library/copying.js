// "Copy with citation": of a passage's page as it stands ready there, and of any words selected in a text.
const copy = async (words, near) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(words);
  // Over plain HTTP browsers offer the older way only.
  const sheet = document.createElement("textarea");
  sheet.value = words;
  near.append(sheet);
  sheet.select();
  document.execCommand("copy");
  sheet.remove();
};
const say = (words) => document.dispatchEvent(new CustomEvent("reader:say", { detail: words }));

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy-from]");
  if (!button) return;
  const from = button.closest(".about-passage").querySelector(`#${button.dataset.copyFrom}`);
  await copy(from.value, button.parentElement);
  button.parentElement.querySelector("[data-copy-status]").textContent = button.dataset.copied;
});

const tools = document.getElementById("selection-tools");
const text = document.getElementById("text");
const UNSAID = ".permalink, .printed-page, .named-in, .visually-hidden, .item-number, sup";

const passagesIn = (range) =>
  [...text.querySelectorAll("[data-cite]")].filter((one) => range.intersectsNode(one) && wordsIn(range, one));

// The part of a passage that is selected, without what stands in its margin.
const wordsIn = (range, passage) => {
  const part = document.createRange();
  part.selectNodeContents(passage);
  if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) part.setStart(range.startContainer, range.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) part.setEnd(range.endContainer, range.endOffset);
  const copy = part.cloneContents();
  for (const mark of copy.querySelectorAll(UNSAID)) mark.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
};

const inMarks = (words) => `“${words.replaceAll("“", "‘").replaceAll("”", "’").replace(/"([^"\n]*)"/g, "‘$1’")}”`;

export const quotation = (range) => {
  const passages = passagesIn(range);
  if (!passages.length) return "";
  const { before, after } = document.querySelector(".reader").dataset;
  const places = [passages[0], passages.at(-1)].map((one) => one.dataset.cite);
  const place = places[0] === places[1] ? places[0] : places.join(" – ");
  const link = passages[0].querySelector(".permalink");
  const address = link ? link.href.replace(/about\/(\?.*)?$/, "") : location.href;
  const words = passages.map((one) => wordsIn(range, one)).join("\n");
  const cited = place ? `${before}${place}${after}` : `${before}${after}`.replace(/^[ ,]+|[ ,]+$/g, "");
  return `${inMarks(words)} (${cited}). ${address}`;
};

const selected = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  return text.contains(range.commonAncestorContainer) || range.intersectsNode(text) ? range : null;
};

if (tools && text) {
  let range = null;
  document.addEventListener("selectionchange", () => {
    const now = selected();
    const words = now?.toString().trim();
    if (!words) {
      if (!tools.contains(document.activeElement)) tools.hidden = true;
      return;
    }
    range = now.cloneRange();
    tools.hidden = false;
    const { bottom, left } = now.getBoundingClientRect();
    // Below the words; on a phone the sheet puts it at the foot, clear of the device's own menu.
    tools.style.setProperty("--top", `${Math.min(Math.max(bottom + 8, 8), innerHeight - 120)}px`);
    tools.style.setProperty("--left", `${Math.min(Math.max(left, 8), innerWidth - 260)}px`);
  });
  addEventListener("scroll", () => (tools.hidden = true), { passive: true });
  tools.addEventListener("click", async ({ target }) => {
    const button = target.closest("[data-copy-selection]");
    if (!button || !range) return;
    await copy(quotation(range), tools);
    tools.hidden = true;
    say(button.dataset.copied);
  });
}
