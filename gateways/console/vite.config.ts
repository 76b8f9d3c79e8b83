import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** With `npm run console`: the pages from their sources, and everything else from a hub that runs. */
const hub = process.env["SEKTORBRO_URL"] ?? "http://127.0.0.1:8080";

/** Each script and style once more, packed: the hub sends that to browsers that take it, which all do. */
const packed: Plugin = {
  name: "packed",
  apply: "build",
  // Of the files as they lie there: what other steps change at the end is in them.
  writeBundle({ dir = "" }, bundle) {
    for (const name of Object.keys(bundle).filter((file) => /\.(js|css|svg)$/.test(file)))
      writeFileSync(join(dir, `${name}.gz`), gzipSync(readFileSync(join(dir, name)), { level: 9 }));
  },
};

export default defineConfig({
  root: here("./web"),
  base: "/console/",
  plugins: [react(), packed],
  // Nothing of a fresh clone is written beside the sources.
  cacheDir: here("../../node_modules/.vite"),
  html: { cspNonce: "sektorbro-nonce" },
  server: { host: "127.0.0.1", proxy: { "/v1": hub, "/health": hub, "/metrics": hub } },
  build: {
    outDir: here("../../dist/gateways/console/site"),
    emptyOutDir: true,
    // Fonts and pictures inside scripts and styles would count against the policy, and be fetched by everybody.
    assetsInlineLimit: 0,
    target: "es2022",
    reportCompressedSize: false,
    // Kilobytes before packing; a test holds the packed size against its limit.
    chunkSizeWarningLimit: 1000,
  },
});
