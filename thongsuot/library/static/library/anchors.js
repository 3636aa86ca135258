// Where marked words stand in a passage: counted in letters that are not blank, as the server counts
// (thongsuot/library/anchoring.py), so that line breaks and changes before them do not matter.
const APART = ".permalink, .printed-page, .item-number, .cite, .named-in, .points, .mark-open, .passage, [data-apart]";

export const lettersOf = (words) => words.normalize("NFC").replace(/\s+/g, "");

const isApart = (node, passage) => {
  const apart = node.parentElement.closest(APART);
  return apart !== passage && passage.contains(apart);
};

// Its text nodes, each with the number of letters before it, and all its letters.
export const lettersIn = (passage) => {
  const walker = document.createTreeWalker(passage, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let text = "";
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (isApart(node, passage)) continue;
    nodes.push({ node, before: text.length });
    text += node.data.replace(/\s+/g, "");
  }
  return { nodes, text };
};

export const nearest = (text, quote, start) => {
  let best = -1;
  for (let at = text.indexOf(quote); quote && at >= 0; at = text.indexOf(quote, at + 1)) {
    if (best < 0 || Math.abs(at - start) < Math.abs(best - start)) best = at;
  }
  return best;
};

const lettersBefore = (data, offset) => data.slice(0, offset).replace(/\s+/g, "").length;

// The offset in a text node at which so many letters have passed; an end does not take the blank after it.
const offsetOf = (data, letters, isEnd) => {
  let seen = 0;
  for (let n = 0; n < data.length; n += 1) {
    if (seen === letters && (isEnd || !/\s/.test(data[n]))) return n;
    if (!/\s/.test(data[n])) seen += 1;
  }
  return data.length;
};

// The part of a selection that lies in the passage: {start, quote}, or null.
export const chosenIn = (passage, range) => {
  const { nodes } = lettersIn(passage);
  let start = -1;
  let quote = "";
  for (const { node, before } of nodes) {
    if (!range.intersectsNode(node)) continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.length;
    const piece = node.data.slice(from, to);
    if (start < 0 && piece.trim()) start = before + lettersBefore(node.data, from);
    if (start >= 0) quote += piece;
  }
  quote = quote.normalize("NFC").replace(/\s+/g, " ").trim();
  return quote ? { start, quote } : null;
};

// Wraps the letters [start, start + length) in <mark>; returns the pieces. Plain marks work on every phone.
export const wrap = (passage, start, length, make) => {
  const pieces = [];
  const end = start + length;
  for (const { node, before } of lettersIn(passage).nodes) {
    const letters = node.data.replace(/\s+/g, "").length;
    if (before + letters <= start || before >= end || !letters) continue;
    const from = before >= start ? 0 : offsetOf(node.data, start - before, false);
    const to = before + letters <= end ? node.length : offsetOf(node.data, end - before, true);
    const middle = from ? node.splitText(from) : node;
    if (to - from < middle.length) middle.splitText(to - from);
    const piece = make();
    middle.replaceWith(piece);
    piece.append(middle);
    pieces.push(piece);
  }
  return pieces;
};

export const unwrap = (pieces) => {
  for (const piece of pieces) {
    const home = piece.parentNode;
    piece.replaceWith(...piece.childNodes);
    home?.normalize();
  }
};
