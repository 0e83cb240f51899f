// Where the tests find the snapshots that releases.sh has made.

import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

// snapshot is the file of a kind: zip or wacz.
export function snapshot(kind) {
  const folder = process.env.RECTIFY_SNAPSHOTS;
  const file = resolve(join(folder || ".", `second.${kind}`));
  if (!folder || !existsSync(file)) {
    throw new Error(`there is no ${file}: make the releases with test/releases.sh and name the portal in RECTIFY_SNAPSHOTS`);
  }
  return file;
}
