// The built guide in a real browser: at the root of a host, in a folder of one, and from
// the disk.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { DISK, PAGES, SAMPLES, isRedirect, launch, listen, serve } from "./site.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// It counts from the site's address, which no test asks.
const HERE = SAMPLES.filter((page) => page !== "404.html");

let browser;
let servers;

before(async () => {
  browser = await launch();
  servers = await Promise.all(["/", "/repo/"].map(serve));
});

after(async () => {
  await browser?.close();
  servers?.forEach((server) => server.close());
});

// What a reader of this site sees and does, in a tab of its own.
async function visit(root, options, visitor) {
  const context = await browser.newContext(options);
  try {
    const { page, heard } = await listen(context, root);
    await visitor(page, heard);
    assert.deepEqual(heard, []);
  } finally {
    await context.close();
  }
}

const PLACES = {
  "at the root of a host": () => servers[0].root,
  "in a folder of a host": () => servers[1].root,
  "from the disk": () => DISK,
};

for (const [name, place] of Object.entries(PLACES)) {
  describe(name, () => {
    test("pages have their style, say nothing and ask nobody else", () =>
      visit(place(), {}, async (page, heard) => {
        for (const address of HERE) {
          await page.goto(place() + address);
          const skip = page.locator(".skip");
          const style = await skip.evaluate((link) => getComputedStyle(link).position);
          assert.equal(style, "absolute", address);
          assert.deepEqual(heard, [], address);
        }
      }));

    test("a reader gets from home to a step and on to a question", () =>
      visit(place(), {}, async (page) => {
        await page.goto(`${place()}index.html`);
        await page.locator('.ranked a[href^="steps/"]').first().click();
        await page.waitForURL(/\/steps\/[a-z0-9-]+\.html$/);
        await page.locator('.related a[href^="../questions/"]').first().click();
        await page.waitForURL(/\/questions\/[a-z0-9-]+\.html$/);
        const answer = page.locator("#rubric");
        assert.equal(await answer.isVisible(), false);
        for (const fold of await page.locator("article > .fold > summary").all()) {
          await fold.click();
        }
        assert.equal(await answer.isVisible(), true);
        await page.locator(".site").click();
        await page.waitForURL(/\/index\.html$/);
      }));

    test("a former address leads on", async (t) => {
      const former = PAGES.find(isRedirect);
      if (!former) return t.skip("the guide has none");
      await visit(place(), {}, async (page) => {
        await page.goto(place() + former);
        await page.waitForURL((url) => !url.href.endsWith(former));
        await page.locator("main h1").waitFor();
      });
    });
  });
}

test("no page is wider than a small telephone", () =>
  visit(servers[0].root, { viewport: { width: 320, height: 640 } }, async (page) => {
    const wide = [];
    for (const address of PAGES.filter((page) => page !== "404.html")) {
      await page.goto(servers[0].root + address);
      await page.evaluate(unfold);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      if (width > 320) wide.push(`${address}: ${width}`);
    }
    assert.deepEqual(wide, []);
  }));

const VIEWS = {
  "in light": { colorScheme: "light" },
  "in dark": { colorScheme: "dark" },
  "in forced colours": { forcedColors: "active" },
  "on a small telephone": { viewport: { width: 320, height: 640 } },
  "on a wide screen": { viewport: { width: 1440, height: 900 } },
};

for (const [name, view] of Object.entries(VIEWS)) {
  test(`axe has nothing to say ${name}`, () =>
    visit(servers[0].root, view, async (page) => {
      const said = [];
      for (const address of HERE) {
        await page.goto(servers[0].root + address);
        await page.evaluate(unfold);
        await page.evaluate(AXE);
        const { violations } = await page.evaluate(() => window.axe.run());
        said.push(...violations.map((fault) => explain(address, fault)));
      }
      assert.deepEqual(said, []);
    }));
}

test("everything can be read with scripts off", async () => {
  for (const root of [servers[0].root, DISK]) {
    const with_scripts = await texts(root, true);
    const without = await texts(root, false);
    for (const address of HERE) {
      assert.ok(without[address].length > 20, address);
      assert.equal(without[address], with_scripts[address], address);
    }
  }
});

test("folds open by keyboard with scripts off", () =>
  visit(servers[0].root, { javaScriptEnabled: false }, async (page) => {
    const question = HERE.find((page) => /^questions\/(?!index)/.test(page));
    await page.goto(servers[0].root + question);
    const folds = page.locator("details.fold");
    assert.ok((await folds.count()) > 3);
    for (const fold of await folds.all()) {
      await fold.locator("summary").focus();
      await page.keyboard.press("Enter");
      assert.equal(await fold.locator("div").first().isVisible(), true);
    }
  }));

test("links that name a folded place open it", () =>
  visit(servers[0].root, {}, async (page) => {
    const question = HERE.find((page) => /^questions\/(?!index)/.test(page));
    await page.goto(`${servers[0].root}${question}#rubric`);
    await page.locator("#rubric").waitFor({ state: "visible" });
  }));

// The text of the samples as it is seen with all folds open, without what scripts add to
// work with it.
async function texts(root, javaScriptEnabled) {
  const texts = {};
  await visit(root, { javaScriptEnabled }, async (page) => {
    for (const address of HERE) {
      await page.goto(root + address);
      await page.evaluate(unfold);
      texts[address] = await page.evaluate(() => {
        for (const tool of document.querySelectorAll("main :is(button, .filters)")) tool.remove();
        return document.querySelector("main").innerText;
      });
    }
  });
  return texts;
}

function unfold() {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
}

function explain(address, { id, help, nodes }) {
  const places = nodes.map((node) => node.html.slice(0, 120)).slice(0, 3);
  return `${address}: ${id}: ${help}\n  ${places.join("\n  ")}`;
}
