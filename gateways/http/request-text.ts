import type { FastifyRequest } from "fastify";

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const textIn = (values: unknown, name: string): string | undefined => {
  const value = isRecord(values) ? values[name] : undefined;
  return typeof value === "string" ? value : undefined;
};

/** A part of the path by its name in the pattern. */
export const pathText = (request: FastifyRequest, name: string): string => textIn(request.params, name) ?? "";
export const queryText = (request: FastifyRequest, name: string): string | undefined =>
  textIn(request.query, name);
/** A header by its name in lower case. */
export const headerText = (request: FastifyRequest, name: string): string | undefined =>
  textIn(request.headers, name);
