import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { standardOf } from "../../../../contracts/first-look.ts";
import { receiptOfEnvelope } from "../../../../gateways/envelopes/close-envelope.ts";
import { keepEmitted } from "../../../support/emitted.ts";
import { messageIn, opened } from "../../../support/enveloped.ts";

const folder = "contracts/examples/envelopes";
const bytesOf = (name: string): Buffer => readFileSync(`${folder}/${name}`);

/** What each of the project's own examples holds: another of its examples. */
const inside = {
  "vans-care-communication.xml": "care-communication.xml",
  "vans-hospital-notification.xml": "hospital-notification.json",
  "vans-acknowledgement-ok.xml": "acknowledgement-ok.xml",
  "sbdh-home-care-observation.xml": "home-care-observation.xml",
} as const;

describe("the examples of envelopes", () => {
  test.each(Object.entries(inside))("%s holds %s, to the byte", (name, held) => {
    const bytes = bytesOf(name);
    keepEmitted(bytes);
    expect(opened(bytes)).toMatchObject({ is: "message", warnings: [] });
    expect(Buffer.from(messageIn(bytes).data).equals(readFileSync(`contracts/examples/fhir/${held}`))).toBe(
      true,
    );
    expect(standardOf("application/xml", bytes.toString("latin1"))).toBe("fhir");
  });
  test("the receipt is the hub's own of the observation's envelope", () => {
    const { enveloped } = messageIn(bytesOf("sbdh-home-care-observation.xml"));
    const receipt = receiptOfEnvelope(enveloped, { level: "message", at: "2026-11-23T09:16:05.000Z" });
    expect(Buffer.from(receipt ?? "").equals(bytesOf("sbdh-receipt.xml"))).toBe(true);
  });
  test("each is held here", () => {
    expect(readdirSync(folder).toSorted()).toEqual([...Object.keys(inside), "sbdh-receipt.xml"].toSorted());
  });
});
