// What is easier to see than to read: suggestions, what was understood, the receipt.

import { button, element, icon } from "./draw.js";
import { dayWords, t } from "./words.js";

const MARKS = { true: "tick", unknown: "ask", false: "minus" };
const MOST = { true: 12, unknown: 4, false: 0 }; // the others are one tap away
const SHOWN_REASONS = 2;

export function suggestionCards(lines) {
  const box = element("section", { class: "cards", "aria-label": t("web.suggestions") });
  for (const truth of ["true", "unknown", "false"]) {
    const found = lines.filter((line) => line.truth === truth && line.name);
    const first = found.slice(0, MOST[truth]);
    const rest = found.slice(first.length);
    if (first.length) box.append(cardList(first));
    if (rest.length) {
      const words = t("web.truth.rest." + truth, { count: rest.length });
      box.append(element("details", { class: "rest" }, element("summary", { text: words }), cardList(rest)));
    }
  }
  return box;
}

function cardList(lines) {
  const list = element("ul");
  for (const line of lines) list.append(suggestionCard(line));
  return list;
}

function suggestionCard(line) {
  const card = element("li", { class: "card " + line.truth });
  card.append(element("span", { class: "truth" }, icon(MARKS[line.truth]), t("web.truth." + line.truth)));
  card.append(element("h3", { text: line.name }));
  if (line.whom) card.append(element("p", { class: "whom", text: t("web.for", { whom: line.whom }) }));
  if (line.amount) card.append(element("p", { class: "amount", text: line.amount }));
  const reasons = line.reasons || [];
  const open = reasons.length > SHOWN_REASONS + 1 ? reasons.slice(0, SHOWN_REASONS) : reasons;
  if (open.length) card.append(reasonList(open));
  const rest = reasons.slice(open.length);
  if (rest.length) card.append(element("details", {}, element("summary", { text: t("web.why") }), reasonList(rest)));
  return card;
}

function reasonList(reasons) {
  const list = element("ul");
  for (const reason of reasons) list.append(element("li", { text: reason }));
  return list;
}

export function heardCard(facts) {
  const list = element("ul");
  for (const fact of facts) {
    const words = fact.words && element("q", { text: t("web.from_words", { words: fact.words }) });
    list.append(element("li", {}, element("b", { text: fact.shown }), words));
  }
  return element("section", { class: "heard" }, element("h3", { class: "unseen", text: t("web.understood") }), list);
}

export function receiptCard(receipt, print) {
  const list = element("ol");
  for (const one of receipt.applications || []) list.append(receiptLine(one));
  const copy = button(t("web.receipt.copy"), () => copied(copy, receipt.reference));
  return element(
    "section",
    { class: "receipt" },
    element("h3", {}, icon("tick"), t("web.receipt")),
    element("p", { class: "small", text: t("web.receipt.reference") }),
    element("strong", { class: "number", text: receipt.reference }),
    list,
    element("p", { class: "small", text: t("web.receipt.keep") }),
    element("div", { class: "row" }, button(t("web.receipt.print"), print), navigator.clipboard ? copy : null),
  );
}

function receiptLine(one) {
  const due = one.due || (one.due_on ? dayWords(one.due_on) : "");
  const title = [one.name, one.whom && t("web.for", { whom: one.whom })].filter(Boolean).join(" · ");
  return element(
    "li",
    {},
    title ? element("b", { text: title }) : null,
    element("div", { text: t("web.receipt.one") + " " + one.reference }),
    due ? element("div", { text: t("web.receipt.due") + " " + due }) : null,
  );
}

function copied(pressed, words) {
  navigator.clipboard.writeText(words).then(() => (pressed.textContent = t("web.receipt.copied")), () => {});
}
