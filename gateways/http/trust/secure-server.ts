import { readFile, stat } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { createServer, type Server } from "node:https";
import type { Watching } from "./when-changed.ts";

/** Files of PEM. `clientCa`: issuers of client certificates; absent: nobody is asked for one. */
export type TlsFiles = { cert: string; key: string; clientCa?: string | undefined };

type Pems = { cert: string; key: string; ca?: string };

const pemsIn = async ({ cert, key, clientCa }: TlsFiles): Promise<Pems> => ({
  cert: await readFile(cert, "utf8"),
  key: await readFile(key, "utf8"),
  ...(clientCa === undefined ? {} : { ca: await readFile(clientCa, "utf8") }),
});

const leastVersion = { minVersion: "TLSv1.2" } as const;

const markOf = async (files: TlsFiles): Promise<string> => {
  const paths = [files.cert, files.key, files.clientCa].filter((path) => path !== undefined);
  const stats = await Promise.all(paths.map((path) => stat(path)));
  return stats.map(({ ino, size, mtimeMs }) => [ino, size, mtimeMs].join("/")).join(" ");
};

/** A certificate that is renewed is taken within this: those who run it renew weeks before it ends. */
const lookMs = 10_000;

export type SecureServer = {
  create: (handler: RequestListener) => Server;
  /** Takes the files anew if they have changed. Connections that are open stay as they are. */
  look: () => Promise<void>;
  stop: () => void;
};

/**
 * HTTPS of the hub's own, TLS 1.2 at least. Whoever shows a certificate of our issuers is known by it; whoever shows none may have
 * a token. @throws what reading the files throws
 */
export const openSecureServer = async (
  files: TlsFiles,
  onProblem: Watching["onProblem"],
): Promise<SecureServer> => {
  const pems = await pemsIn(files);
  let mark = await markOf(files);
  let server: Server | undefined;
  const look = async (): Promise<void> => {
    try {
      const now = await markOf(files);
      if (now === mark) return;
      // Certificate and key that do not belong together throw here: then the former stay, and it is tried again.
      server?.setSecureContext({ ...leastVersion, ...(await pemsIn(files)) });
      mark = now;
    } catch (error) {
      onProblem(files.cert, error);
    }
  };
  const timer = setInterval(() => void look(), lookMs).unref();
  return {
    create: (handler) => {
      // A certificate that no issuer of ours stands for does not close the door: it opens none either (`authorized`).
      const asking = { requestCert: files.clientCa !== undefined, rejectUnauthorized: false };
      server = createServer(
        { ...leastVersion, ...pems, ...asking, connectionsCheckingInterval: 5_000 },
        handler,
      );
      return server;
    },
    look,
    stop: () => {
      clearInterval(timer);
    },
  };
};
