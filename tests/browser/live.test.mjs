// The guide in a browser while its files change.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { start } from "./dev.mjs";
import { launch, listen } from "./site.mjs";

let browser;
let server;
let root;

const NOTE = `First words.\n\n${"A paragraph that fills the page.\n\n".repeat(80)}\nLast words.`;

const TEMPLATE = `{% extends "entry.html" %}
{% block head %}<link rel="stylesheet" href="{{ root }}theme/styles/own.css">{% endblock head %}
{% block after %}
<details id="fold"><summary>More</summary><p>Folded.</p></details>
<label>Note <input id="typed"></label><textarea id="long"></textarea>
<label><input id="tick" type="checkbox"> Done</label>
{% endblock after %}
`;

before(async () => {
  root = mkdtempSync(join(tmpdir(), "pmjump-live-"));
  write("content/site.yaml", "title: A site\nchecks: { orphan: off }\n");
  write("content/index.md", entry("Home", "See [the note](note.md)."));
  write("content/note.md", note(NOTE));
  write("content/other.md", entry("Other", "Other text."));
  write("themes/default/templates/page.html", TEMPLATE);
  write("themes/default/styles/own.css", "h1 { color: rgb(1, 2, 3); }\n");
  [browser, server] = await Promise.all([launch(), start(root, ["--editor", "code"])]);
});

after(async () => {
  await browser?.close();
  server?.stop();
  rmSync(root, { recursive: true, force: true });
});

function entry(title, text) {
  return `---\ntitle: ${title}\nsummary: A page.\n---\n\n${text}\n`;
}

