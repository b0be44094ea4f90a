// Starts `pmjump serve` on a folder.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const BUILT = fileURLToPath(new URL("../../target/debug/pmjump", import.meta.url));

/** The program under test; `tests/run` sets it. */
export const PROGRAM = process.env.PMJUMP ?? BUILT;

/** Serves the project in `root`; answers when it does. */
export async function start(root, more = []) {
  if (!existsSync(PROGRAM)) throw new Error("set PMJUMP to the built program");
  const child = spawn(PROGRAM, ["serve", "--root", root, "--port", "0", ...more]);
  const lines = [];
  const address = await new Promise((done, fail) => {
    child.once("exit", (status) => fail(new Error(`ended with ${status}: ${lines.join("")}`)));
    child.stderr.on("data", (part) => {
      lines.push(String(part));
      const found = /http:\/\/\S+/.exec(lines.join(""));
      if (found) done(found[0]);
    });
  });
  return { root: address, child, said: () => lines.join(""), stop: () => child.kill("SIGKILL") };
}
