import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { ContractExample } from "./ports.ts";

/** Where an example that is no JSON comes from: a file under `contracts/examples`, or text made of the examples there. */
export type Shown = { file: string } | { made: (examples: readonly ContractExample[]) => string | undefined };

/**
 * One status that a route answers with when all is well. No `schema`: bytes, text, or nothing. The examples of JSON are
 * found by the name of the operation, else by that of the contract.
 */
export type Answer = {
  text: string;
  schema?: z.ZodType;
  types?: readonly string[];
  /** Examples of what is no JSON, by media type. */
  shown?: Readonly<Record<string, Shown>>;
  /** The first answer once more: its examples are those of 201, marked as a duplicate. */
  again?: true;
};

/** What the API description tells of a route. The schemas are the ones that the route parses with. */
export type RouteDescription = {
  id: string;
  tag:
    | "documents"
    | "messages"
    | "inbox"
    | "cases"
    | "referrals"
    | "discharges"
    | "observations"
    | "bookings"
    | "worklists"
    | "attachments"
    | "directory"
    | "agreements"
    | "operation"
    | "hub";
  summary: string;
  detail?: string;
  query?: z.ZodObject;
  headers?: z.ZodObject;
  /** `example`: the contract whose example is shown, where the name of the operation does not lead to it. */
  body?: {
    types: readonly string[];
    schema?: z.ZodType;
    example?: string;
    shown?: NonNullable<Answer["shown"]>;
  };
  answers: Readonly<Record<number, Answer>>;
  /** Statuses whose body is an error answer. 401, 429 and 500 go without saying. */
  problems: readonly number[];
};

/**
 * A route is one value: the server registers it and the API description tells of it, so the two cannot part.
 * `reads`: `json` parses `application/json` and keeps any other type as bytes; `bytes` keeps every type as bytes.
 */
export type Route = {
  method: "GET" | "POST" | "PUT";
  path: string;
  access: "anyone" | "caller" | "operator";
  reads: "json" | "bytes";
  /**
   * What it takes in: asked before its body is read whether that can be done now. Absent: a question, which changes nothing, or
   * what those who run the hub need when nothing else works.
   */
  takes?: "document" | "command";
  /** Absent: the limit for JSON. */
  maxBytes?: number;
  describe: RouteDescription;
  handle(request: FastifyRequest, reply: FastifyReply): FastifyReply | Promise<FastifyReply>;
};
