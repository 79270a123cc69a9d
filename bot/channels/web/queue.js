// Everything the person does waits here until the desk has it: kept on the phone, sent in order, each under its own id,
// so that sending again after a lost answer has no second effect.

import { call, isGone, isPassing, Unreachable } from "./api.js";
import { keep, kept, newId } from "./keep.js";

const LONGEST_WAIT = 30000;

export class Queue {
  // events: sending(item), sent(item, body, finished), waiting(item, why), failed(item, status), gone()
  constructor(events) {
    this.events = events;
    this.busy = false;
    this.tries = 0;
    this.timer = null;
    window.addEventListener("online", () => this.flush());
    document.addEventListener("visibilitychange", () => document.hidden || this.flush());
  }

  items() {
    return kept("queue") || [];
  }

  add(said) {
    const item = Object.assign({ message_id: newId() }, said);
    keep("queue", this.items().concat([item]));
    this.flush();
    return item;
  }

  // Something before it could not be sent just now, so that a new one has to wait its turn.
  stuck() {
    return navigator.onLine === false || this.tries > 0;
  }

  drop(id) {
    keep("queue", this.items().filter((item) => item.message_id !== id));
  }

  async flush() {
    if (this.busy) return;
    clearTimeout(this.timer);
    this.busy = true;
    try {
      // Two tabs share one queue: only one of them sends, so that the order stays.
      if (navigator.locks) await navigator.locks.request("onedoor.queue", () => this.sendAll());
      else await this.sendAll();
    } finally {
      this.busy = false;
    }
  }

  async sendAll() {
    let item;
    while ((item = this.items()[0]) && (await this.sendOne(item)));
  }

  async sendOne(item) {
    const seat = kept("seat");
    if (!seat) return false;
    this.events.sending(item);
    let answer;
    try {
      const { message_id, text, choice } = item;
      answer = await call("POST", "/messages", choice ? { message_id, choice } : { message_id, text }, seat);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      return this.later(item, "offline", 0);
    }
    if (isGone(answer.status)) {
      this.events.gone();
      return false;
    }
    if (isPassing(answer.status)) return this.later(item, answer.status === 429 ? "limited" : "error", answer.wait * 1000);
    this.tries = 0;
    this.drop(item.message_id);
    if (answer.status >= 400) this.events.failed(item, answer.status);
    else this.events.sent(item, answer.body, answer.status !== 202);
    return true;
  }

  later(item, why, wait) {
    if (!this.items().some((one) => one.message_id === item.message_id)) {
      this.tries = 0; // meanwhile its answer has come by the stream
      return true;
    }
    this.tries += 1;
    this.events.waiting(item, why);
    this.timer = setTimeout(() => this.flush(), Math.max(wait, Math.min(LONGEST_WAIT, 1000 * Math.pow(2, this.tries - 1))));
    return false;
  }
}
