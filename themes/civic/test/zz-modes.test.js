import { after } from "node:test";
import { closeBrowser } from "./site.js";
import "./browser/modes.js";
after(closeBrowser);
