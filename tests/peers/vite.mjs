// @ts-check
// A Vite dev server with the React plugin, as its own template sets it up:
//
//   node vite.mjs FOLDER
//
// serves the project in FOLDER, which needs no node_modules, and prints
// `listening ADDRESS`. Ends when its input does.

import { symlinkSync } from "node:fs";
import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { createServer } from "vite";

const root = process.argv[2];
if (root === undefined) throw new Error("which folder?");
symlinkSync(join(import.meta.dirname, "node_modules"), join(root, "node_modules"));
const server = await createServer({
  configFile: false,
  root,
  // Nothing of an earlier run.
  cacheDir: join(root, ".vite"),
  logLevel: "error",
  plugins: [react()],
  // Packages lie outside the project, behind the link.
  server: { host: "127.0.0.1", port: 0, fs: { strict: false } },
});
await server.listen();
const address = server.httpServer?.address();
if (address === null || typeof address !== "object") throw new Error("Vite has no address");
console.log(`listening http://127.0.0.1:${address.port}`);
process.stdin.resume().on("end", () => void server.close().then(() => process.exit()));
