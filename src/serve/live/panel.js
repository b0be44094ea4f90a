// @ts-check
// The panel over the page: what was found, and how to get there. It lives in a shadow of its own,
// so that neither the page's style nor its script meets it.

/**
 * @typedef {object} Finding
 * @property {string} code
 * @property {"error" | "warning"} severity
 * @property {string} message
 * @property {string} file
 * @property {number} line
 * @property {number} column
 * @property {string} excerpt
 * @property {string | null} open the link to the editor
 */

/**
 * @typedef {object} Findings
 * @property {number} errors
 * @property {number} warnings
 * @property {Finding[]} shown
 */

const STYLE = `
:host { all: initial; }
* { box-sizing: border-box; }
#live { position: fixed; inset: auto 0 0 0; z-index: 2147483647; display: flex; flex-direction: column;
  align-items: flex-end; gap: 8px; padding: 8px; pointer-events: none;
  font: 14px/1.45 system-ui, sans-serif; color: #1d1d1f; }
#live > * { pointer-events: auto; }
section, nav button { background: #fff; border: 1px solid #b8b8be; border-radius: 6px;
  box-shadow: 0 2px 12px rgb(0 0 0 / 20%); }
section { width: min(760px, 100%); max-height: 60vh; overflow: auto; padding: 12px 16px; }
section[hidden] { display: none; }
#findings[data-errors] { border-color: #c22; border-top-width: 4px; }
#eye { width: min(340px, 100%); }
nav { display: flex; gap: 6px; }
button { font: inherit; color: inherit; padding: 3px 10px; cursor: pointer; }
button[aria-expanded=true] { background: #ececf0; }
button:focus-visible, a:focus-visible { outline: 2px solid #06c; outline-offset: 2px; }
h2 { font-size: 15px; margin: 0 0 8px; }
h3 { font: inherit; font-weight: 600; margin: 12px 0 2px; overflow-wrap: anywhere; }
p, ul { margin: 4px 0; }
ul { padding-left: 18px; }
li { overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: auto 1fr; gap: 2px 12px; margin: 0; }
dt { color: #60606a; }
dd { margin: 0; }
a { color: #05c; }
pre { font: 12px/1.4 ui-monospace, monospace; background: #f4f4f6; padding: 8px; margin: 4px 0;
  overflow-x: auto; border-radius: 4px; }
.error { color: #b00020; }
.warning { color: #8a5300; }
@media (prefers-color-scheme: dark) {
  #live { color: #eee; }
  section, nav button { background: #202024; border-color: #55555c; }
  button[aria-expanded=true] { background: #38383e; }
  pre { background: #2b2b30; }
  a { color: #7ab8ff; }
  dt { color: #a9a9b4; }
  .error { color: #ff8a93; }
  .warning { color: #ffc36b; }
}
@media print { :host { display: none !important; } }
`;

/**
 * An element with attributes and children; what is no element becomes text.
 * @param {string} name
 * @param {Record<string, string | null>} attributes
 * @param {...(Node | string)} children
 */
export function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null) element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

/** @param {number} count @param {string} word */
const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** @param {Findings} findings */
export function summary({ errors, warnings }) {
  const parts = [errors && counted(errors, "error"), warnings && counted(warnings, "warning")];
  return parts.filter(Boolean).join(", ") || "no findings";
}

/**
 * What is remembered from page to page; nothing where that is forbidden.
 * @param {string} name
 * @param {string} [value]
 */
export function remembered(name, value) {
  try {
    if (value !== undefined) localStorage.setItem(name, value);
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

const WARNINGS = "pmjump-warnings";

export class Panel {
  constructor() {
    const host = document.createElement("pmjump-live");
    const shadow = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    this.findings = make("section", { id: "findings", "aria-label": "Findings", hidden: "" });
    this.toggle = make("button", { type: "button", "aria-expanded": "false", "aria-controls": "findings" });
    this.toggle.hidden = true;
    this.bar = make("nav", { "aria-label": "pmjump" }, this.toggle);
    this.root = make("div", { id: "live" }, this.findings, this.bar);
    shadow.append(this.root);
    document.documentElement.append(host);
    this.toggle.addEventListener("click", () => this.open(this.findings.hidden, true));
    this.findings.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.open(false, true);
    });
    this.errors = false;
    this.last = "";
  }

  /** @param {import("./stream.js").News} news */
  show({ panel, trouble }) {
    const print = JSON.stringify([panel, trouble]);
    this.root.toggleAttribute("data-lost", false);
    if (print === this.last) return this.name(panel, trouble);
    this.last = print;
    const cause = trouble ? [make("h3", { class: "error" }, trouble)] : [];
    const more = panel.errors + panel.warnings - panel.shown.length;
    const rest = more > 0 ? [make("p", {}, `and ${more} more: pmjump check`)] : [];
    const heading = make("h2", {}, trouble ? "The content cannot be read" : summary(panel));
    this.findings.replaceChildren(heading, ...cause, ...panel.shown.map(finding), ...rest);
    this.errors = panel.errors > 0 || trouble !== null;
    this.findings.toggleAttribute("data-errors", this.errors);
    this.name(panel, trouble);
    const any = this.errors || panel.warnings > 0;
    this.open(any && (this.errors || remembered(WARNINGS) === "open"), false);
  }

  /**
   * @param {Findings} panel
   * @param {string | null} trouble
   */
  name(panel, trouble) {
    this.toggle.textContent = trouble ? "trouble" : summary(panel);
    this.toggle.className = this.errors ? "error" : "warning";
    this.toggle.hidden = !trouble && panel.errors + panel.warnings === 0;
  }

  /** The server cannot be heard. */
  lost() {
    this.root.toggleAttribute("data-lost", true);
    this.toggle.textContent = "pmjump serve has ended";
    this.toggle.className = "error";
    this.toggle.hidden = false;
  }

  /**
   * @param {boolean} wanted
   * @param {boolean} asked whether the reader wants it so
   */
  open(wanted, asked) {
    this.findings.hidden = !wanted;
    this.toggle.setAttribute("aria-expanded", String(wanted));
    if (asked && !this.errors) remembered(WARNINGS, wanted ? "open" : "closed");
  }
}

/** @param {Finding} found */
function finding(found) {
  const title = make("h3", { class: found.severity }, `${found.severity}[${found.code}]: ${found.message}`);
  const place = `${found.file}:${found.line}:${found.column}`;
  const link = found.open ? make("a", { href: found.open }, place) : place;
  const excerpt = found.excerpt ? [make("pre", {}, found.excerpt)] : [];
  return make("article", {}, title, make("p", {}, link), ...excerpt);
}
