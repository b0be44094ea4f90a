// The pure parts of the scripts that pages use, as they are shipped.

import assert from "node:assert/strict";
import { test } from "node:test";

const shipped = (name) => import(`../../themes/default/scripts/${name}.js`);
const { look } = await shipped("look");
const { key, read, tick } = await shipped("ticks");
const { choice, fits, query } = await shipped("filter");
const { markdown } = await shipped("copy");

test("a look that is none is the system's", () => {
  assert.deepEqual(["dark", "light", "pink", null].map(look), ["dark", "light", "system", "system"]);
});

test("ticks are kept by task, and what cannot be read is nothing", () => {
  const two = tick(tick({}, "step:a#x", true), "step:a#y", true);
  assert.deepEqual(tick(two, "step:a#x", false), { "step:a#y": true });
  assert.deepEqual(read(JSON.stringify(two)), two);
  assert.deepEqual(["", "nonsense", "null", '{"a": 1}', null].map(read), [{}, {}, {}, {}, {}]);
  assert.equal(key("/repo/"), "/repo/:ticks:1");
});

test("a choice is an address and back", () => {
  const chosen = { level: "easy", skill: "customer-insight" };
  assert.equal(query({ ...chosen, step: "" }), "?level=easy&skill=customer-insight");
  assert.deepEqual(choice(query(chosen), ["level", "skill", "step"]), chosen);
  assert.deepEqual(choice("?level=easy&utm=x", ["level"]), { level: "easy" });
  assert.equal(query({}), "");
});

test("an entry fits what it has, in no more minutes than chosen", () => {
  const entry = { level: "easy", skill: "a bc", minutes: "20" };
  assert.ok(fits(entry, { level: "easy", skill: "bc", minutes: "20", step: "" }));
  assert.ok(!fits(entry, { skill: "b" }));
  assert.ok(!fits(entry, { minutes: "10" }));
  assert.ok(!fits(entry, { step: "x" }));
});

// As much of a page as the script looks at.
const text = (textContent) => ({ nodeType: 3, textContent });
function element(tagName, childNodes, more = {}) {
  const made = { nodeType: 1, tagName, childNodes, closest: () => null, ...more };
  made.children = childNodes.filter((child) => child.nodeType === 1);
  made.children.forEach((child) => (child.parentElement = made));
  return made;
}

test("a sheet is copied as Markdown with what is filled in", () => {
  const cells = (name, ...texts) => element("TR", texts.map((own) => element(name, [text(own)])));
  const sheet = element("DIV", [
    element("H2", [text("The plan")]),
    element("P", [text("Who: "), element("INPUT", [], { type: "text", value: "Ada" })]),
    element("P", [text("When: "), element("INPUT", [], { type: "text", value: "" })]),
    element("TABLE", [
      element("THEAD", [cells("TH", "No.", "What")]),
      element("TBODY", [cells("TD", "1", "a|b")]),
    ]),
    element("UL", [element("LI", [element("INPUT", [], { type: "checkbox", checked: true }), text("Ask")])]),
  ]);
  assert.equal(
    markdown(sheet),
    "## The plan\n\nWho: Ada\n\nWhen: ____________\n\n| No. | What |\n|---|---|\n| 1 | a\\|b |\n\n- [x] Ask\n",
  );
});
