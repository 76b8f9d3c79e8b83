import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";

const Value = z.object({
  stringValue: z.string().optional(),
  intValue: z.union([z.number(), z.string()]).optional(),
});
const Attributes = z
  .array(z.object({ key: z.string(), value: Value }))
  .transform((all) =>
    Object.fromEntries(all.map(({ key, value }) => [key, String(value.stringValue ?? value.intValue)])),
  );
const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  attributes: Attributes,
  status: z.object({ code: z.number().optional() }),
});
export type CollectedSpan = z.infer<typeof Span>;

/** ExportTraceServiceRequest of OTLP, as JSON. */
const Told = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: Attributes }),
      scopeSpans: z.array(z.object({ spans: z.array(Span) })),
    }),
  ),
});

/** A collector of traces: a real HTTP server on loopback that takes OTLP in JSON and keeps what it is told. */
export type OtlpCollector = AsyncDisposable & {
  endpoint: string;
  spans: CollectedSpan[];
  /** Names of the services that told something. */
  services: Set<string>;
  /** Every request as it came: its path, headers and body. */
  heard: string[];
};

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString("utf8");
};

export const startCollector = async (): Promise<OtlpCollector> => {
  const [spans, heard, services]: [CollectedSpan[], string[], Set<string>] = [[], [], new Set()];
  const take = async (request: IncomingMessage): Promise<number> => {
    const body = await bodyOf(request);
    heard.push(`${request.url ?? ""}\n${JSON.stringify(request.headers)}\n${body}`);
    if (request.method !== "POST" || request.url !== "/v1/traces") return 404;
    for (const { resource, scopeSpans } of Told.parse(JSON.parse(body)).resourceSpans) {
      services.add(resource.attributes["service.name"] ?? "");
      spans.push(...scopeSpans.flatMap((scope) => scope.spans));
    }
    return 200;
  };
  const server = createServer((request, response) => {
    take(request).then(
      (status) => response.writeHead(status, { "content-type": "application/json" }).end("{}"),
      () => response.writeHead(400).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    ...{ spans, heard, services },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};
