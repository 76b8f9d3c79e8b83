// @ts-check
// What the set-up decides, without doing any of it.

/** @typedef {{ origin: string, uri: string, release: string }} Archive */
/** @typedef {{ name: "nats-server" | "redis-server", floor: string, variable: string, advice: string }} Server */

/** The same floors as in infra/embedded/binaries.ts, which says why; a test compares them. */
export const servers = /** @satisfies {readonly Server[]} */ (
  /** @type {const} */ ([
    {
      name: "nats-server",
      floor: "2.10.23",
      variable: "SEKTORBRO_NATS_SERVER",
      advice:
        "Install it with your system's package manager (macOS: brew install nats-server; Alpine: apk add nats-server) or take the official release archive of nats-server, then put it on PATH or name it in SEKTORBRO_NATS_SERVER. Or run everything in containers: docker compose up.",
    },
    {
      name: "redis-server",
      floor: "6.0.0",
      variable: "SEKTORBRO_REDIS_SERVER",
      advice:
        "Install it with your system's package manager (macOS: brew install redis; Fedora: dnf install redis; Alpine: apk add redis); Redis publishes no binaries of its own. Then put it on PATH or name it in SEKTORBRO_REDIS_SERVER. Or run everything in containers: docker compose up.",
    },
  ])
);

/** @param {string} a @param {string} b */
export const isAtLeast = (a, b) => {
  const [left, right] = [a.split(".").map(Number), b.split(".").map(Number)];
  const i = [0, 1, 2].find((n) => left[n] !== right[n]);
  return i === undefined || (left[i] ?? 0) > (right[i] ?? 0);
};

/**
 * Whether what npm wrote down of node_modules is what the lockfile asks for. Packages for other machines
 * (`optional`) may be missing.
 * @param {string} wanted package-lock.json
 * @param {string} installed node_modules/.package-lock.json
 */
export const installedAsLocked = (wanted, installed) => {
  if (wanted === "" || installed === "") return false;
  const [lock, found] = [JSON.parse(wanted).packages ?? {}, JSON.parse(installed).packages ?? {}];
  return Object.entries(lock).every(
    ([path, entry]) =>
      path === "" ||
      found[path]?.version === entry.version ||
      (found[path] === undefined && entry.optional === true),
  );
};

/**
 * The archives that this machine's own sources name, as apt itself reads them: one line `uri release origin` each;
 * an origin may be of several words.
 * @param {string} output
 * @returns {Archive[]}
 */
export const archivesIn = (output) =>
  output.split("\n").flatMap((line) => {
    const [uri, release, ...origin] = line.trim().split(" ");
    return uri === undefined || release === undefined ? [] : [{ uri, release, origin: origin.join(" ") }];
  });

const keyrings = "/usr/share/keyrings";

/**
 * Newer suites of the same distribution, in the order to try. Debian 13 (trixie) has 2.10.27, which runs on Debian 12:
 * it needs nothing but a C library of 2022 (measured). The others are verified by running what they give.
 */
const newerSuites = {
  Debian: {
    suites: ["trixie", "testing"],
    component: "main",
    keyring: `${keyrings}/debian-archive-keyring.gpg`,
  },
  Ubuntu: { suites: ["devel"], component: "universe", keyring: `${keyrings}/ubuntu-archive-keyring.gpg` },
};

/**
 * The lines of sources.list to try after the machine's own suite, from the mirror it already uses.
 * @param {readonly Archive[]} archives
 */
export const newerSources = (archives) =>
  Object.entries(newerSuites).flatMap(([origin, { suites, component, keyring }]) => {
    const archive = archives.find((one) => one.origin === origin && !/security/.test(one.uri + one.release));
    if (archive === undefined) return [];
    return suites.map((suite) => `deb [signed-by=${keyring}] ${archive.uri} ${suite} ${component}`);
  });

/**
 * What to unpack: the server, its tools (some releases keep the program there) and the libraries that this machine lacks.
 * Never the C library: two of them in one process crash it.
 * @param {string} simulated what \`apt-get -s install\` says
 */
export const packagesToUnpack = (simulated) => {
  const lacking = [...simulated.matchAll(/^Inst (\S+)/gm)].map((match) => match[1] ?? "");
  const libraries = lacking.filter((name) => name.startsWith("lib") && !/^libc(6|-bin)\b/.test(name));
  return [...new Set(["redis-server", "redis-tools", ...libraries])];
};
