import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fastifyStatic } from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { Assurance, Person } from "../../contracts/messages/session.ts";
import { consolePolicy, withNonce } from "./page-policy.ts";

/** Made-up people who may sign in to a hub on loopback: as sure as those of an identity provider, so that all can be tried. */
export const demoPeople = (): Person[] =>
  z
    .array(Person.extend({ assurance: Assurance.default("Substantial") }))
    .parse(JSON.parse(readFileSync(fileURLToPath(new URL("people.json", import.meta.url)), "utf8")));

/** Files with a digest in their name never change; the page itself is fetched each time. */
const forEver = "public, max-age=31536000, immutable";

const notBuilt =
  "The console is not built. Run `npm run build`, then start the hub again. / Konsollen er ikke bygget: kør `npm run build`.\n";

const readPage = (folder: string): string | undefined => {
  try {
    return readFileSync(join(folder, "index.html"), "utf8");
  } catch {
    return undefined;
  }
};

const sendPage = (reply: FastifyReply, page: string | undefined): FastifyReply => {
  if (page === undefined) return reply.code(503).type("text/plain; charset=utf-8").send(notBuilt);
  const nonce = randomBytes(18).toString("base64");
  return reply
    .type("text/html; charset=utf-8")
    .headers({
      "cache-control": "no-store",
      "content-security-policy": consolePolicy(nonce),
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "permissions-policy": "camera=(), microphone=(), geolocation=()",
    })
    .send(withNonce(page, nonce));
};

/** Serves the console, made by Vite into `folder`, under `/console/`. Every address in it is the same page: it finds its way itself. */
export const consolePages =
  (folder: string) =>
  (server: FastifyInstance): void => {
    const page = readPage(folder);
    if (page !== undefined)
      server.register(fastifyStatic, {
        root: join(folder, "assets"),
        prefix: "/console/assets/",
        index: false,
        cacheControl: false,
        preCompressed: true,
        setHeaders: (reply) => {
          reply.header("cache-control", forEver);
        },
      });
    for (const url of ["/console", "/console/*"]) server.get(url, (_request, reply) => sendPage(reply, page));
  };
