// What both charts are made of: elements, and colours for a light and a dark page.

const STYLE = `
  :root { --text: #1d1e1b; --muted: #5d5e57; --edge: #e2e2dc; }
  :root { --accent: #0b6e5f; --over: #a3321c; --reference: #8b8b82; }
  @media (prefers-color-scheme: dark) {
    :root { --text: #edeee8; --muted: #a5a79d; --edge: #30332e; }
    :root { --accent: #56cdb5; --over: #ff9c88; --reference: #7d8078; }
  }
  text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; fill: var(--text); }
  .muted { fill: var(--muted); font-size: 12px; }
  .bold { font-weight: 600; }
  .end { text-anchor: end; }
  .middle { text-anchor: middle; }
  .grid { stroke: var(--edge); }
  .one { stroke: var(--muted); stroke-dasharray: 3 3; }
  .bar { fill: var(--accent); }
  .bar.near { fill-opacity: 0.5; }
  .bar.over { fill: var(--over); }
  .goal { stroke: var(--text); stroke-width: 2; }
  .floor { fill: none; stroke: var(--text); stroke-width: 1.5; }
  .line { fill: none; stroke-width: 2; stroke-linejoin: round; }
  .line-reference { stroke: var(--reference); }
  .line-wasm { stroke: var(--accent); }
  .line-raw { stroke: var(--muted); stroke-width: 1.2; stroke-dasharray: 2 3; }
`;

const escape = (text) => String(text).replace(/[<>&"]/g, (character) => `&#${character.charCodeAt(0)};`);
const round = (value) => (typeof value === "number" ? Math.round(value * 10) / 10 : value);

/** An element without text. `attributes` are written as they are named; `kind` is the class. */
export function shape(name, { kind, ...attributes }, content = "") {
  const all = { class: kind, ...attributes };
  const written = Object.entries(all).filter(([, value]) => value !== undefined);
  const text = written.map(([key, value]) => ` ${key}="${escape(round(value))}"`).join("");
  return `<${name}${text}>${content}</${name}>`;
}

export const text = (x, y, content, kind) => shape("text", { x, y, kind }, escape(content));
export const line = (x1, y1, x2, y2, kind) => shape("line", { x1, y1, x2, y2, kind });

export function svg(width, height, title, shapes) {
  const xmlns = "http://www.w3.org/2000/svg";
  const attributes = { xmlns, viewBox: `0 0 ${width} ${height}`, width, height, role: "img" };
  const content = [shape("title", {}, escape(title)), shape("style", {}, STYLE), ...shapes];
  return `${shape("svg", attributes, `\n${content.join("\n")}\n`)}\n`;
}
