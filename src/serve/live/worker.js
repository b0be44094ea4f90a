// @ts-check
// Holds the one stream, and passes on what it says to all tabs.

import { follow } from "./stream.js";

/** @type {Set<MessagePort>} */
const tabs = new Set();
/** @type {import("./stream.js").News | null | undefined} */
let last;
/** Files keep their last editions, since each piece of news has only those that are new. */
let files = {};

follow((news) => {
  if (news !== null) {
    if (last && last.run !== news.run) files = {};
    files = { ...files, ...news.files };
    news = { ...news, files };
    last = news;
  }
  for (const tab of tabs) tab.postMessage(news);
});

addEventListener("connect", (event) => {
  const tab = /** @type {MessageEvent} */ (event).ports[0];
  tab.onmessage = (message) => {
    if (message.data === "bye") tabs.delete(tab);
    else welcome(tab);
  };
  welcome(tab);
});

/** @param {MessagePort} tab */
function welcome(tab) {
  tabs.add(tab);
  if (last !== undefined) tab.postMessage(last);
}
