// The style sheets keep the rules of stylelint.config.js, and the order of the
// layers: tokens, intents, components.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import stylelint from "stylelint";
import config from "../stylelint.config.js";

const theme = fileURLToPath(new URL("..", import.meta.url));
const folder = join(theme, "assets/css");
const files = readdirSync(folder, { recursive: true })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".css"))
  .sort();
const text = (name) => readFileSync(join(folder, name), "utf8");
const withoutComments = (name) => text(name).replace(/\/\*[\s\S]*?\*\//g, "");

test("style sheets pass stylelint", async () => {
  const { results } = await stylelint.lint({ files: `${folder.replaceAll("\\", "/")}/**/*.css`, config: { ...config }, configBasedir: theme });
  assert.equal(results.length, files.length);
  const findings = results.flatMap((result) => result.warnings.map((w) => `${result.source}:${w.line}:${w.column} ${w.text}`));
  assert.deepEqual(findings, []);
});

test("every style sheet stands in the cascade of layouts/assets.html, once", () => {
  const order = readFileSync(join(theme, "layouts/assets.html"), "utf8").match(/(?<=^ +")css\/[a-z/-]+\.css(?="$)/gm);
  assert.deepEqual([...order].sort(), files.map((name) => `css/${name}`).sort());
});

test("only intents read tokens, and only tokens hold colours", () => {
  for (const name of files) {
    const css = withoutComments(name);
    if (name.startsWith("components/") || name === "base.css") {
      assert.doesNotMatch(css, /--token-/, `${name} reads a token: give it an intent`);
    }
    if (name !== "tokens.css") {
      assert.doesNotMatch(css, /#[0-9a-f]{3,8}\b|\b(rgb|hsl)a?\(/i, `${name} holds a colour: make it a token`);
    }
  }
});

test("every intent that is used is defined, and every one that is defined is used", () => {
  const defined = new Set(files.flatMap((name) => [...withoutComments(name).matchAll(/(--[a-z0-9-]+)\s*:/g)].map((m) => m[1])));
  const asked = new Set();
  for (const name of files) {
    for (const [, used] of withoutComments(name).matchAll(/var\((--[a-z0-9-]+)/g)) {
      assert.ok(defined.has(used), `${name} uses ${used}, which is nowhere defined`);
      asked.add(used);
    }
  }
  assert.deepEqual([...defined].filter((name) => !asked.has(name) && !name.startsWith("--token-")), []);
});

// templates are the names of all layouts, with their texts.
const templates = readdirSync(join(theme, "layouts"), { recursive: true })
  .filter((name) => name.endsWith(".html"))
  .map((name) => ({ name, html: readFileSync(join(theme, "layouts", name), "utf8") }));

test("every class of a template has a rule, or a script that looks for it", () => {
  const scripts = readdirSync(join(theme, "assets/js"), { recursive: true })
    .filter((name) => name.endsWith(".js"))
    .map((name) => readFileSync(join(theme, "assets/js", name), "utf8"));
  const known = new Set([...files.map(withoutComments), ...scripts].flatMap((source) => [...source.matchAll(/\.(civic-[a-z_-]+)/g)].map((m) => m[1])));
  const without = new Set();
  for (const { name, html } of templates) {
    for (const [, classes] of html.matchAll(/\sclass="([^"]*)"/g)) {
      // A class may end in what the data say: one rule for any of them will do.
      for (const [whole, start, open] of classes.matchAll(/(civic-[a-z_-]+)(\{\{)?/g)) {
        const has = open ? [...known].some((styled) => styled.startsWith(start)) : known.has(whole);
        if (!has) without.add(`${name}: ${start}`);
      }
    }
  }
  assert.deepEqual([...without], []);
});

test("every class that has a rule stands in a template or is set by a script", () => {
  const sources = ["layouts", "assets/js"].flatMap((dir) =>
    readdirSync(join(theme, dir), { recursive: true })
      .filter((name) => /\.(html|js)$/.test(name))
      .map((name) => readFileSync(join(theme, dir, name), "utf8")),
  );
  const used = new Set([...sources.join("\n").matchAll(/civic-[a-z_-]+/g)].map((m) => m[0]));
  for (const name of files.filter((file) => file.startsWith("components/"))) {
    for (const [, styled] of withoutComments(name).matchAll(/\.(civic-[a-z_-]+)/g)) {
      const block = styled.replace(/--[a-z-]+$/, "--");
      assert.ok(used.has(styled) || used.has(block), `${name} styles .${styled}, which nothing has`);
    }
  }
});
