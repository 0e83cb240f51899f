// Answers queries as a browser would, with nothing kept from one to the next,
// and then once more in the opposite order with everything kept:
//
//	node answer.js FOLDER < [query, …] > [{…}, …]
"use strict";

const { readFileSync } = require("node:fs");
const { gzipSync } = require("node:zlib");
const { folder, open } = require("./engine.js");

const sizes = new Map();

function size({ name, data }) {
  if (!sizes.has(name)) sizes.set(name, gzipSync(data).length);
  return sizes.get(name);
}

const sum = (list) => list.reduce((all, file) => all + size(file), 0);

async function answer(search, query) {
  const begun = search.log.length;
  await search.start();
  if (!search.words(query).length) return { docs: [], shown: [] };
  const q = await search.query(search.words(query));
  const shown = await search.show(q, q.order, 10);
  const log = search.log.slice(begun);
  const index = log.filter(({ name }) => !name.startsWith("search/d/"));
  const ready = {
    bytes: sum(log),
    index: sum(index),
    requests: index.length,
    texts: log.length - index.length,
    rounds: new Set(index.map(({ round }) => round)).size,
  };
  for (let steps = 0; q.order.some((x) => x.ok === 0); steps++) {
    if (steps > 10000) throw Error(`${query}: no end`);
    await search.prove(q, q.order, 20);
  }
  return {
    ...ready,
    all: sum(search.log.slice(begun)),
    docs: q.order.filter((x) => x.ok).map((x) => x.doc),
    shown: shown.map((x) => ({ doc: x.doc, path: x.piece[1], title: x.piece[2], texts: x.texts, status: x.piece[3] })),
  };
}

(async () => {
  const search = open(folder(process.argv[2]));
  const queries = JSON.parse(readFileSync(0, "utf8"));
  const answers = [];
  for (const query of queries) {
    search.reset();
    answers.push(await answer(search, query));
  }
  for (let i = queries.length - 1; i >= 0; i--) {
    const again = await answer(search, queries[i]);
    for (const key of ["docs", "shown"]) {
      if (JSON.stringify(again[key]) !== JSON.stringify(answers[i][key])) answers[i].differs = key;
    }
  }
  process.stdout.write(JSON.stringify(answers));
})();
