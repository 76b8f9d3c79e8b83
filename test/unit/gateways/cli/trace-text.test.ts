import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MessageStatus, MessageView } from "../../../../contracts/messages/message-log.ts";
import { traceText } from "../../../../gateways/cli/trace-text.ts";

const text = readFileSync("contracts/examples/message-log/valid/message-view.json", "utf8");
const went = MessageView.parse((JSON.parse(text) as { message: unknown }).message);
const [to] = went.to;
const told = (language: "da" | "en", view = went): string =>
  traceText({ went: [view] }, { language, nowMs: Date.parse(went.at) + 3 * 3_600_000 });

test("what happened stands in order, with the time between, in words", () => {
  const lines = told("en").split("\n");
  expect(lines[0]).toBe(`${went.type} from ${went.from.name} to ${to?.name ?? ""}`);
  expect(lines[1]).toContain("called BREV00000000A1");
  expect(lines.find((line) => line.includes("has it."))).toMatch(
    /^ {2}2026-11-23 10:20:\d\d\.\d{3} {2}\+\d+ \w+/,
  );
  expect(told("da")).toContain(`${to?.name ?? ""} har kvitteret. Der mangler intet.`);
});

test("where it waits, it says for whom and for how long", () => {
  const [first] = went.hops;
  if (first === undefined) throw new Error("the example has hops");
  const waiting = { ...went, status: "waiting" as const, hops: [first] };
  expect(told("da", waiting)).toMatch(/har ikke hentet den endnu \(i \d (timer|minutter)\)\./);
});

test("a message that was refused tells why, and that nothing went out is not said of it", () => {
  const came: MessageView = {
    ...went,
    direction: "in",
    status: "refused",
    hops: [{ at: went.at, what: "refused", by: "hub", code: "receiver-unknown" }],
  };
  const said = traceText({ came, went: [] }, { language: "en", nowMs: Date.parse(went.at) });
  expect(said).toContain("It was refused, and its sender was told why. [receiver-unknown]");
  expect(said).not.toContain("Now:");
});

test("every status of a message has words of where it stands", () => {
  for (const status of MessageStatus.options) expect(told("en", { ...went, status })).toMatch(/Now: .+\./);
});
