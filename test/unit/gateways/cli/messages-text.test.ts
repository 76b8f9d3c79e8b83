import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MessagePage, MessageView } from "../../../../contracts/messages/message-log.ts";
import { messagesText, messageText } from "../../../../gateways/cli/messages-text.ts";

const example = (name: string): unknown => {
  const text = readFileSync(`contracts/examples/message-log/valid/${name}.json`, "utf8");
  return (JSON.parse(text) as { message: unknown }).message;
};

test("messages are told a line each, on a Danish clock", () => {
  const { items } = MessagePage.parse(example("message-page"));
  const lines = messagesText(items, "da").split("\n");
  expect(lines.length).toBe(items.length + 1);
  expect(lines[1]).toMatch(/^2026-11-23 10:15 {2}ud {3}XDIS91 .* kvitteret .* 5f0b3c1e/);
  expect(lines[3]).toContain("ulæselig (xml-malformed)");
});

test("where nothing fits, that is said", () => {
  expect(messagesText([], "da")).toBe("Der er ingen beskeder, som passer.");
  expect(messagesText([], "en")).toBe("No message fits.");
});

test("a message is told with what others call it, and hop by hop", () => {
  const text = messageText(MessageView.parse(example("message-view")), "en");
  expect(text).toContain("The message is called: BREV00000000A1");
  expect(text).toMatch(/10:20 {2}fetched +AP-MSH +msg-sent +ok +5790000200016/);
  expect(text).toMatch(/10:21 {2}acknowledged +EUA +msg-received-and-finalized +ok/);
});
