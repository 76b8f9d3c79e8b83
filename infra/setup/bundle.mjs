// @ts-check
import { dirname, join, relative } from "node:path";
import { rolldown } from "rolldown";

const cli = join("gateways", "cli");

/** Packages of many small modules. The others are left where they are: what runs threads or reads files of its own must be. */
const taken = /^(zod|@nats-io|luxon|@oxc-project)(\/|$)/;

/**
 * Whoever finds files beside its module finds them beside where that module stands without being packed.
 * @param {string} root
 */
const wherePlaced = (root) => ({
  name: "where-modules-are",
  /** @param {string} code @param {string} id */
  transform: (code, id) => {
    const isOurs = id.startsWith(root) && !id.includes("node_modules");
    if (!isOurs || !code.includes("import.meta.url")) return null;
    if (code.includes("import.meta.dirname") && dirname(id) !== join(root, cli))
      throw new Error(`${id} asks for its folder: let it ask for its address, import.meta.url.`);
    const from = relative(join(root, cli), id).replace(/\.ts$/, ".js");
    // In its own line, the rest of the line moves: the map knows lines, and that is what a stack needs.
    return {
      code: code.replaceAll("import.meta.url", `new URL(${JSON.stringify(from)}, import.meta.url).href`),
      map: null,
    };
  },
});

/**
 * Packs the program into one file, in the place of the compiled one: of two seconds that a hub took to start, finding and opening two thousand
 * modules took one. Threads run what the compiler made.
 * @param {string} root
 * @param {string} dist what the compiler made
 */
export const bundle = async (root, dist) => {
  const packed = await rolldown({
    cwd: root,
    input: { main: join(root, cli, "main.ts") },
    platform: "node",
    transform: { target: "node20.19" },
    external: (id) => !id.startsWith(".") && !id.startsWith("/") && !taken.test(id),
    plugins: [wherePlaced(root)],
    logLevel: "warn",
  });
  await packed.write({
    dir: join(dist, cli),
    format: "esm",
    sourcemap: true,
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
    entryFileNames: "[name].js",
    chunkFileNames: "part-[hash].js",
  });
};
