// The conversation on the page: what the desk says with its buttons, what the person said with its state.

import { heardCard, receiptCard, suggestionCards } from "./cards.js";
import { button, element, icon } from "./draw.js";
import { momentWords, t } from "./words.js";

const ASIDE = ["dont_know", "decline", "why", "back", "human"];
const WIDE = 10; // a longer label gets a line of its own; a Chinese character is two wide

function width(label) {
  return Array.from(label).reduce((sum, one) => sum + (one.codePointAt(0) > 0x2e7f ? 2 : 1), 0);
}

// What is left to say once the cards are drawn; without a short version everything is said in words.
function spoken(message) {
  return typeof message.brief === "string" ? message.brief : message.text;
}

// The messages of one answer belong together: their buttons count at the same time (a review has some on every part).
function turnOf(message) {
  return message.in_reply_to || "own-" + message.id;
}

export function deskMessage(message, events) {
  const item = element("div", { class: "desk " + (message.kind === "notice" ? "notice" : "reply"), tabindex: "-1", "data-id": message.id, "data-step": message.step, "data-turn": turnOf(message) });
  const bubble = element("div", { class: "bubble" }, element("span", { class: "unseen", text: t("web.desk") }));
  if (message.kind === "notice") bubble.append(element("span", { class: "stamp", text: t("web.notice") + (message.at ? " · " + momentWords(message.at) : "") }));
  bubble.append(document.createTextNode(spoken(message)));
  if (spoken(message)) item.append(bubble);
  const drawn = typeof message.brief === "string";
  if (drawn && message.understood && message.understood.length) item.append(heardCard(message.understood));
  if (drawn && message.suggestions && message.suggestions.length) item.append(suggestionCards(message.suggestions));
  if (message.receipt) item.append(receiptCard(message.receipt, () => events.print(item)));
  if (message.choices && message.choices.length) item.append(choiceButtons(message.choices, events));
  return item;
}

function choiceButtons(choices, events) {
  const group = element("div", { role: "group", "aria-label": t("web.choices") });
  const rows = [choices.filter((one) => !ASIDE.includes(one.kind)), choices.filter((one) => ASIDE.includes(one.kind))];
  for (const row of rows) {
    if (!row.length) continue;
    const line = element("div", { class: "choices" });
    for (const choice of row) line.append(choiceButton(choice, events));
    group.append(line);
  }
  return group;
}

function choiceButton(choice, events) {
  const made = button(choice.label, () => made.getAttribute("aria-disabled") || events.choose(choice, made));
  made.dataset.choice = choice.id;
  made.classList.add(...[choice.kind, ASIDE.includes(choice.kind) ? "aside" : "", width(choice.label) > WIDE ? "long" : ""].filter(Boolean));
  return made;
}

export function myMessage(item) {
  const words = item.attachment ? t("web.attachment") : item.text;
  return element(
    "div",
    { class: "mine", "data-message": item.message_id },
    element("div", { class: "bubble" }, element("span", { class: "unseen", text: t("web.you") }), words),
    element("span", { class: "about" }),
  );
}

// The state of something said, in words; a failed one says why and what may be done.
export function setState(log, id, state, words, actions) {
  const item = log.querySelector('[data-message="' + id + '"]');
  if (!item) return;
  item.classList.toggle("waits", state === "waiting");
  item.classList.toggle("failed", state === "failed");
  const about = item.querySelector(".about");
  about.textContent = words || t("web.state." + state);
  for (const action of actions || []) about.append(action);
}

// The buttons of one answer count at a time: the newest. The others stay to be read, the chosen one ticked.
export function retireChoices(log) {
  const groups = Array.from(log.querySelectorAll('[role="group"]'));
  const turn = groups.length && groups[groups.length - 1].closest(".desk").dataset.turn;
  for (const group of groups) {
    if (group.closest(".desk").dataset.turn === turn || group.classList.contains("old")) continue;
    group.classList.add("old");
    group.setAttribute("aria-label", t("web.choices_old"));
    for (const one of group.querySelectorAll("button")) one.disabled = true;
  }
}

// The newest button of this id: a question that is asked again keeps the ids of its buttons.
function newest(log, choice) {
  const found = log.querySelectorAll('[data-choice="' + CSS.escape(choice) + '"]');
  return found[found.length - 1];
}

export function tick(log, choice) {
  const chosen = newest(log, choice);
  if (!chosen || chosen.classList.contains("chosen")) return;
  chosen.classList.add("chosen");
  chosen.prepend(icon("tick", "tick"), element("span", { class: "unseen", text: t("web.chosen") + " " }));
}

export function untick(log, choice) {
  const chosen = newest(log, choice);
  if (!chosen) return;
  chosen.classList.remove("chosen");
  chosen.querySelectorAll("svg, .unseen").forEach((mark) => mark.remove());
}

// While an answer is on its way no other button of the same answer can be pressed.
export function hold(log, choice) {
  const turn = newest(log, choice) && newest(log, choice).closest(".desk").dataset.turn;
  if (!turn) return;
  for (const one of log.querySelectorAll('[data-turn="' + CSS.escape(turn) + '"] [data-choice]')) one.setAttribute("aria-disabled", "true");
}

export function release(log) {
  for (const one of log.querySelectorAll("[data-choice][aria-disabled]")) one.removeAttribute("aria-disabled");
}
