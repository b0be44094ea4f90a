// @ts-check
// Keeps the page that is shown the one that is served. Added to answers of `pmjump serve`, and to
// no build.

import { watchPage } from "./eye.js";
import { Panel } from "./panel.js";
import { patch, swap } from "./patch.js";
import { listen } from "./stream.js";

const own = /** @type {HTMLScriptElement} */ (document.querySelector("script[data-page]"));

/** The hash of the page that is shown, as the server counts it. */
let page = own.dataset.page ?? "";
/** The page that is shown as it was served. */
let text = fetch(location.href, { cache: "force-cache" }).then((response) => response.text());
/** @type {import("./stream.js").News | null} */
let known = null;
/** @type {import("./stream.js").News | null} */
let next = null;
let busy = false;
/** Files that have changed since the page was loaded. @type {Record<string, number>} */
const versions = {};

const panel = new Panel();
const eye = watchPage(panel);

listen(
  (news) => {
    next = news;
    if (!busy) work();
  },
  () => panel.lost(),
);
addEventListener("pageshow", (event) => {
  if (event.persisted) refresh();
});

/** Takes up news, the newest only, one after another. */
async function work() {
  busy = true;
  while (next) {
    const news = next;
    next = null;
    try {
      await take(news);
    } catch {
      // The server is gone in between; the stream tells when it is back.
    }
  }
  busy = false;
}

/** @param {import("./stream.js").News} news */
async function take(news) {
  const before = known;
  known = news;
  panel.show(news);
  const restarted = before !== null && before.run !== news.run;
  if (restarted) return location.reload();
  if (before === null || before.changed !== news.changed) await refresh();
  const changed = changedFiles(before, news);
  Object.assign(versions, changed);
  if (Object.keys(changed).length > 0 && !(await swap(changed))) return location.reload();
  await eye();
  document.dispatchEvent(new CustomEvent("pmjump:shown", { detail: news.edition }));
}

/**
 * Files with another edition than before; a page that was just loaded has all of them.
 * @param {import("./stream.js").News | null} before
 * @param {import("./stream.js").News} news
 */
function changedFiles(before, news) {
  if (before === null) return {};
  const files = Object.entries(news.files);
  return Object.fromEntries(files.filter(([name, edition]) => before.files[name] !== edition));
}

/** Fetches the page, and patches the one that is shown if it is another. */
async function refresh() {
  const headers = { "If-None-Match": `"${page}"` };
  const response = await fetch(location.href, { headers, cache: "no-store" });
  const tag = (response.headers.get("etag") ?? "").replaceAll('"', "");
  if (response.status === 304 || tag === page || !/^text\/html/.test(response.headers.get("content-type") ?? "")) return;
  const [served, before] = [await response.text(), await text];
  if (!(await patch(served, before, versions))) return location.reload();
  page = tag;
  text = Promise.resolve(served);
  document.dispatchEvent(new CustomEvent("pmjump:patched"));
}
