// Templates hold no text and compute nothing; all texts exist in both languages.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const theme = fileURLToPath(new URL("..", import.meta.url));
const layouts = join(theme, "layouts");
const templates = readdirSync(layouts, { recursive: true })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".html"))
  .sort()
  .map((name) => ({ name, text: readFileSync(join(layouts, name), "utf8").replace(/\{\{-?\s*\/\*[\s\S]*?\*\/\s*-?\}\}/g, "") }));

// words reads an i18n file: one flat list of keys, a line each.
function words(language) {
  const found = new Map();
  for (const line of readFileSync(join(theme, `i18n/${language}.yaml`), "utf8").split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const match = /^([a-z][a-z0-9_]*): (.+)$/.exec(line);
    assert.ok(match, `i18n/${language}.yaml: not “key: text”: ${line}`);
    assert.ok(!found.has(match[1]), `i18n/${language}.yaml: ${match[1]} stands twice`);
    found.set(match[1], [...match[2].matchAll(/\{\{ *\.([a-z_]+) *\}\}/g)].map((m) => m[1]).sort());
  }
  return found;
}

const chinese = words("zh-CN");
const english = words("en");

test("both languages have the same keys with the same blanks", () => {
  assert.deepEqual([...english.keys()].sort(), [...chinese.keys()].sort());
  for (const [key, blanks] of chinese) assert.deepEqual(english.get(key), blanks, key);
});

test("every text that a template asks for exists, and every text is asked for", () => {
  const asked = new Set();
  for (const { name, text } of templates) {
    for (const [, key] of text.matchAll(/\bi18n "([^"]+)"/g)) {
      assert.ok(chinese.has(key), `${name} asks for ${key}`);
      asked.add(key);
    }
    for (const [, prefix] of text.matchAll(/\bi18n \(printf "([a-z_]+)%s"/g)) {
      const matching = [...chinese.keys()].filter((key) => key.startsWith(prefix));
      assert.ok(matching.length > 0, `${name} asks for ${prefix}…`);
      for (const key of matching) asked.add(key);
    }
    assert.equal(
      [...text.matchAll(/\bi18n\b/g)].length,
      [...text.matchAll(/\bi18n (?:"|\(printf "[a-z_]+%s")/g)].length,
      `${name} calls i18n in a form that this test does not read`,
    );
  }
  assert.deepEqual([...chinese.keys()].filter((key) => !asked.has(key)), []);
});

test("one thing has one word", () => {
  const text = readFileSync(join(theme, "i18n/zh-CN.yaml"), "utf8");
  // Not: what is shown as another word for the same.
  for (const [no, yes] of [["期限", "时限"], ["截止", "截至"], ["检查轮次", "轮次"]]) {
    assert.ok(!text.includes(no), `i18n/zh-CN.yaml says ${no}, elsewhere it is ${yes}`);
  }
});

test("templates hold no visible text", () => {
  for (const { name, text } of templates) {
    if (name === "assets.html") continue; // prints JSON
    const bare = text.replace(/\{\{[\s\S]*?\}\}/g, "\u0000");
    const visible = bare.replace(/<[^>]*>/g, "").replace(/[\s\u0000]+/g, "");
    assert.equal(visible, "", `${name} holds text: move it to i18n/`);
    for (const [, attribute, value] of bare.matchAll(/\s(alt|title|placeholder|aria-label)="([^"]*)"/g)) {
      assert.match(value, /^\u0000?$/, `${name} holds text in ${attribute}="${value}"`);
    }
  }
});

test("templates compute nothing and trust nothing", () => {
  const forbidden =
    /\b(?:now|partialCached|sort|where|len|add|sub|seq|index|append|shuffle|getenv|readFile|resources\.Get\w*|css\.\w+|js\.\w+)\b|\bsite\.(?!Params\b)\w+|\.Site\b|\.(?:Rel)?Permalink\b|\.(?:Pages|RegularPages|Prev|Next|Paginator|Date|Lastmod)\b/;
  for (const { name, text } of templates) {
    for (const [action] of text.matchAll(/\{\{[\s\S]*?\}\}/g)) {
      const code = action.replace(/"[^"]*"/g, '""');
      if (name !== "assets.html") assert.doesNotMatch(code, forbidden, name);
      assert.doesNotMatch(code, /\bminify\b/, `${name}: the program does it, without changing values`);
      // A variable that is set again carries state from one entry to the next.
      if (name !== "assets.html" && name !== "_partials/qr-file.html") assert.doesNotMatch(code, /\$\w+ = /, name);
      if (name !== "_partials/prose-html.html") assert.doesNotMatch(code, /\bsafe[A-Z]/, name);
    }
  }
});

test("templates keep the policy", () => {
  for (const { name, text } of templates) {
    assert.doesNotMatch(text, /\sstyle=|<style\b|\sintegrity=|<use\b|<iframe\b|\son[a-z]+="/i, name);
    assert.doesNotMatch(text, /<script(?![^>]*(?:\ssrc=|\stype="application\/ld\+json"))/i, `${name}: an inline script is blocked`);
  }
});
