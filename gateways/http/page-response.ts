import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { type Language, languageOf, prefersPage } from "./negotiation.ts";
import type { DocumentStandard, HttpPorts } from "./ports.ts";
import type { Shown } from "./route.ts";

/** How a document is wanted. Absent: a page when `accept` prefers `text/html`, as a browser does; else the document. */
export const ViewQuery = z.object({
  view: z
    .enum(["document", "page"])
    .optional()
    .describe("`page`: HTML for people to read. `document`: the document itself. Absent: as `accept` asks."),
});
export type ViewQuery = z.infer<typeof ViewQuery>;

/** Whether a page is asked for rather than `otherwise`, the document's own media type. */
export const wantsPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  { view, otherwise }: ViewQuery & { otherwise: string },
): boolean => {
  reply.header("vary", "accept, accept-language");
  return view === undefined ? prefersPage(request.headers.accept, otherwise) : view === "page";
};

/**
 * A page made of what somebody sent: nothing in it may run, fetch, submit or frame, whatever the renderer let through.
 * `sandbox` gives it an origin of its own, so that it can read nothing of the hub's either.
 */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

/** How a page begins, for the API description. */
export const pageShown: Shown = {
  made: () =>
    [
      "<!DOCTYPE html>",
      '<html lang="da">',
      "<head><title>Korrespondancemeddelelse</title></head>",
      "<body><main><article><header><h1>Korrespondancemeddelelse</h1></header></article></main></body>",
      "</html>",
    ].join("\n"),
};

type ToRender = { standard: DocumentStandard; bytes: Uint8Array };

/** The page in the language that `accept-language` asks for. It is made here, and sent by `sendPage` once it may be seen. */
export const makePage = (
  ports: HttpPorts,
  request: FastifyRequest,
  { standard, bytes }: ToRender,
): Promise<Uint8Array> =>
  ports.render(standard, { bytes, language: languageOf(request.headers["accept-language"]) });

/** A page in the language that it was made in. */
export const sendPageIn = (reply: FastifyReply, page: Uint8Array, language: Language): FastifyReply =>
  reply
    .type("text/html; charset=utf-8")
    .header("content-language", language)
    .header("content-security-policy", policy)
    .header("referrer-policy", "no-referrer")
    .header("cross-origin-resource-policy", "same-origin")
    .send(Buffer.from(page.buffer, page.byteOffset, page.byteLength));

export const sendPage = (request: FastifyRequest, reply: FastifyReply, page: Uint8Array): FastifyReply =>
  sendPageIn(reply, page, languageOf(request.headers["accept-language"]));
