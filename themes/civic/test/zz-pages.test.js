import { after } from "node:test";
import { closeBrowser } from "./site.js";
import "./browser/pages.js";
after(closeBrowser);