function write(path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

// Changes a file for the time of some work; null takes it away.
async function altered(path, text, work) {
  const old = readFileSync(join(root, path), "utf8");
  if (text === null) rmSync(join(root, path));
  else write(path, text);
  try {
    await work();
  } finally {
    write(path, old);
  }
}

async function visit(address, visitor) {
  const context = await browser.newContext();
  try {
    const { page, heard } = await listen(context, server.root);
    await page.goto(server.root + address);
    await connected(page);
    await visitor(page, context);
    const faults = heard.filter((line) => !/404/.test(line));
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

// The page has heard from the server.
const connected = (page) => page.locator("pmjump-live").waitFor({ state: "attached" });

const says = (page, text) => page.locator("main", { hasText: text }).waitFor();

test("a page is patched in place", () =>
  visit("note.html", async (page) => {
    await page.evaluate(() => {
      window.mark = "same document";
      document.querySelector("#fold").open = true;
      document.querySelector("#long").value = "typed at length";
      document.querySelector("#tick").checked = true;
    });
    await page.locator("#typed").fill("typed");
    await page.locator("#typed").evaluate((own) => own.setSelectionRange(1, 3));
    const before = await page.evaluate(() => scrollY);
    assert.ok(before > 500);
    await altered("content/note.md", note(NOTE.replace("Last", "Newest")), async () => {
      await says(page, "Newest words");
      assert.deepEqual(await page.evaluate(state), {
        mark: "same document",
        scroll: before,
        focus: "typed",
        selection: [1, 3],
        open: true,
        typed: "typed",
        long: "typed at length",
        tick: true,
      });
    });
    await says(page, "Last words");
  }));

function note(text) {
  return entry("Note", text);
}

function state() {
  const typed = document.querySelector("#typed");
  return {
    mark: window.mark,
    scroll: scrollY,
    focus: document.activeElement.id,
    selection: [typed.selectionStart, typed.selectionEnd],
    open: document.querySelector("#fold").open,
    typed: typed.value,
    long: document.querySelector("#long").value,
    tick: document.querySelector("#tick").checked,
  };
}

test("a page whose bytes are the same does nothing", () =>
  visit("note.html", async (page) => {
    await page.evaluate(() => {
      window.changes = 0;
      const count = (list) => (window.changes += list.length);
      const all = { subtree: true, childList: true, attributes: true, characterData: true };
      for (const part of [document.head, document.body]) new MutationObserver(count).observe(part, all);
      window.shown = new Promise((done) => document.addEventListener("pmjump:shown", done));
    });
    await altered("content/other.md", entry("Other", "Words of another page."), async () => {
      await page.evaluate(() => window.shown.then(() => null));
      assert.equal(await page.evaluate(() => window.changes), 0);
    });
  }));

test("findings stand over the last good page until they are mended", () =>
  visit("note.html", async (tab) => {
    const panel = tab.locator("#findings");
    await altered("content/note.md", note(`${NOTE}\n\n[[step:nowhere]] is wrong.`), async () => {
      await panel.waitFor({ state: "visible" });
      const text = await panel.innerText();
      assert.match(text, /error\[unknown-reference\]: no step named `nowhere`/);
      assert.match(text, /\^{7}/);
      const link = panel.locator("a", { hasText: "content/note.md:" });
      assert.match(await link.getAttribute("href"), /^vscode:\/\/file\/.*note\.md:\d+:\d+$/);
      assert.equal(await tab.locator("main", { hasText: "is wrong" }).count(), 0);
      await says(tab, "Last words");
    });
    await panel.waitFor({ state: "hidden" });
  }));

test("a mistake in a template that only making the page finds is shown", () =>
  visit("note.html", async (page) => {
    const panel = page.locator("#findings");
    const faulty = TEMPLATE.replace("Folded.", "{{ page.title / 3 }}");
    await altered("themes/default/templates/page.html", faulty, async () => {
      await panel.waitFor({ state: "visible" });
      assert.match(await panel.innerText(), /template-error/);
      await says(page, "Last words");
    });
    await panel.waitFor({ state: "hidden" });
  }));

test("ten tabs hear of a change", () =>
  visit("note.html", async (first, context) => {
    const tabs = [first];
    while (tabs.length < 10) {
      const tab = await context.newPage();
      await tab.goto(`${server.root}note.html`);
      await connected(tab);
      tabs.push(tab);
    }
    await altered("content/note.md", note(NOTE.replace("First", "Very first")), () =>
      Promise.all(tabs.map((tab) => says(tab, "Very first words"))),
    );
    await Promise.all(tabs.map((tab) => says(tab, "First words")));
  }));

test("a page that is gone says so, and comes back", () =>
  visit("other.html", async (page) => {
    await altered("content/other.md", null, async () => {
      await page.locator("main", { hasText: "Other text" }).waitFor({ state: "detached" });
      assert.equal(await page.locator("h1").count(), 1);
    });
    await says(page, "Other text");
  }));

test("a misspelt address leads to the page that is meant", () =>
  visit("note.html", async (page) => {
    await page.goto(`${server.root}deep/down/notte`);
    await page.locator("[data-near] a", { hasText: "note.html" }).click();
    await says(page, "First words");
  }));

test("a change of the base template shows", () =>
  visit("note.html", async (page) => {
    const changed = TEMPLATE.replace("Folded.", "Folded otherwise.");
    await altered("themes/default/templates/page.html", changed, () =>
      page.locator("#fold p", { hasText: "otherwise" }).waitFor({ state: "attached" }),
    );
    await page.locator("#fold p", { hasText: "Folded." }).waitFor({ state: "attached" });
  }));

test("a style sheet is swapped without a moment of the wrong style", () =>
  visit("note.html", async (page) => {
    await page.evaluate(() => {
      window.seen = new Set();
      const look = () => {
        window.seen.add(getComputedStyle(document.querySelector("h1")).color);
        requestAnimationFrame(look);
      };
      look();
    });
    const color = (text) => page.waitForFunction((wanted) => window.seen.has(wanted), text);
    await altered("themes/default/styles/own.css", "h1 { color: rgb(9, 8, 7); }\n", () => color("rgb(9, 8, 7)"));
    await page.waitForFunction(() => getComputedStyle(document.querySelector("h1")).color === "rgb(1, 2, 3)");
    assert.deepEqual(await page.evaluate(() => [...window.seen]), ["rgb(1, 2, 3)", "rgb(9, 8, 7)"]);
    const sheets = page.locator("link[rel=stylesheet]");
    assert.equal(await sheets.count(), 2);
  }));

test("the author's eye knows the page, and is remembered", () =>
  visit("note.html", async (page) => {
    await page.getByRole("button", { name: "This page" }).click();
    const eye = page.locator("#eye");
    await eye.locator("h2", { hasText: "page note" }).waitFor();
    assert.match(await eye.innerText(), /Words\s+\d{3}/);
    assert.match(await eye.innerText(), /Links from 1/);
    await page.reload();
    await eye.locator("h2", { hasText: "page note" }).waitFor();
    await page.getByRole("button", { name: "This page" }).click();
    await eye.waitFor({ state: "hidden" });
  }));

test("settings, glossary and new pages show", () =>
  visit("index.html", async (page) => {
    await altered("content/site.yaml", "title: Another name\nchecks: { orphan: off }\n", () =>
      page.locator("header", { hasText: "Another name" }).waitFor(),
    );
    write("content/brand-new.md", entry("Brand new", "Text."));
    try {
      await page.locator("footer", { hasText: "Brand new" }).waitFor();
    } finally {
      rmSync(join(root, "content/brand-new.md"));
    }
    await page.locator("footer", { hasText: "Brand new" }).waitFor({ state: "detached" });
  }));

