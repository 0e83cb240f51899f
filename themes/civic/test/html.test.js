// Finished pages are valid HTML.

import assert from "node:assert/strict";
import { test } from "node:test";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import config from "./htmlvalidate.js";
import { sites } from "./site.js";

for (const site of sites()) {
  test(`pages of ${site.folder} are valid HTML`, async () => {
    const validator = new HtmlValidate(new StaticConfigLoader(config));
    const findings = [];
    for (const page of site.looked) {
      const report = await validator.validateString(site.read(page), page);
      for (const result of report.results) {
        for (const m of result.messages) findings.push(`${page}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
      }
    }
    assert.deepEqual(findings, []);
  });
}
