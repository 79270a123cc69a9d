// The page around the conversation: header, message box, menus, and where the eye and the keyboard go next.

import { button, element } from "./draw.js";
import { keep, kept, onKept } from "./keep.js";
import { Talk } from "./talk.js";
import { currentLanguage, loadWords, momentWords, setLanguage, t } from "./words.js";

const MOST = 4000;
const NEAR_END = 160;
const by = (id) => document.getElementById(id);
const [log, say, text, newer, line, state, hintLine, sure] = ["log", "say", "text", "newer", "line", "state", "hint", "sure"].map(by);
const OWN_NAMES = {};
let lineTimer = null;
let unread = 0;

const view = {
  log,
  waiting: by("waiting"),

  ready(yes) {
    say.hidden = !yes;
  },

  // Empty, opening, unreachable, gone, left: one calm sentence and one thing to do.
  state(name, act) {
    state.textContent = "";
    state.hidden = name === null;
    if (name === null) return;
    if (name === "opening") {
      state.append(element("p", { role: "status", text: t("web.opening") }));
      setTimeout(() => state.firstChild && state.firstChild.getAttribute("role") && (state.firstChild.textContent = t("web.opening_slow")), 6000);
      return;
    }
    const [words, label] = { unreachable: ["web.open_failed", "web.retry"], gone: ["web.gone", "web.gone.start"], left: ["web.left", "web.start"] }[name];
    const title = element("h2", { text: t(words + ".title"), tabindex: "-1" });
    state.append(title, element("p", { text: t(words + ".text") }), button(t(label), act, "main"));
    title.focus();
  },

  connected(yes) {
    clearTimeout(lineTimer);
    const was = !line.hidden && !line.classList.contains("good");
    if (yes && !was) return;
    // A short break heals by itself and nobody needs to know; a network that is off is said at once.
    lineTimer = setTimeout(() => showLine(yes ? "web.online" : navigator.onLine === false ? "web.offline" : "web.reconnecting", yes), yes || navigator.onLine === false ? 0 : 4000);
  },

  // Something new stands in the conversation: show its beginning, unless somebody reads further up.
  shown(item, follow, lost, last) {
    if (!item) return;
    const room = document.documentElement;
    const below = room.scrollHeight - room.scrollTop - room.clientHeight;
    const end = last || item;
    const tall = end.getBoundingClientRect().bottom - item.getBoundingClientRect().top;
    if (follow || below < tall + NEAR_END) {
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
      const fits = tall < innerHeight - say.offsetHeight - 120;
      requestAnimationFrame(() => (fits ? room.scrollTo({ top: room.scrollHeight, behavior: calm }) : item.scrollIntoView({ block: "start", behavior: calm })));
    } else newer.hidden = false;
    if (lost) item.focus({ preventScroll: true });
    if (document.hidden && item.classList.contains("desk")) document.title = "(" + ++unread + ") " + t("web.title");
  },

  speak(language) {
    if (setLanguage(language)) keep("lang", language);
  },

  hint(words, bad) {
    hintLine.textContent = words;
    hintLine.hidden = !words;
    hintLine.classList.toggle("bad", Boolean(bad));
  },

  giveBack(words) {
    if (!text.value) text.value = words;
    fit();
  },

  print(item) {
    by("printed").textContent = t("web.print.on", { at: momentWords(Date.now()) });
    document.body.classList.toggle("slip", Boolean(item));
    if (item) item.classList.add("slip");
    window.print();
  },
};

const talk = new Talk(view);

function showLine(key, good) {
  line.textContent = t(key);
  line.classList.toggle("good", Boolean(good));
  line.hidden = false;
  if (good) lineTimer = setTimeout(() => (line.hidden = true), 3000);
}

function fit() {
  text.style.height = "auto";
  text.style.height = text.scrollHeight + 4 + "px";
  const left = MOST - Array.from(text.value).length;
  if (left < 0) view.hint(t("web.too_long"), true);
  else view.hint(left < 200 ? t("web.left", { count: left }) : "");
  keep("draft", text.value || null);
  return left >= 0;
}

function send() {
  const words = text.value.trim();
  if (!words || !fit()) return text.focus();
  text.value = "";
  fit();
  return talk.say(words);
}

function ask(kind, act) {
  by("sure-title").textContent = t("web." + kind + ".title");
  by("sure-text").textContent = t("web." + kind + ".text");
  by("sure-yes").textContent = t("web." + kind + ".yes");
  by("sure-yes").onclick = () => {
    close(sure);
    act();
  };
  open(sure);
}

function open(dialog) {
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
}

function close(dialog) {
  if (dialog.close) dialog.close();
  else dialog.removeAttribute("open");
}

function fromMenu(id, act) {
  by(id).addEventListener("click", () => {
    close(by("menu"));
    act();
  });
}

function wire() {
  say.addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  text.addEventListener("input", fit);
  text.addEventListener("keydown", (event) => {
    // While characters are being composed, Enter belongs to the input method.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  });
  by("status").addEventListener("click", () => talk.say(t("web.menu.status_words")));
  by("human").addEventListener("click", () => talk.say(t("web.human_words")));
  by("big").addEventListener("click", () => big(!document.documentElement.classList.contains("big")));
  by("more").addEventListener("click", () => open(by("menu")));
  for (const closer of document.querySelectorAll("[data-close]")) closer.addEventListener("click", () => close(closer.closest("dialog")));
  for (const one of document.querySelectorAll("[data-language]")) {
    OWN_NAMES[one.dataset.language] = one.textContent;
    one.addEventListener("click", () => switchTo(one.dataset.language));
  }
  fromMenu("print", () => view.print(null));
  fromMenu("again", () => talk.say(t("web.again.words"))); // the desk itself asks whether one is sure
  fromMenu("leave", () => ask("leave", () => talk.leave()));
  newer.addEventListener("click", () => {
    log.lastElementChild.scrollIntoView({ block: "end" });
    newer.hidden = true;
  });
  window.addEventListener("scroll", () => {
    const room = document.documentElement;
    if (room.scrollHeight - room.scrollTop - room.clientHeight < NEAR_END) newer.hidden = true;
  }, { passive: true });
  window.addEventListener("offline", () => view.connected(false));
  window.addEventListener("afterprint", () => {
    document.body.classList.remove("slip");
    for (const item of log.querySelectorAll(".slip")) item.classList.remove("slip");
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    unread = 0;
    document.title = t("web.title");
  });
  onKept("seat", () => (kept("seat") ? talk.resume() : talk.leave())); // left, or begun anew, in another tab
}

// The page changes at once; the desk is told in the words of the language, and answers in it.
function switchTo(language) {
  const changed = language !== currentLanguage();
  view.speak(language);
  if (changed && kept("seat")) talk.say(OWN_NAMES[language]);
}

function big(on) {
  document.documentElement.classList.toggle("big", on);
  by("big").setAttribute("aria-pressed", String(on));
  keep("big", on);
}

async function start() {
  await loadWords();
  for (const part of document.querySelectorAll(".js")) if (part !== say) part.hidden = false;
  const link = new URLSearchParams(location.search);
  if (kept("lang") && !link.get("lang")) setLanguage(kept("lang"));
  if (kept("big")) big(true);
  wire();
  text.value = kept("draft") || "";
  fit();
  if (location.search) history.replaceState(null, "", location.pathname);
  if (kept("seat")) await talk.resume();
  else await talk.begin(link.get("start"));
}

by("reload").addEventListener("click", () => location.reload());
start().catch(() => (by("broken").hidden = false)); // not even the words came through
