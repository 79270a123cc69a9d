// One conversation on this page: opened or taken up again, shown once each, answered, followed.

import { call, isGone, Unreachable } from "./api.js";
import { forgetAll, keep, kept } from "./keep.js";
import { deskMessage, hold, myMessage, release, retireChoices, setState, tick, untick } from "./messages.js";
import { Queue } from "./queue.js";
import { Stream } from "./stream.js";
import { button } from "./draw.js";
import { currentLanguage, t } from "./words.js";

const LONG_WAIT = 8000;

export class Talk {
  // view: {log, waiting, state(name, action), line(words, good), shown(item, first), print(item), ready()}
  constructor(view) {
    this.view = view;
    this.log = view.log;
    this.seen = new Set();
    this.last = 0;
    this.open = new Set(); // said, not answered yet
    this.queue = new Queue({
      sending: (item) => this.mine(item, "sending"),
      sent: (item, body, finished) => this.sent(item, body, finished),
      waiting: (item, why) => this.waits(item, why),
      failed: (item, status) => this.failed(item, status),
      gone: () => this.gone(),
    });
  }

  async begin(start) {
    this.stop();
    this.view.state("opening");
    try {
      const answer = await call("POST", "", { lang: kept("lang"), start: start || null }, null);
      if (answer.status !== 201) throw new Unreachable();
      keep("seat", { conversation: answer.body.conversation, token: answer.body.token });
      this.clear();
      this.view.state(null);
      this.receive(answer.body.messages);
      this.wait(answer.body.messages.length === 0);
      this.follow();
    } catch (error) {
      this.view.state("unreachable", () => this.begin(start));
    }
  }

  async resume() {
    this.stop();
    this.view.state("opening");
    try {
      const answer = await call("GET", "/messages");
      if (isGone(answer.status)) return this.gone();
      if (answer.status !== 200) throw new Unreachable();
      this.clear();
      this.view.state(null);
      this.replay(answer.body);
    } catch (error) {
      return this.view.state("unreachable", () => this.resume());
    }
    this.follow();
    return this.queue.flush();
  }

  // A page loaded again: what both sides said, in order, without reading it all out.
  replay(body) {
    const told = body.said.slice();
    this.log.setAttribute("aria-live", "off");
    const tellUpTo = (id) => {
      while (told.length && (id === undefined || told.some((one) => one.message_id === id))) {
        const one = told.shift();
        if (one.choice) tick(this.log, one.choice);
        else this.log.append(myMessage(one));
        if (!one.choice) setState(this.log, one.message_id, "sent");
        if (!one.done) this.open.add(one.message_id);
      }
    };
    for (const message of body.messages) {
      if (message.in_reply_to) tellUpTo(message.in_reply_to);
      this.show(message);
    }
    tellUpTo();
    const known = new Set(body.said.map((one) => one.message_id));
    for (const item of this.queue.items()) {
      if (known.has(item.message_id)) this.queue.drop(item.message_id);
      else this.mine(item, "waiting");
    }
    retireChoices(this.log);
    this.wait(this.open.size > 0);
    this.view.shown(this.log.lastElementChild, false);
    setTimeout(() => this.log.setAttribute("aria-live", "polite"), 500);
  }

  follow() {
    this.view.ready(true);
    this.stream = new Stream(kept("seat"), () => this.last, {
      message: (message) => this.receive([message]),
      connected: (yes) => this.view.connected(yes),
      gone: () => this.gone(),
    });
  }

  say(text) {
    const stuck = this.queue.stuck();
    this.mine(this.queue.add({ text }), stuck ? "waiting" : "sending");
  }

  choose(choice) {
    this.pressed = true;
    this.queue.add({ choice: choice.id });
  }

  // What the person said appears at once, and once.
  mine(item, state) {
    const first = !this.open.has(item.message_id);
    this.open.add(item.message_id);
    if (item.text !== undefined && !this.log.querySelector('[data-message="' + item.message_id + '"]')) {
      const shown = myMessage(item);
      this.log.append(shown);
      this.view.shown(shown, true);
    }
    if (item.choice && first) {
      hold(this.log, item.choice);
      tick(this.log, item.choice);
    }
    setState(this.log, item.message_id, state);
    this.wait(state === "sending");
  }

  sent(item, body, finished) {
    setState(this.log, item.message_id, "sent");
    this.view.connected(true);
    if (finished) this.open.delete(item.message_id);
    if (finished) release(this.log);
    this.receive(body.messages, true);
    this.wait(this.open.size > 0);
  }

  waits(item, why) {
    setState(this.log, item.message_id, "waiting", why === "offline" ? null : t("web." + why));
    this.wait(false);
    if (why === "offline") this.view.connected(false);
  }

  failed(item, status) {
    this.open.delete(item.message_id);
    this.wait(this.open.size > 0);
    if (item.choice) {
      untick(this.log, item.choice);
      release(this.log);
    }
    const why = t("web.state.failed") + " · " + t(status === 413 ? "web.too_long" : "web.error");
    const again = button(t("web.state.drop"), () => this.log.querySelector('[data-message="' + item.message_id + '"]').remove());
    setState(this.log, item.message_id, "failed", why, [again]);
    if (item.text) this.view.giveBack(item.text);
  }

  // Messages of the desk, from an answer or the stream, whichever is first; each is shown once.
  receive(messages, mine) {
    const fresh = messages.filter((message) => !this.seen.has(message.id));
    if (!fresh.length) return;
    const focused = document.activeElement;
    // The pressed button is about to be switched off: whoever works by keyboard goes on at the answer.
    const lost = this.pressed && (focused === document.body || this.log.contains(focused));
    this.pressed = false;
    const items = fresh.map((message) => this.show(message));
    const last = items[items.length - 1];
    // The stream brings the parts of an answer one by one: what is shown is the answer from its beginning.
    const first = this.log.querySelector('[data-turn="' + last.dataset.turn + '"]');
    this.view.shown(first, Boolean(mine) || fresh.some((message) => message.in_reply_to), lost, last);
    retireChoices(this.log);
    release(this.log);
    this.wait(this.open.size > 0);
  }

  show(message) {
    this.seen.add(message.id);
    this.last = Math.max(this.last, Number(message.id));
    if (message.lang && message.lang !== currentLanguage()) this.view.speak(message.lang);
    if (message.in_reply_to) {
      this.open.delete(message.in_reply_to);
      this.queue.drop(message.in_reply_to); // answered: it need not be sent again
      setState(this.log, message.in_reply_to, "sent");
    }
    const item = deskMessage(message, { choose: (choice) => this.choose(choice), print: (one) => this.view.print(one) });
    this.log.append(item);
    return item;
  }

  wait(waiting) {
    clearTimeout(this.patience);
    this.view.waiting.textContent = waiting ? t("web.waiting.first") : "";
    if (waiting) this.patience = setTimeout(() => (this.view.waiting.textContent = t("web.waiting.long")), LONG_WAIT);
  }

  gone() {
    this.stop();
    this.clear();
    forgetAll();
    this.view.state("gone", () => this.begin());
  }

  leave() {
    this.stop();
    this.clear();
    forgetAll();
    this.view.state("left", () => this.begin());
  }

  clear() {
    this.log.textContent = "";
    this.seen.clear();
    this.open.clear();
    this.last = 0;
    this.wait(false);
  }

  stop() {
    if (this.stream) this.stream.stop();
    this.stream = null;
    this.view.ready(false);
  }
}
