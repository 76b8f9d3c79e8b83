import { z } from "zod";

/** The header that names a trace, on HTTP and on the bus (W3C Trace Context, section 3.2). */
export const traceparentHeader = "traceparent";

const shape =
  /^(?!ff)(?<version>[0-9a-f]{2})-(?!0{32})(?<traceId>[0-9a-f]{32})-(?!0{16})(?<spanId>[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?<more>-[\x20-\x7e]*)?$/;

/** A trace, the step of it that caused what comes next, and whether its steps are kept. */
export type TraceContext = { traceId: string; spanId: string; sampled: boolean };

/** As the standard reads it: `undefined` is none, and so is what breaks a rule. A later version may have more at its end. */
export const readTraceparent = (text: string | undefined): TraceContext | undefined => {
  const found = shape.exec(text ?? "")?.groups;
  if (found === undefined || (found["version"] === "00" && found["more"] !== undefined)) return undefined;
  const { traceId = "", spanId = "", flags = "" } = found;
  return { traceId, spanId, sampled: Number.parseInt(flags, 16) % 2 === 1 };
};

/** In version 00, whatever it came in: nothing that somebody else put into it goes on but the two ids. */
export const writeTraceparent = ({ traceId, spanId, sampled }: TraceContext): string =>
  `00-${traceId}-${spanId}-${sampled ? "01" : "00"}`;

export const Traceparent = z.string().refine((text) => readTraceparent(text) !== undefined, {
  error: "A traceparent is 00-<32 hex>-<16 hex>-<2 hex> in lower case, and neither id is zeros alone.",
});
