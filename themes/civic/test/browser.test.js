// All that needs a browser, in one process with one Chromium. Only a page of
// each kind is looked at unless RECTIFY_ALL=1.

import { after } from "node:test";
import { closeBrowser } from "./site.js";
import "./browser/pages.js";
import "./browser/modes.js";
import "./browser/tools.js";
import "./browser/reading.js";
import "./browser/state.js";
import "./browser/home.js";
import "./browser/paper.js";

after(closeBrowser);
