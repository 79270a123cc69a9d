// The desk's API, called with the conversation's key. An answer is `{status, body, wait}`; no answer is an `Unreachable`.

import { kept } from "./keep.js";

const BASE = document.documentElement.dataset.chat + "/api/conversations";
const PATIENCE = 40000;

export class Unreachable extends Error {}

export function address(seat, path) {
  return BASE + (seat ? "/" + encodeURIComponent(seat.conversation) : "") + (path || "");
}

export function headers(seat) {
  const sent = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  if (seat) sent.Authorization = "Bearer " + seat.token;
  return sent;
}

export async function call(method, path, body, seat = kept("seat")) {
  const stop = typeof AbortController === "function" ? new AbortController() : null;
  const timer = stop && setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(address(seat, path), {
      method,
      headers: body ? Object.assign(headers(seat), { "Content-Type": "application/json" }) : headers(seat),
      body: body ? JSON.stringify(body) : undefined,
      signal: stop ? stop.signal : undefined,
      cache: "no-store",
      credentials: "omit",
    });
    return { status: answer.status, body: await read(answer), wait: Number(answer.headers.get("Retry-After")) || 0 };
  } catch (error) {
    throw new Unreachable();
  } finally {
    clearTimeout(timer);
  }
}

async function read(answer) {
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    if (answer.ok) throw error; // cut off on the way: as good as no answer
    return {};
  }
}

export function isGone(status) {
  return status === 401 || status === 404;
}

// Whether the same call may go through later. Anything else that is not a success is refused for good.
export function isPassing(status) {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}
