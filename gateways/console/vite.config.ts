import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** With `npm run console`: the pages from their sources, and everything else from a hub that runs. */
const hub = process.env["SEKTORBRO_URL"] ?? "http://127.0.0.1:8080";

/** Each script and style twice more, packed: the hub sends what the browser takes. */
const packed: Plugin = {
  name: "packed",
  apply: "build",
  // Of the files as they lie there: what other steps change at the end is in them.
  writeBundle({ dir = "" }, bundle) {
    for (const name of Object.keys(bundle).filter((file) => /\.(js|css|svg)$/.test(file))) {
      const bytes = readFileSync(join(dir, name));
      writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes));
    }
  },
};

/** A few lines that ask for the first page's data while the console itself is still on its way: a script of their own, before it. */
const early: Plugin = {
  name: "early",
  transformIndexHtml: {
    order: "post",
    handler(_html, { bundle }) {
      const made = Object.values(bundle ?? {}).find((one) => one.type === "chunk" && one.name === "early");
      const src = bundle === undefined ? "/console/src/early.ts" : `/console/${made?.fileName ?? ""}`;
      return [{ tag: "script", attrs: { type: "module", crossorigin: true, src }, injectTo: "head-prepend" }];
    },
  },
};

export default defineConfig({
  root: here("./web"),
  base: "/console/",
  plugins: [react(), early, packed],
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
    // For older browsers `light-dark()` would become two variables that nobody sets, and the colours of TOBS black.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    reportCompressedSize: false,
    rolldownOptions: {
      input: { main: here("./web/index.html"), early: here("./web/src/early.ts") },
      output: {
        // What every visit begins with is one piece, and not a dozen that wait for one another's place on the line.
        codeSplitting: {
          groups: [
            // Whatever asks for the first page's data is small, and waits for nothing else.
            { name: "asked-early", test: /\/(early|first-paths|kept-language)\.ts$/, priority: 1 },
            { name: "first", tags: ["$initial"] },
          ],
        },
      },
    },
    // Kilobytes before packing; a test holds the packed size against its limit.
    chunkSizeWarningLimit: 1000,
  },
});
