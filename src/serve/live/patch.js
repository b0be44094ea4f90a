// @ts-check
// Turns the page that is shown into the one that is served, and keeps what its reader did.

import { Idiomorph } from "./idiomorph.esm.js";

/** What a reader changes, by element: it stays as it is. */
const OURS = "script[data-page]";

/**
 * The address of a file of the site, without the slash at its beginning; null for others.
 * @param {string} url
 * @param {string} base
 */
export function address(url, base) {
  try {
    const { origin, pathname } = new URL(url, base);
    return origin === new URL(base).origin ? decodeURIComponent(pathname).slice(1) : null;
  } catch {
    return null;
  }
}

/**
 * The same address asked for anew.
 * @param {string} url
 * @param {number} version
 */
export function renewed(url, version) {
  const [path, fragment] = url.split("#");
  const bare = path.replace(/([?&])v=\d+(&|$)/, "$1").replace(/[?&]$/, "");
  const mark = bare.includes("?") ? "&" : "?";
  return `${bare}${mark}v=${version}${fragment === undefined ? "" : `#${fragment}`}`;
}

/**
 * Whether the reader has changed what a form holds, or what is folded open.
 * @param {string} name an attribute
 * @param {Element} element
 */
export function isReaders(name, element) {
  const own = /** @type {any} */ (element);
  switch (name) {
    case "open":
      return element.tagName === "DETAILS" || element.tagName === "DIALOG";
    case "value":
      return own.defaultValue !== undefined && own.value !== own.defaultValue;
    case "checked":
      return own.defaultChecked !== undefined && own.checked !== own.defaultChecked;
    case "selected":
      return own.defaultSelected !== undefined && own.selected !== own.defaultSelected;
    default:
      return false;
  }
}

/**
 * Patches the document. Returns false if only loading it again will do.
 * @param {string} text the page that is served
 * @param {string} before the page that was served before
 * @param {Record<string, number>} versions files that have changed since the page was loaded
 */
export async function patch(text, before, versions) {
  const next = parse(text);
  const old = parse(before);
  if (scripts(next) !== scripts(old) || modulesChanged(old, next)) return false;
  for (const [element, name] of references(next)) renew(element, name, versions);
  copyAttributes(document.documentElement, next.documentElement);
  await mergeHead(next.head);
  Idiomorph.morph(document.body, next.body, {
    morphStyle: "outerHTML",
    ignoreActiveValue: true,
    restoreFocus: true,
    callbacks: {
      beforeAttributeUpdated: (name, element) => !isReaders(name, element),
      // What a script has made of its place stays: what the server says of it is the same.
      beforeNodeMorphed: (node) => !(node instanceof Element && node.matches("[data-module]")),
    },
  });
  return true;
}

/** @param {string} text */
const parse = (text) => new DOMParser().parseFromString(text, "text/html");

/** @param {Document} page */
function scripts(page) {
  const all = [...page.querySelectorAll(`script:not(${OURS})`)];
  return all.map((script) => script.outerHTML).join("\n");
}

/**
 * Whether the places of scripts are others: only loading the page again mounts them.
 * @param {Document} old
 * @param {Document} next
 */
function modulesChanged(old, next) {
  const print = (/** @type {Document} */ page) =>
    [...page.querySelectorAll("[data-module]")].map((place) => place.outerHTML).join("\n");
  return print(old) !== print(next);
}

/**
 * Elements that show another file, with the attribute that names it.
 * @param {Document} page
 * @returns {[Element, string][]}
 */
function references(page) {
  const links = [...page.querySelectorAll("link[href]")];
  const others = [...page.querySelectorAll("[src]")].filter((own) => own.tagName !== "SCRIPT");
  return [...links.map((link) => [link, "href"]), ...others.map((own) => [own, "src"])];
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {Record<string, number>} versions
 */
function renew(element, name, versions) {
  const url = element.getAttribute(name) ?? "";
  const version = versions[address(url, document.baseURI) ?? ""];
  if (version) element.setAttribute(name, renewed(url, version));
}

/**
 * @param {Element} element
 * @param {Element} next
 */
function copyAttributes(element, next) {
  for (const { name, value } of [...next.attributes]) {
    if (element.getAttribute(name) !== value) element.setAttribute(name, value);
  }
}

/**
 * Makes the head that of the next page. Style sheets go when those in their place are there.
 * @param {Element} next
 */
async function mergeHead(next) {
  const mine = (/** @type {Element} */ element) => element.matches(OURS);
  const old = [...document.head.children].filter((element) => !mine(element));
  const wanted = [...next.children].filter((element) => !mine(element));
  const loads = [];
  /** @type {Element | null} */
  let after = null;
  for (const element of wanted) {
    const at = old.findIndex((own) => own.outerHTML === element.outerHTML);
    const own = at < 0 ? document.importNode(element, true) : old.splice(at, 1)[0];
    if (at < 0) {
      if (isSheet(own)) loads.push(loaded(own));
      if (after) after.after(own);
      else document.head.prepend(own);
    }
    after = own;
  }
  for (const element of old.filter((element) => !isSheet(element))) element.remove();
  const sheets = old.filter(isSheet);
  if (sheets.length === 0 && loads.length === 0) return;
  // The text need not wait for the style.
  Promise.all(loads).then(() => sheets.forEach((sheet) => sheet.remove()));
}

/** @param {Element} element */
const isSheet = (element) => element.matches("link[rel~=stylesheet]");

/** @param {Element} link */
const loaded = (link) =>
  new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
  });

/**
 * Shows files that have changed without loading the page again. Returns false if that will not
 * do: a script cannot be taken back.
 * @param {Record<string, number>} files
 */
export async function swap(files) {
  const names = Object.keys(files);
  if (names.some((name) => /\.m?js$/.test(name)) && hasScripts()) return false;
  const all = references(document);
  const shown = new Set(all.map(([own, name]) => address(own.getAttribute(name) ?? "", document.baseURI)));
  // What no element names may be named by a style sheet.
  const hidden = names.filter((name) => !shown.has(name) && !/\.(html|json)$/.test(name));
  const latest = Math.max(0, ...hidden.map((name) => files[name]));
  await Promise.all(
    all.map(([own, name]) => {
      const url = own.getAttribute(name) ?? "";
      const known = address(url, document.baseURI) ?? "";
      const version = files[known] ?? (isSheet(own) && known ? latest : 0);
      return version ? show(own, name, renewed(url, version)) : null;
    }),
  );
  return true;
}

function hasScripts() {
  return document.querySelector(`script[src]:not(${OURS})`) !== null;
}

/**
 * @param {Element} element
 * @param {string} name
 * @param {string} url
 */
async function show(element, name, url) {
  if (!isSheet(element)) {
    element.setAttribute(name, url);
    return;
  }
  const next = /** @type {Element} */ (element.cloneNode());
  next.setAttribute(name, url);
  const done = loaded(next);
  element.after(next);
  await done;
  element.remove();
}
