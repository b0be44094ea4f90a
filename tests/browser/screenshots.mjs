// Takes the pictures of the README: `GUIDE=DIR npm run screenshots`.

import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { start } from "./dev.mjs";
import { launch, listen, serve } from "./site.mjs";

const MOST_BYTES = 200 * 1024;

const place = (name) => fileURLToPath(new URL(name, import.meta.url));
const browser = await launch();
const viewport = { width: 1200, height: 800 };
const context = await browser.newContext({ viewport, colorScheme: "light" });
await reading("guide.png");
await editing("live.png");
await browser.close();

/** The guide as a reader sees it. */
async function reading(name) {
  const server = await serve("/");
  const { page } = await listen(context, server.root);
  await page.goto(`${server.root}index.html`);
  await take(page, name);
  server.close();
}

/** A page with a mistake, as its author sees it. */
async function editing(name) {
  const root = mkdtempSync(join(tmpdir(), "pmjump-picture-"));
  cpSync(place("../../content"), join(root, "content"), { recursive: true });
  const server = await start(root);
  const { page } = await listen(context, server.root);
  await page.goto(`${server.root}steps/gather-intel.html`);
  await page.getByRole("button", { name: "This page" }).waitFor();
  const file = join(root, "content/steps/gather-intel.md");
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace("skills: [", "skills: [custmer-insight, "));
  await page.locator("#findings").waitFor({ state: "visible" });
  await take(page, name);
  server.stop();
  rmSync(root, { recursive: true });
}

async function take(page, name) {
  const path = place(name);
  await page.screenshot({ path });
  const { size } = statSync(path);
  console.log(`${path}: ${size} bytes`);
  if (size > MOST_BYTES) throw new Error(`more than ${MOST_BYTES} bytes`);
}
