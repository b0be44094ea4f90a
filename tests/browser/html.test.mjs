// Every page of the built guide is valid HTML.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { HtmlValidate } from "html-validate";
import { GUIDE, PAGES } from "./site.mjs";

const RULES = {
  // A question's title is the question as it is spoken.
  "long-title": "off",
};

test("html-validate has nothing to say", async () => {
  const validator = new HtmlValidate({ extends: ["html-validate:recommended"], rules: RULES });
  const said = [];
  for (const page of PAGES) {
    const { results } = await validator.validateFile(join(GUIDE, page));
    const messages = results.flatMap((result) => result.messages);
    said.push(...messages.map((own) => `${page}:${own.line}: ${own.ruleId}: ${own.message}`));
  }
  assert.deepEqual(said, []);
});
