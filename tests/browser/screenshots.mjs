// Takes the picture of the guide for the README: `GUIDE=DIR npm run screenshots`.

import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { launch, listen, serve } from "./site.mjs";

const PICTURE = fileURLToPath(new URL("guide.png", import.meta.url));
const MOST_BYTES = 200 * 1024;

const server = await serve("/");
const browser = await launch();
const viewport = { width: 1200, height: 800 };
const context = await browser.newContext({ viewport, colorScheme: "light" });
const { page } = await listen(context, server.root);
await page.goto(`${server.root}index.html`);
await page.screenshot({ path: PICTURE });
await browser.close();
server.close();

const { size } = statSync(PICTURE);
console.log(`${PICTURE}: ${size} bytes`);
if (size > MOST_BYTES) throw new Error(`more than ${MOST_BYTES} bytes`);
