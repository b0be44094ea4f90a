// @ts-check
// One stream of news for all tabs: a browser opens six connections to a host, and a stream for
// each tab would leave none for the seventh.

/**
 * What the server says: `src/serve/board.rs` writes it.
 * @typedef {object} News
 * @property {string} run which run of the server it is
 * @property {number} edition the number of what is served
 * @property {number} changed the edition that brought the site that is served
 * @property {Record<string, number>} files files that are no pages, with their last editions
 * @property {import("./panel.js").Findings} panel what was found
 * @property {string | null} trouble why nothing could be looked at
 */

const EVENTS = "/.pmjump/events";

/**
 * Calls `hear` for all news, the present state first, and `lose` when the server is gone.
 * @param {(news: News) => void} hear
 * @param {() => void} lose
 */
export function listen(hear, lose) {
  /** @param {News | null} news */
  const take = (news) => (news === null ? lose() : hear(news));
  if (typeof SharedWorker === "undefined") return follow(take);
  const worker = new SharedWorker("/.pmjump/worker.js", { type: "module", name: "pmjump" });
  // Where a worker cannot start, as in some private windows, the tab has its own stream.
  worker.onerror = () => follow(take);
  worker.port.onmessage = (event) => take(event.data);
  worker.port.start();
  addEventListener("pagehide", () => worker.port.postMessage("bye"));
  addEventListener("pageshow", (event) => {
    if (event.persisted) worker.port.postMessage("hello");
  });
}

/**
 * Follows the stream; null is told when it breaks off. The browser connects again by itself.
 * @param {(news: News | null) => void} take
 */
export function follow(take) {
  const source = new EventSource(EVENTS);
  source.onmessage = (event) => take(JSON.parse(event.data));
  source.onerror = () => {
    take(null);
    // A browser gives up on an answer that is no stream; another server may come.
    if (source.readyState === EventSource.CLOSED) {
      setTimeout(() => follow(take), 1000);
    }
  };
}
