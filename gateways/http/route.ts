import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";

/** One status that a route answers with when all is well. No `schema`: bytes, or nothing. */
export type Answer = { text: string; schema?: z.ZodType; types?: readonly string[] };

/** What the API description tells of a route. The schemas are the ones that the route parses with. */
export type RouteDescription = {
  id: string;
  tag:
    | "documents"
    | "inbox"
    | "cases"
    | "referrals"
    | "discharges"
    | "observations"
    | "bookings"
    | "worklists"
    | "attachments"
    | "directory"
    | "operation"
    | "hub";
  summary: string;
  detail?: string;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  /** `example`: the contract whose example is shown, where the name of the operation does not lead to it. */
  body?: { types: readonly string[]; schema?: z.ZodType; example?: string };
  answers: Readonly<Record<number, Answer>>;
  /** Statuses whose body is an error answer. 401 and 500 go without saying. */
  problems: readonly number[];
};

/**
 * A route is one value: the server registers it and the API description tells of it, so the two cannot part.
 * `reads`: `json` parses `application/json` and keeps any other type as bytes; `bytes` keeps every type as bytes.
 */
export type Route = {
  method: "GET" | "POST";
  path: string;
  access: "anyone" | "caller" | "operator";
  reads: "json" | "bytes";
  /** Absent: the limit for JSON. */
  maxBytes?: number;
  describe: RouteDescription;
  handle(request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<FastifyReply>;
};
