import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renewedMessage } from "../../../../gateways/cli/demo-messages.ts";
import { parseMessage } from "../../../../gateways/fhir/parse-message.ts";

const folder = "contracts/examples/demo-fhir";
const names = readdirSync(folder);
const read = (name: string): string => readFileSync(`${folder}/${name}`, "utf8");
const now = Date.parse("2027-07-01T08:00:00.000Z");
const renewed = (name: string): string => renewedMessage(read(name), { stamp: "ABCDEF0123", now });

const messageIn = (text: string) => {
  const parsed = parseMessage(Buffer.from(text));
  if (parsed.kind !== "message") throw new Error(parsed.problems.map(({ code }) => code).join());
  expect([parsed.problems, parsed.notRead]).toEqual([[], []]);
  return parsed.message;
};

describe("FHIR messages of the demo", () => {
  it.each(names)("%s keeps every rule, as it stands and renewed, and says the same", (name) => {
    const [before, after] = [messageIn(read(name)), messageIn(renewed(name))];
    expect(after.kind).toBe(before.kind);
    expect(after.messageId).not.toBe(before.messageId);
    expect(after.bundleId).not.toBe(before.bundleId);
    expect([after.sender, after.receiver]).toEqual([before.sender, before.receiver]);
    expect(after.history.map(({ activity }) => activity)).toEqual(
      before.history.map(({ activity }) => activity),
    );
  });

  it("are as far apart in time as they were, on a Danish clock of the new day", () => {
    expect(messageIn(renewed("discharged.xml")).created).toBe("2027-07-01T10:00:00+02:00");
    expect(messageIn(renewed("admitted.xml")).created).toBe("2027-07-01T09:55:00+02:00");
  });

  it("name one another after they are renewed: the discharge follows the admission, and the answer is about it", () => {
    const [admission, discharge] = [messageIn(renewed("admitted.xml")), messageIn(renewed("discharged.xml"))];
    expect(discharge.history.map(({ messageId }) => messageId)).toEqual([
      admission.messageId,
      discharge.messageId,
    ]);
    expect(messageIn(renewed("taken-notification.json"))).toMatchObject({ about: admission.messageId });
  });

  it("are others with another stamp", () => {
    const other = renewedMessage(read("message.json"), { stamp: "0123ABCDEF", now });
    expect(messageIn(other).messageId).not.toBe(messageIn(renewed("message.json")).messageId);
  });
});
