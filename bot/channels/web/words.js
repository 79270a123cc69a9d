// The page's own words in every language, and which language the page speaks now.

const root = document.documentElement;
const TAGS = { zh: "zh-Hans", en: "en" };
const LOCALES = { zh: "zh-CN", en: "en-GB" };
let words = {};
let language = root.dataset.lang;

export async function loadWords() {
  const answer = await fetch(root.dataset.static + "/words.json");
  words = await answer.json();
}

export function currentLanguage() {
  return language;
}

// Words are put together here and only ever shown as text, never as markup.
export function t(key, values) {
  const text = (words[language] || {})[key] || key;
  return values ? text.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole)) : text;
}

export function setLanguage(wanted) {
  if (!words[wanted] || wanted === language) return false;
  language = wanted;
  root.lang = TAGS[wanted];
  document.title = t("web.title");
  for (const part of document.querySelectorAll("[data-word]")) part.textContent = t(part.dataset.word);
  for (const part of document.querySelectorAll("[data-label]")) part.setAttribute("aria-label", t(part.dataset.label));
  for (const part of document.querySelectorAll("[data-placeholder]")) part.placeholder = t(part.dataset.placeholder);
  for (const part of document.querySelectorAll("[data-language]")) part.hidden = part.dataset.language === wanted;
  return true;
}

export function dayWords(iso) {
  const day = new Date(iso + "T00:00:00Z");
  if (isNaN(day)) return iso;
  return new Intl.DateTimeFormat(LOCALES[language], { year: "numeric", month: "long", day: "numeric", timeZone: "UTC" }).format(day);
}

export function momentWords(moment) {
  return new Intl.DateTimeFormat(LOCALES[language], { month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" }).format(new Date(moment));
}
