// Small drawings of elements. Everything people or the desk wrote is set as text: there is no way from words to markup.

const SHAPES = {
  tick: "M4 12.5l5 5L20 6.5",
  ask: "M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .5-1.5 1.1-1.5 2.3M12 18.5v.2",
  minus: "M6 12h12",
};

export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const name of Object.keys(attributes || {})) {
    const value = attributes[name];
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") made.textContent = value;
    else if (name === "click") made.addEventListener("click", value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children) if (child) made.append(child);
  return made;
}

export function button(text, click, className) {
  return element("button", { type: "button", class: className, text, click });
}

export function icon(shape, className) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  const drawn = { viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false", class: className || "" };
  for (const name of Object.keys(drawn)) svg.setAttribute(name, drawn[name]);
  const line = { d: SHAPES[shape], fill: "none", stroke: "currentColor", "stroke-width": "3", "stroke-linecap": "round", "stroke-linejoin": "round" };
  for (const name of Object.keys(line)) path.setAttribute(name, line[name]);
  svg.append(path);
  return svg;
}
