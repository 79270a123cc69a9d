// One person's phone at a time. The server answers a waiting GET when something has changed.
import { bubble, make, person } from "/page/drawing.js";
import { currentLanguage, dress, switchLanguage, t } from "/page/words.js";

const $ = (id) => document.getElementById(id);
const WAIT = 20;
let user = Number(location.hash.slice(1)) || 10001;
let people = [];
let seen = null;
let shown = "";
let round = 0;
const read = new Map();

async function call(path, body) {
  const options = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, options);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

const act = (what, body = {}) => call(`/_user/${user}/${what}`, body);

function drawPeople() {
  const list = people.map((one) => {
    const last = one.last?.message_id ?? 0;
    if (one.id === user) read.set(one.id, last);
    if (!read.has(one.id)) read.set(one.id, last);
    return person(one, one.id === user, last > read.get(one.id), choose);
  });
  const inside = $("people").contains(document.activeElement) ? user : null;
  $("people").replaceChildren(...list);
  if (inside) $("people").querySelector("[aria-current]")?.focus();
}

function drawChat() {
  const state = seen;
  const picture = JSON.stringify([state.messages, state.description, currentLanguage(), user]);
  if (picture !== shown) {
    shown = picture;
    const box = $("messages");
    const lines = state.messages.map((message) => bubble(message, press));
    if (!lines.length) lines.push(make("p", { className: "empty", textContent: state.description || t("empty") }));
    box.replaceChildren(...lines);
    box.scrollTop = box.scrollHeight;
  }
  $("bot-name").textContent = state.bot.first_name;
  $("bot-state").textContent = state.blocked ? t("blocked") : state.typing ? t("typing") : t("bot");
  $("connection").textContent = state.connected ? "" : t("off");
  $("start").hidden = state.messages.length > 0;
  $("write").hidden = state.messages.length === 0;
  document.querySelector("[data-act=block]").textContent = t(state.blocked ? "unblock" : "block");
  drawCommands(state.commands);
}

function drawCommands(commands) {
  const own = people.find((one) => one.id === user)?.language_code?.startsWith("en") ? "en" : "zh";
  const list = commands[`default:${own}`] ?? commands["default:"] ?? [];
  $("commands").replaceChildren(
    ...list.map(({ command, description }) => {
      const button = make("button", { type: "button" }, make("b", { textContent: `/${command}` }), ` ${description}`);
      button.addEventListener("click", () => {
        openCommands(false);
        say(`/${command}`);
      });
      return button;
    }),
  );
}

function openCommands(open) {
  $("commands").hidden = !open;
  $("slash").setAttribute("aria-expanded", String(open));
}

async function say(text) {
  await act("say", { text });
  if (!location.hash) location.hash = user;
}

async function press(messageId, button, key) {
  if (button.url) {
    window.open(button.url, "_blank", "noopener");
    return;
  }
  key.classList.add("pressed");
  await act("press", { message_id: messageId, data: button.callback_data });
  setTimeout(() => key.classList.remove("pressed"), 4000);
}

function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  setTimeout(() => ($("toast").hidden = true), 4000);
}

function choose(id) {
  user = id;
  location.hash = id;
  shown = "";
  $("frame").classList.add("in-chat");
  drawPeople();
  watch();
}

async function watch() {
  const mine = ++round;
  let after = -1;
  while (mine === round) {
    try {
      const state = await call(`/_user/${user}/chat?after=${after}&wait=${WAIT}`);
      const list = await call("/_user");
      if (mine !== round) return;
      after = state.revision;
      seen = state;
      people = list;
      drawPeople();
      drawChat();
      if (state.typing) setTimeout(() => mine === round && (state.typing = false, drawChat()), 5000);
    } catch {
      if (mine !== round) return;
      $("connection").textContent = t("offline");
      after = -1;
      await new Promise((done) => setTimeout(done, 1500));
    }
  }
}

$("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("text").value;
  if (!text.trim()) return;
  $("text").value = "";
  grow();
  try {
    await say(text);
  } catch {
    $("text").value = text;
  }
  $("text").focus();
});

function grow() {
  $("text").rows = Math.min(5, Math.max(1, $("text").value.split("\n").length));
}

$("text").addEventListener("input", grow);
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    $("write").requestSubmit();
  }
});
$("start").addEventListener("click", () => say("/start"));
$("slash").addEventListener("click", () => openCommands($("commands").hidden));
$("to-people").addEventListener("click", () => $("frame").classList.remove("in-chat"));
$("language").addEventListener("click", () => {
  switchLanguage();
  drawPeople();
  if (seen) drawChat();
});
$("new-person").addEventListener("submit", async (event) => {
  event.preventDefault();
  const made = await call("/_user", { first_name: $("new-name").value.trim(), language_code: $("new-language").value });
  $("new-name").value = "";
  choose(made.id);
});
for (const button of document.querySelectorAll("[data-send]")) {
  button.addEventListener("click", async () => {
    $("attach").open = false;
    const kind = button.dataset.send;
    await (kind === "album" ? act("album", { count: 3 }) : act("send", { kind }));
  });
}
for (const button of document.querySelectorAll("[data-act]")) {
  button.addEventListener("click", async () => {
    $("more").open = false;
    const what = button.dataset.act;
    if (what === "block") await act(seen.blocked ? "unblock" : "block");
    if (what === "group") {
      const group = await act("group", { title: "互助群" });
      await act("say", { text: "/start", chat_id: group.id });
      toast(t("grouped"));
    }
    if (what === "edit") await edit();
  });
}

async function edit() {
  const last = [...seen.messages].reverse().find((message) => !message.from?.is_bot && message.text);
  if (!last) {
    toast(t("nothing"));
    return;
  }
  const text = window.prompt(t("askEdit"), last.text);
  if (text?.trim() && text !== last.text) await act("edit", { message_id: last.message_id, text });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  openCommands(false);
  for (const menu of document.querySelectorAll("details.menu")) menu.open = false;
});

dress();
if (location.hash) $("frame").classList.add("in-chat");
watch();
