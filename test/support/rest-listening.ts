import { operationAt } from "./api-document.ts";
import { who } from "./region-view.ts";
import type { RestHub } from "./rest-hub.ts";

/** The first events of a stream, and its end by whoever listened. */
export const listenTo = async (hub: RestHub, by: string, wanted: string): Promise<string> => {
  const stop = new AbortController();
  const headers = { authorization: `Bearer ${await hub.token(by)}` };
  const response = await fetch(`${hub.url}/v1/events`, { headers, signal: stop.signal });
  const decoder = new TextDecoder();
  let text = "";
  await hub.act(who.practice, "advice-ask", { body: { messageId: "A-8", attachments: [] } });
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array);
    if (text.includes(wanted)) break;
  }
  stop.abort();
  hub.calls.push({
    status: response.status,
    type: response.headers.get("content-type") ?? "",
    text,
    bytes: Buffer.from(text),
    operation: operationAt("GET", "/v1/events"),
    problems: [],
  });
  return text;
};
