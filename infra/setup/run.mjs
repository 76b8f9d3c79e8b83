// @ts-check
// The entry of `npm run demo|test|bench|screenshots|setup|up` on a fresh clone: plain Node, no package. Sets up what is missing
// (packages, nats-server, redis-server, compiled sources) and hands over to what was asked for.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { browserEnvironment } from "./browser.mjs";
import { build } from "./build.mjs";
import { serverEnvironment } from "./fetch-server.mjs";
import { installPackages } from "./packages.mjs";
import { isAtLeast } from "./rules.mjs";
import { handOver } from "./run-command.mjs";
import { SetupError, say } from "./say.mjs";

const oldestNode = "20.19.0";

const checkNode = () => {
  const version = process.versions.node;
  if (!isAtLeast(version, oldestNode))
    throw new SetupError(
      `Node ${version} is too old. Install Node ${oldestNode} or newer (nodejs.org), then try again.`,
    );
};

/** @param {string} root @param {readonly string[]} args */
const runTests = async (root, args) => {
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  return handOver(process.execPath, [vitest, "run", ...args], {
    cwd: root,
    env: { ...(await serverEnvironment(root)), ...(await browserEnvironment()) },
  });
};

/** A picture of every page of the console. @param {string} root @param {readonly string[]} args */
const takePictures = async (root, args) => {
  const browser = await browserEnvironment();
  if (browser["SEKTORBRO_CHROMIUM"] === undefined)
    throw new SetupError("Pictures need a Chromium; there is none.");
  const program = join(root, "test", "support", "console", "screenshots.ts");
  const env = { ...(await serverEnvironment(root)), ...browser };
  return handOver(process.execPath, ["--import", "tsx", program, ...args], { cwd: root, env });
};

/** @param {string} root @param {readonly string[]} args the verb and what follows it */
const runProduct = async (root, args) => {
  const env = await serverEnvironment(root);
  await build(root);
  const main = join(root, "dist", "gateways", "cli", "main.js");
  return handOver(process.execPath, ["--enable-source-maps", main, ...args], { cwd: root, env });
};

/** @param {string} root */
const setUp = async (root) => {
  await serverEnvironment(root);
  await build(root);
  say("everything is ready; try: npm run demo");
  return 0;
};

/** @param {string} root */
const buildOnly = async (root) => {
  await build(root);
  return 0;
};

/** @param {string} root @param {readonly string[]} args */
const start = async (root, args) => {
  const [verb, ...rest] = args;
  if (verb === undefined)
    throw new SetupError("Say what to run: demo, test, bench, screenshots, setup, build, up, doctor.");
  checkNode();
  await installPackages(root);
  if (verb === "test") return runTests(root, rest);
  if (verb === "screenshots") return takePictures(root, rest);
  if (verb === "setup") return setUp(root);
  return verb === "build" ? buildOnly(root) : runProduct(root, args);
};

try {
  process.exitCode = await start(
    fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, ""),
    process.argv.slice(2),
  );
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
