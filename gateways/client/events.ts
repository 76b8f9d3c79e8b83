/** One event of the hub's stream: `hello` when the line is up, then `case` and `delivery`. Ids and words alone. */
export type HubEvent = { event: string; id: string | undefined; data: Readonly<Record<string, unknown>> };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const fieldsOf = (block: string): Map<string, string> => {
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    if (colon <= 0) continue;
    const name = line.slice(0, colon);
    const value = line.slice(colon + 1).replace(/^ /, "");
    const before = fields.get(name);
    fields.set(name, before === undefined ? value : `${before}\n${value}`);
  }
  return fields;
};

/** An event of one block of the stream (HTML Living Standard, 9.2.6); a sign of life is none. */
const eventIn = (block: string): HubEvent | undefined => {
  const fields = fieldsOf(block);
  const text = fields.get("data");
  if (text === undefined) return undefined;
  const data: unknown = JSON.parse(text);
  return { event: fields.get("event") ?? "message", id: fields.get("id"), data: isRecord(data) ? data : {} };
};

/** The events that are whole in what has come, and what is left for the next piece. */
export const takeEvents = (text: string): { events: HubEvent[]; rest: string } => {
  const blocks = text.replaceAll("\r\n", "\n").split("\n\n");
  const rest = blocks.pop() ?? "";
  return { events: blocks.flatMap((block) => eventIn(block) ?? []), rest };
};
