// Does in the theme's script what the program did, line by line:
//
//	{"normal": [text, …]}                  > [{s, at}, …]
//	{"files": {path: data}, "keys": […]}   > [[[document, flags, [place, …]], …], …]
//	{"files": {path: data}, "words": […]}  > [[document, …], …], found without a look at texts
"use strict";

const readline = require("node:readline");
const { open } = require("./engine.js");

const script = open(() => undefined);

async function found(search, words) {
  const out = [];
  for (const word of words) {
    const q = await search.query(search.words(`"${word}"`));
    while (q.all.some((x) => x.ok === 0)) await search.prove(q, q.order, 100);
    out.push(q.order.filter((x) => x.ok).map((x) => x.doc));
  }
  return out;
}

async function lists(search, keys) {
  const out = [];
  for (const key of keys) {
    const l = await search.listOf(key);
    const places = [];
    if (l.width) {
      for (const n of new Set(l.d.map((doc) => doc >> l.width))) {
        const chunk = await search.chunk(l, n);
        l.d.forEach((doc, i) => doc >> l.width === n && (places[i] = chunk[doc]));
      }
    }
    out.push(l.d.map((doc, i) => [doc, l.f[i], places[i] || l.p[i] || []]));
  }
  return out;
}

(async () => {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const asked = JSON.parse(line);
    let answer;
    if (asked.normal) {
      answer = asked.normal.map(script.normal);
    } else {
      const search = open((name) => asked.files[name] && Buffer.from(asked.files[name], "utf8"));
      await search.start();
      answer = await (asked.words ? found(search, asked.words) : lists(search, asked.keys));
    }
    process.stdout.write(JSON.stringify(answer) + "\n");
  }
})();
