import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { AdviceCommands } from "../../contracts/messages/advice.ts";
import { AttachmentCommands } from "../../contracts/messages/attachment.ts";
import { BookingCommands } from "../../contracts/messages/booking.ts";
import { DeliveryCommands } from "../../contracts/messages/delivery.ts";
import { DirectoryCommands } from "../../contracts/messages/directory.ts";
import { DischargeCommands } from "../../contracts/messages/discharge.ts";
import { ObservationCommands } from "../../contracts/messages/observation.ts";
import { ReferralCommands } from "../../contracts/messages/referral.ts";
import { namedContracts, schemaFiles } from "../../infra/setup/write-schemas.ts";

const folder = "contracts/schema";
const files = schemaFiles();

describe("contracts/schema", () => {
  it("has one file for each named contract and no other", () => {
    expect(readdirSync(folder).toSorted()).toEqual([...files.keys()].toSorted());
  });

  it.each([...files])("%s is fresh: run `npm run schema` when this fails", (name, text) => {
    expect(readFileSync(`${folder}/${name}`, "utf8")).toBe(text);
  });

  it("is the same each time it is written", () => {
    expect([...schemaFiles()]).toEqual([...files]);
  });

  const commands = {
    ...AdviceCommands,
    ...AttachmentCommands,
    ...BookingCommands,
    ...DeliveryCommands,
    ...DirectoryCommands,
    ...DischargeCommands,
    ...ObservationCommands,
    ...ReferralCommands,
  };
  it.each(Object.entries(commands))("has the payload of %s", (_type, schema) => {
    expect([...namedContracts().values()]).toContain(schema);
  });

  it("closes nothing to fields of a later version", () => {
    expect([...files.values()].filter((text) => text.includes('"additionalProperties": false'))).toEqual([]);
  });
});
