// The scripts are ES5 and keep the rules of eslint.config.js.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ESLint } from "eslint";

const theme = fileURLToPath(new URL("..", import.meta.url));
const folder = join(theme, "assets/js");
const files = readdirSync(folder).filter((name) => name.endsWith(".js"));
const assets = readFileSync(join(theme, "layouts/assets.html"), "utf8");
const search = /range slice ((?:"[a-z]+" ?)+)/.exec(assets)[1].match(/[a-z]+/g);

test("scripts pass eslint", async () => {
  const eslint = new ESLint({ cwd: theme });
  const parts = search.map((name) => readFileSync(join(folder, "search", `${name}.js`), "utf8"));
  const results = [
    ...(await eslint.lintFiles(["assets/js/*.js"])),
    ...(await eslint.lintText(`(function(){\n${parts.join("")}})();\n`, { filePath: "assets/js/search.js" })),
  ];
  assert.equal(results.length, files.length + 1);
  assert.deepEqual(
    results.flatMap(({ filePath, messages }) => messages.map((m) => `${filePath}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`)),
    [],
  );
});

test("every script stands in a bundle of layouts/assets.html, once", () => {
  const listed = assets.match(/(?<=")js\/[a-z-]+\.js(?=")/g);
  assert.deepEqual([...listed].sort(), files.map((name) => `js/${name}`).sort());
  assert.deepEqual([...search].sort(), readdirSync(join(folder, "search")).map((name) => name.replace(/\.js$/, "")).sort());
});

test("every module that a template asks for is started by a script, and the other way round", () => {
  const layouts = join(theme, "layouts");
  const html = readdirSync(layouts, { recursive: true })
    .filter((name) => name.endsWith(".html"))
    .map((name) => readFileSync(join(layouts, name), "utf8"))
    .join("\n");
  const js = files.map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
  const asked = new Set([...html.matchAll(/data-module="([a-z-]+)"/g)].map((m) => m[1]));
  const started = new Set([...js.matchAll(/civic\.start\("([a-z-]+)"/g)].map((m) => m[1]));
  assert.deepEqual([...asked].sort(), [...started].sort());
});
