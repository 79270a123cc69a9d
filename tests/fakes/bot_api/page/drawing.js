// Draws what the server tells; text is always text, never markup.
import { t } from "/page/words.js";

const KINDS = ["photo", "document", "voice", "audio", "sticker", "location", "contact", "video"];
const LINK = /(https?:\/\/[^\s]+)/g;

export function make(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function withLinks(text) {
  return text.split(LINK).map((piece) =>
    /^https?:\/\//.test(piece) ? make("a", { href: piece, target: "_blank", rel: "noopener noreferrer", textContent: piece }) : piece,
  );
}

function content(message) {
  const kind = KINDS.find((name) => message[name]);
  const text = message.text ?? message.caption ?? "";
  if (!kind) return text ? withLinks(text) : [make("em", { textContent: t("other") })];
  return [make("span", { className: "thing", textContent: `[${t(kind)}]` }), ...(text ? ["\n", ...withLinks(text)] : [])];
}

function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

export function bubble(message, press) {
  const mine = !message.from?.is_bot;
  const text = make("div", { className: "text" }, ...content(message));
  const foot = `${message.edit_date ? `${t("edited")} ` : ""}${clock(message.date)}${mine ? " ✓" : ""}`;
  const body = make(
    "div",
    { className: "bubble" },
    make("span", { className: "away", textContent: `${mine ? t("you") : t("desk")}: ` }),
    text,
    make("small", { textContent: foot }),
  );
  const line = make("div", { className: `line ${mine ? "mine" : "theirs"}` }, body);
  line.dataset.id = message.message_id;
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (rows.length) line.append(keyboard(rows, message, press));
  return line;
}

function keyboard(rows, message, press) {
  const box = make("div", { className: "keyboard" });
  for (const row of rows) {
    const line = make("div", { className: "keys" });
    for (const button of row) {
      const key = make("button", { type: "button", textContent: button.text });
      key.addEventListener("click", () => press(message.message_id, button, key));
      line.append(key);
    }
    box.append(line);
  }
  return box;
}

export function person(user, chosen, unread, choose) {
  const name = [user.first_name, user.last_name].filter(Boolean).join(" ");
  const button = make(
    "button",
    { type: "button", className: chosen ? "person chosen" : "person" },
    make("span", { className: "face", ariaHidden: "true", textContent: [...name][0] ?? "?" }),
    make(
      "span",
      { className: "name" },
      make("b", { textContent: name }),
      make("small", { textContent: user.last?.text || (user.language_code ?? "") }),
    ),
  );
  if (unread) button.append(make("span", { className: "unread", textContent: "●" }));
  if (chosen) button.setAttribute("aria-current", "true");
  button.addEventListener("click", () => choose(user.id));
  return make("li", {}, button);
}
