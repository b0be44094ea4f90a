// What the tests of the built guide share: where it is, how it is served, and a browser.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

const BROWSERS = ["/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/chromium-browser"];

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The folder of the built guide. `tests/run` sets it. */
export const GUIDE = guide();

function guide() {
  const folder = process.env.GUIDE;
  if (!folder || !existsSync(join(folder, "index.html"))) {
    throw new Error("set GUIDE to the folder of a built guide: pmjump build --out DIR");
  }
  return resolve(folder);
}

/** All pages by address, in order. */
export const PAGES = readdirSync(GUIDE, { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile() && file.name.endsWith(".html"))
  .map((file) => join(file.parentPath ?? file.path, file.name))
  .map((path) => path.slice(GUIDE.length + 1).split(sep).join("/"))
  .sort();

/** A page sends its readers on at once. */
export const isRedirect = (page) =>
  readFileSync(join(GUIDE, page), "utf8").includes('http-equiv="refresh"');

/** One page of each kind: those at the top, and of each folder the list and an entry. */
export const SAMPLES = samples();

function samples() {
  const top = PAGES.filter((page) => !page.includes("/"));
  const rest = PAGES.filter((page) => page.includes("/") && !isRedirect(page));
  const folders = [...new Set(rest.map((page) => page.split("/")[0]))];
  const entries = folders.map((folder) => {
    const own = rest.filter((page) => page.startsWith(`${folder}/`));
    return own.find((page) => !page.endsWith("/index.html"));
  });
  const lists = folders.map((folder) => `${folder}/index.html`);
  return [...top, ...lists, ...entries].filter((page) => PAGES.includes(page));
}

/** Serves the guide below `base`, as a plain host of files does. */
export async function serve(base) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const inside = pathname.startsWith(base) ? decodeURIComponent(pathname.slice(base.length)) : null;
    const path = inside === null ? null : join(GUIDE, inside || "index.html");
    if (path === null || !path.startsWith(GUIDE + sep) || !existsSync(path)) {
      response.writeHead(404, { "content-type": "text/plain" }).end("not found");
      return;
    }
    const type = TYPES[extname(path)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type }).end(readFileSync(path));
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const root = `http://127.0.0.1:${server.address().port}${base}`;
  return { root, close: () => server.close() };
}

/** The guide as it lies on the disk. */
export const DISK = `${pathToFileURL(GUIDE)}/`;

/** Starts Debian's browser, or the one that CHROMIUM names. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? BROWSERS.find((path) => existsSync(path));
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A tab that takes down all it hears: messages, errors, and requests outside `root`. */
export async function listen(context, root) {
  const page = await context.newPage();
  const heard = [];
  page.on("console", (message) => heard.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => heard.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => {
    const { errorText } = request.failure();
    // Who leaves a page stops what it still loads.
    if (errorText !== "net::ERR_ABORTED") heard.push(`${errorText}: ${request.url()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(root)) heard.push(`asks for ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) heard.push(`${response.status()}: ${response.url()}`);
  });
  return { page, heard };
}
