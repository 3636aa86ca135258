// Read aloud by the device's own voices, where it has one for the language of the text. Nothing leaves the device's
// speech service; the passage that is read is marked and kept in view.
const bar = document.getElementById("listening");
const start = document.querySelector("[data-listen]");
const language = document.querySelector(".reader").dataset.lang;
const passages = [...document.querySelectorAll(".text > .passage")].filter((one) => !one.matches(".footnote"));
const UNSAID = ".permalink, .printed-page, .named-in, .points, sup, .plate-missing";
const TAG = { vi: "vi-VN", en: "en-GB" };
let voice = null;
let at = -1;
let playing = false;
// Utterances of a passage that was left say nothing more.
let turn = 0;

const findVoice = () => {
  const voices = speechSynthesis.getVoices().filter((one) => one.lang.toLowerCase().replace("_", "-").startsWith(language));
  voice = voices.find((one) => one.localService) ?? voices[0] ?? null;
  start.hidden = !voice;
};

const wordsOf = (passage) => {
  const copy = passage.cloneNode(true);
  for (const mark of copy.querySelectorAll(UNSAID)) mark.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
};

// Some browsers fall silent in long utterances: a sentence or two at a time.
const sentences = (words) => {
  const parts = [];
  for (const sentence of words.match(/[^.!?;…]+[.!?;…]*\s*/g) ?? []) {
    if (parts.length && parts.at(-1).length + sentence.length < 180) parts[parts.length - 1] += sentence;
    else parts.push(sentence);
  }
  return parts;
};

const show = () => {
  for (const passage of passages) passage.removeAttribute("data-spoken");
  const passage = passages[at];
  if (passage && !bar.hidden) passage.dataset.spoken = "";
  bar.querySelector("[data-listen-play]").setAttribute("aria-pressed", String(playing));
  for (const label of bar.querySelectorAll("[data-when]")) label.hidden = (label.dataset.when === "playing") !== playing;
};

const stop = () => {
  turn += 1;
  playing = false;
  speechSynthesis.cancel();
  show();
};

const speak = (n) => {
  turn += 1;
  speechSynthesis.cancel();
  if (n >= passages.length) return stop();
  at = Math.max(n, 0);
  playing = true;
  show();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  passages[at].scrollIntoView({ block: "center", behavior: calm ? "instant" : "smooth" });
  const mine = turn;
  const parts = sentences(wordsOf(passages[at]));
  if (!parts.length) return speak(at + 1);
  parts.forEach((words, part) => {
    const utterance = new SpeechSynthesisUtterance(words);
    utterance.voice = voice;
    utterance.lang = voice.lang || TAG[language];
    utterance.rate = Number(bar.querySelector("[data-listen-speed]").value);
    if (part === parts.length - 1) utterance.onend = () => mine === turn && playing && speak(at + 1);
    speechSynthesis.speak(utterance);
  });
};

const inView = () => Math.max(passages.findIndex((one) => one.getBoundingClientRect().bottom > 120), 0);

if ("speechSynthesis" in window && start) {
  findVoice();
  speechSynthesis.addEventListener?.("voiceschanged", findVoice);
  start.addEventListener("click", () => {
    bar.hidden = false;
    document.documentElement.dataset.listening = "";
    speak(inView());
    bar.querySelector("[data-listen-play]").focus();
  });
  bar.addEventListener("click", ({ target }) => {
    if (target.closest("[data-listen-play]")) playing ? stop() : speak(at < 0 ? inView() : at);
    else if (target.closest("[data-listen-back]")) speak(at - 1);
    else if (target.closest("[data-listen-on]")) speak(at + 1);
    else if (target.closest("[data-listen-end]")) {
      bar.hidden = true;
      delete document.documentElement.dataset.listening;
      stop();
      start.focus();
    }
  });
  bar.querySelector("[data-listen-speed]").addEventListener("change", () => playing && speak(at));
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
