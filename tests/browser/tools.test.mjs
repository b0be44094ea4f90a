// What readers do with the pages: choose a look, filter, tick, copy, follow the map.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PAGES, launch, listen, serve } from "./site.mjs";

const STEP = PAGES.find((page) => /^steps\/(?!index)/.test(page));
const WORKSHEET = PAGES.find((page) => /^worksheets\/(?!index)/.test(page));
const SKILL = PAGES.find((page) => /^skills\/(?!index)/.test(page));

let browser;
let server;

before(async () => {
  browser = await launch();
  server = await serve("/repo/");
});

after(async () => {
  await browser?.close();
  server?.close();
});

async function visit(options, visitor) {
  const context = await browser.newContext(options);
  try {
    const { page, heard } = await listen(context, server.root);
    await visitor(page, context);
    assert.deepEqual(heard, []);
  } finally {
    await context.close();
  }
}

const paper = (page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

test("the look that was chosen holds on the next page before its scripts run", () =>
  visit({ colorScheme: "light" }, async (page) => {
    await page.goto(`${server.root}index.html`);
    const light = await paper(page);
    await page.locator(".look select").selectOption("dark");
    const dark = await paper(page);
    assert.notEqual(dark, light);
    await page.route("**/scripts/look.js", (route) => route.fulfill({ body: "export const mount = () => {};", contentType: "text/javascript" }));
    await page.goto(server.root + STEP);
    assert.equal(await paper(page), dark);
  }));

test("without scripts there is no tool that does nothing", () =>
  visit({ javaScriptEnabled: false }, async (page) => {
    for (const address of ["index.html", "questions/index.html", WORKSHEET]) {
      await page.goto(server.root + address);
      assert.equal(await page.locator(":is(button, select):visible").count(), 0, address);
    }
  }));

test("a choice of questions can be shared as an address", () =>
  visit({}, async (page) => {
    const shown = page.locator("#at_list li:visible");
    await page.goto(`${server.root}questions/index.html`);
    await page.locator("select[name=level]:visible").selectOption("hard");
    await page.locator("select[name=minutes]").selectOption("30");
    const few = await shown.allInnerTexts();
    assert.ok(few.length > 0);
    assert.match(page.url(), /\?level=hard&minutes=30$/);
    const address = page.url();
    await page.locator(".filters button").click();
    assert.ok((await shown.count()) > few.length);
    await page.goto(address);
    await page.locator(".filters").waitFor();
    assert.deepEqual(await shown.allInnerTexts(), few);
  }));

test("a tick is there when the reader comes back", () =>
  visit({}, async (page) => {
    await page.goto(server.root + STEP);
    const boxes = page.locator("input[data-task]");
    await boxes.first().check();
    await page.reload();
    await page.waitForFunction(() => document.querySelector("input[data-task]").checked);
    assert.equal(await boxes.nth(1).isChecked(), false);
  }));

test("words to say and a filled-in sheet can be copied", () =>
  visit({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await page.goto(server.root + STEP);
    const quote = page.locator("blockquote:has(button)").first();
    const words = (await quote.locator("p").first().innerText()).slice(0, 30);
    await quote.locator("button").click();
    await quote.locator("button", { hasText: "Copied" }).waitFor();
    assert.ok((await copied()).startsWith(words));
    await page.goto(server.root + WORKSHEET);
    await page.locator(".field").first().fill("Something of mine");
    await page.locator(".actions button").first().click();
    await page.locator(".actions button", { hasText: "Copied" }).waitFor();
    assert.match(await copied(), /^## /m);
    assert.match(await copied(), /Something of mine/);
  }));

for (const width of [320, 1440]) {
  test(`the map leads through the journey in order at ${width} pixels`, () =>
    visit({ viewport: { width, height: 800 } }, async (page) => {
      await page.goto(`${server.root}index.html`);
      const numbers = await page.locator(".map:visible .number").allTextContents();
      assert.deepEqual(numbers.map(Number), numbers.map((_, at) => at + 1));
      const small = await page.locator(".map:visible a").evaluateAll((links) =>
        links.map((link) => link.getBoundingClientRect()).filter(({ height }) => height < 23.5).length,
      );
      assert.equal(small, 0);
      await page.locator(".map:visible a").first().click();
      await page.waitForURL(/\/steps\/[a-z0-9-]+\.html$/);
      await page.goto(server.root + SKILL);
      await page.locator(".around .map a").first().click();
      await page.waitForURL(/\/(steps|skills)\/[a-z0-9-]+\.html$/);
    }));
}

test("a term explains itself to the keyboard", () =>
  visit({}, async (page) => {
    await page.goto(`${server.root}glossary.html`);
    const term = page.locator("a.term").first();
    await term.focus();
    const shown = await term.evaluate((link) => getComputedStyle(link, "::after").content);
    assert.ok(shown.includes(await term.getAttribute("aria-description")) || shown.length > 20);
  }));

test("text at twice its size loses nothing", () =>
  visit({ viewport: { width: 640, height: 800 } }, async (page) => {
    for (const address of ["index.html", STEP, SKILL, WORKSHEET, "questions/index.html"]) {
      await page.goto(server.root + address);
      await page.evaluate(() => (document.documentElement.style.fontSize = "36px"));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(width <= 640, `${address}: ${width}`);
    }
  }));

test("a worksheet prints on the pages that it promises", () =>
  visit({}, async (page) => {
    for (const address of PAGES.filter((page) => /^worksheets\/(?!index)/.test(page))) {
      await page.goto(server.root + address);
      const promised = /(\d+) pages?/.exec(await page.locator(".facts").innerText());
      if (!promised) continue;
      const print = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
      const pages = print.match(/\/Type\s*\/Page\b/g)?.length;
      assert.ok(pages <= Number(promised[1]), `${address}: ${pages}, promised ${promised[1]}`);
    }
  }));
