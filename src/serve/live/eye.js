// @ts-check
// The author's eye: what the page that is shown has, and what it lacks. A toggle, remembered.

import { make, remembered } from "./panel.js";

/** @typedef {{title: string, kind: string, href: string}} Card */

/**
 * What `src/serve/eye.rs` knows of a page.
 * @typedef {object} Seen
 * @property {string} kind
 * @property {string} id
 * @property {string} file
 * @property {string} open
 * @property {number} words
 * @property {string | null} effort
 * @property {string[]} missing
 * @property {{page: Card, questions: number, least: number | null}[]} coverage
 * @property {string | null} reviewed
 * @property {boolean} stale
 * @property {Card[]} incoming
 * @property {Card[]} outgoing
 */

const NAME = "pmjump-eye";

/**
 * Adds the toggle. Returns what brings the eye up to date.
 * @param {import("./panel.js").Panel} panel
 */
export function watchPage(panel) {
  const view = make("section", { id: "eye", "aria-label": "This page", hidden: "" });
  const toggle = make("button", { type: "button", "aria-controls": "eye" }, "This page");
  panel.root.insertBefore(view, panel.bar);
  panel.bar.append(toggle);
  const look = async () => {
    const on = remembered(NAME) === "on";
    toggle.setAttribute("aria-expanded", String(on));
    if (on) view.replaceChildren(...describe(await seen()));
    view.hidden = !on;
  };
  toggle.addEventListener("click", () => {
    remembered(NAME, view.hidden ? "on" : "off");
    look();
  });
  look();
  return look;
}

/** @returns {Promise<Seen | null>} */
async function seen() {
  const response = await fetch(`/.pmjump/eye${location.pathname}`, { cache: "no-store" });
  return response.ok ? response.json() : null;
}

/** @param {Seen | null} page */
function describe(page) {
  if (page === null) return [make("p", {}, "This page is about no single entry.")];
  const facts = [
    ["Words", String(page.words)],
    ["Effort", page.effort],
    ["Reviewed", page.reviewed && (page.stale ? `${page.reviewed}, long ago` : page.reviewed)],
    ["Missing", page.missing.join(", ") || null],
  ];
  const rows = facts.filter(([, value]) => value !== null);
  const list = rows.flatMap(([name, value]) => [make("dt", {}, name ?? ""), make("dd", {}, value ?? "")]);
  return [
    make("h2", {}, `${page.kind} ${page.id}`),
    make("p", {}, make("a", { href: page.open }, "Edit in my editor"), ` ${page.file}`),
    make("dl", {}, ...list),
    ...part("Questions", page.coverage.map(covered)),
    ...part(`Links from ${page.incoming.length}`, page.incoming.map(link)),
    ...part(`Links to ${page.outgoing.length}`, page.outgoing.map(link)),
  ];
}

/** @param {Seen["coverage"][number]} one */
function covered({ page, questions, least }) {
  const few = least !== null && questions < least;
  const count = make("span", { class: few ? "warning" : "" }, least === null ? `${questions}` : `${questions} of ${least}`);
  return make("li", {}, make("a", { href: page.href }, page.title), " ", count);
}

/** @param {Card} card */
const link = (card) => make("li", {}, make("a", { href: card.href }, card.title), ` ${card.kind}`);

/**
 * @param {string} title
 * @param {Node[]} items
 */
function part(title, items) {
  return items.length === 0 ? [] : [make("h3", {}, title), make("ul", {}, ...items)];
}
