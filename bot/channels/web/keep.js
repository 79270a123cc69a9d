// What this phone keeps between visits: the key of the conversation, words not yet sent, the half-written message.
// Everything else lives at the desk. A browser that keeps nothing (private window) still works until it is closed.

const memory = new Map();
const PREFIX = "onedoor.";

export function keep(name, value) {
  memory.set(name, value);
  try {
    if (value === null) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch (error) {
    // Full or forbidden: the memory of this page has to do.
  }
}

export function kept(name) {
  try {
    const found = localStorage.getItem(PREFIX + name);
    if (found !== null) return JSON.parse(found);
    return null;
  } catch (error) {
    return memory.has(name) ? memory.get(name) : null;
  }
}

export function forgetAll() {
  for (const name of ["seat", "queue", "draft"]) keep(name, null);
}

// Another tab of the same browser changed something.
export function onKept(name, listener) {
  window.addEventListener("storage", (event) => {
    if (event.key === PREFIX + name) listener();
  });
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
