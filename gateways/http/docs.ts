import { setImmediate } from "node:timers/promises";
import { fastifySwagger } from "@fastify/swagger";
import { fastifySwaggerUi } from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import { type ApiDocument, describeApi } from "./openapi.ts";
import type { HttpOptions } from "./ports.ts";
import type { Route } from "./route.ts";

/** The pages of the API description load from the hub alone. */
const docsPolicy = {
  "default-src": "'self'",
  "style-src": "'self' 'unsafe-inline'",
  "img-src": "'self' data:",
  "frame-ancestors": "'none'",
};

const described = async (
  routes: readonly Route[],
  { version, examples }: HttpOptions,
): Promise<ApiDocument> => {
  const shown = await examples?.();
  return describeApi(routes, {
    version,
    ...(shown === undefined ? {} : { examples: shown }),
    breathe: () => setImmediate(),
  });
};

/**
 * The pages of the API description. It is made when somebody asks for it first: half a second of work, which neither the start of
 * a hub nor those who call meanwhile are to wait for.
 */
export const addDocs = (server: FastifyInstance, routes: readonly Route[], options: HttpOptions): void => {
  let making: Promise<ApiDocument> | undefined;
  let made: ApiDocument | undefined;
  server.register(fastifySwagger, {
    mode: "static",
    specification: { document: { openapi: "3.1.0", info: { title: "", version: "" }, paths: {} } },
  });
  server.register(fastifySwaggerUi, {
    routePrefix: "/docs",
    staticCSP: docsPolicy,
    uiHooks: {
      preHandler: (_request, _reply, done) => {
        making ??= described(routes, options);
        making.then(
          (document) => {
            made = document;
            done();
          },
          (error: unknown) => {
            making = undefined;
            done(error instanceof Error ? error : new Error("The API cannot be described."));
          },
        );
      },
    },
    transformSpecificationClone: false,
    transformSpecification: (none) => made ?? none,
  });
};
