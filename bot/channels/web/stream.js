// News of the conversation as it happens: server-sent events read with fetch (the key travels in a header, never in an
// address), resumed after the last message seen; where a network holds streams back, a question every few seconds.

import { address, call, headers, isGone } from "./api.js";

const SILENCE = 45000; // the desk sends a heartbeat every 15 seconds
const FIRST_WORD = 15000;
const POLL = 5000;

export class Stream {
  // events: message(message), connected(yes), gone(); `last()` is the id of the newest message shown
  constructor(seat, last, events) {
    Object.assign(this, { seat, last, events, stopped: false, polling: typeof ReadableStream === "undefined", delay: 1000, heard: false });
    this.wakeUp = () => this.wake && this.wake();
    window.addEventListener("online", this.wakeUp);
    document.addEventListener("visibilitychange", this.wakeUp);
    this.run();
  }

  stop() {
    this.stopped = true;
    window.removeEventListener("online", this.wakeUp);
    document.removeEventListener("visibilitychange", this.wakeUp);
    if (this.abort) this.abort.abort();
    this.wakeUp();
  }

  async run() {
    while (!this.stopped) {
      try {
        await (this.polling ? this.ask() : this.listen());
        this.delay = this.polling ? POLL : 500;
      } catch (error) {
        this.events.connected(false);
        this.delay = Math.min(30000, this.delay * 2);
      }
      if (!this.stopped) await this.pause(this.delay);
    }
  }

  pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async ask() {
    const answer = await call("GET", "/messages?after=" + this.last(), null, this.seat);
    if (this.lost(answer.status)) return;
    if (answer.status !== 200) throw new Error();
    this.events.connected(true);
    answer.body.messages.forEach((message) => this.stopped || this.events.message(message));
  }

  lost(status) {
    if (!isGone(status) || this.stopped) return this.stopped;
    this.stop();
    this.events.gone();
    return true;
  }

  async listen() {
    this.abort = new AbortController();
    this.watch(FIRST_WORD);
    try {
      const sent = Object.assign(headers(this.seat), { Accept: "text/event-stream", "Last-Event-ID": String(this.last()) });
      const answer = await fetch(address(this.seat, "/events"), { headers: sent, signal: this.abort.signal, cache: "no-store", credentials: "omit" });
      if (this.lost(answer.status)) return;
      if (answer.status !== 200) throw new Error();
      await this.readAll(answer.body.getReader());
    } finally {
      clearTimeout(this.watchdog);
    }
  }

  watch(milliseconds) {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(() => {
      if (!this.heard && navigator.onLine !== false) this.polling = true; // something between us holds streams back
      this.abort.abort();
    }, milliseconds);
  }

  async readAll(reader) {
    const decoder = new TextDecoder();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.heard = true;
      this.events.connected(true);
      this.watch(SILENCE);
      const blocks = (rest + decoder.decode(value, { stream: true })).split(/\r?\n\r?\n/);
      rest = blocks.pop();
      for (const block of blocks) this.receive(block);
    }
  }

  receive(block) {
    const data = block.split(/\r?\n/).filter((line) => line.startsWith("data:")).map((line) => line.slice(5).replace(/^ /, ""));
    if (data.length && !this.stopped) this.events.message(JSON.parse(data.join("\n")));
  }
}
