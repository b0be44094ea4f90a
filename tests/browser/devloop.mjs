// Measures the dev loop on a project: `node devloop.mjs ROOT NAME`. `tests/bench/devloop` runs it.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { start } from "./dev.mjs";
import { launch } from "./site.mjs";

const EDITS = 30;
const SAVES = 500;
const STORM = 5000;

const [root, name] = process.argv.slice(2);
const path = (file) => join(root, file);
const read = (file) => readFileSync(path(file), "utf8");
const now = () => performance.timeOrigin + performance.now();

const server = await start(root);
const news = listen();
const browser = await launch();

const markdown = readdirSync(path("content"), { recursive: true }).map(String).filter((file) => file.endsWith(".md"));
const playbook = markdown.filter((file) => file.startsWith("playbooks/")).sort()[0];
const id = playbook.split("/").pop().replace(".md", "");
const bank = "content/questions/metrics.yaml";
const question = /- id: (\S+)/.exec(read(bank))[1];

const append = (text, mark) => `${text}\n\nEdited ${mark}.\n`;
const prompt = (text, mark) => text.replace(/prompt: .*/, `prompt: How would you measure ${mark}?`);
const title = (text, mark) => text.replace('<main id="at_main"', `<p>${mark}</p>\n<main id="at_main"`);

await measure("content", `playbooks/${id}.html`, `content/${playbook}`, append);
await measure("bank", `questions/${question}.html`, bank, prompt);
await measure("base template", `playbooks/${id}.html`, "themes/default/templates/base.html", title);
await storm(`content/${playbook}`);
await memory(`content/${playbook}`);
await browser.close();
server.stop();
process.exit();

/** From the start of a save to the frame that shows it. */
async function measure(what, address, file, edit) {
  const page = await browser.newPage();
  await page.goto(server.root + address);
  await page.locator("pmjump-live").waitFor({ state: "attached" });
  await news.quiet();
  const text = read(file);
  const times = [];
  for (let number = 0; number < EDITS; number += 1) {
    const mark = `mark-${number}-x`;
    const painted = page.evaluate(paint, mark);
    await page.evaluate(() => null);
    const saved = now();
    writeFileSync(path(file), edit(text, mark));
    times.push((await painted) - saved);
  }
  writeFileSync(path(file), text);
  await news.quiet();
  await page.close();
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.ceil(share * times.length) - 1].toFixed(0);
  print(`${what}: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms (${EDITS} edits)`);
}

/** In the page: the time of the frame after the one that shows `mark`. */
function paint(mark) {
  return new Promise((done) => {
    const look = () => {
      if (!document.body.innerHTML.includes(mark)) return;
      document.removeEventListener("pmjump:patched", look);
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.timeOrigin + performance.now());
        port2.postMessage(null);
      });
    };
    document.addEventListener("pmjump:patched", look);
  });
}

/** Many saves, and how often is compiled after the last of them. */
async function storm(file) {
  const text = read(file);
  const before = news.count();
  for (let number = 0; number < SAVES; number += 1) {
    writeFileSync(path(file), append(text, number));
    await new Promise((done) => setTimeout(done, STORM / SAVES));
  }
  const last = news.count();
  await news.quiet();
  print(`${SAVES} saves in ${STORM / 1000} s: ${last - before} compiles meanwhile, ${news.count() - last} after the last`);
  writeFileSync(path(file), text);
  await news.quiet();
}

/** What the server holds after ten and after a thousand edits. */
async function memory(file) {
  const text = read(file);
  const held = () => /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, "utf8"))[1] / 1024;
  const samples = [];
  for (let number = 1; number <= 1000; number += 1) {
    const next = news.next();
    writeFileSync(path(file), append(text, number));
    await next;
    samples.push(held());
  }
  // An allocator gives back late, so that single samples differ: the middle of forty.
  const middle = (from) => samples.slice(from, from + 40).sort((a, b) => a - b)[20];
  const [few, many] = [middle(10), middle(960)];
  const growth = ((many / few - 1) * 100).toFixed(1);
  print(`memory: ${few.toFixed(0)} MB after 10 edits, ${many.toFixed(0)} MB after 1,000 (${growth} %)`);
  writeFileSync(path(file), text);
}

function print(line) {
  console.log(`${name.padEnd(6)} ${line}`);
}

/** The stream of news, as a tab hears it. */
function listen() {
  let count = 0;
  let changed = 0;
  let last = now();
  let waiting = [];
  get(`${server.root}.pmjump/events`, (stream) => {
    let text = "";
    stream.on("data", (part) => {
      text += part;
      const events = text.split("\n\n");
      text = events.pop();
      for (const event of events.filter((event) => event.startsWith("data: "))) {
        const told = JSON.parse(event.slice(6));
        if (told.changed === changed) continue;
        changed = told.changed;
        count += 1;
        last = now();
        waiting.splice(0).forEach((done) => done());
      }
    });
  });
  const next = () => new Promise((done) => waiting.push(done));
  const quiet = async () => {
    do await new Promise((done) => setTimeout(done, 200));
    while (now() - last < 1500);
  };
  return { count: () => count, next, quiet };
}
