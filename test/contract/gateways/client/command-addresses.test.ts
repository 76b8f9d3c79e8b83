import { describe, expect, it } from "vitest";
import { AdviceCommands } from "../../../../contracts/messages/advice.ts";
import { BookingCommands } from "../../../../contracts/messages/booking.ts";
import { DischargeCommands } from "../../../../contracts/messages/discharge.ts";
import { ObservationCommands } from "../../../../contracts/messages/observation.ts";
import { ReferralCommands } from "../../../../contracts/messages/referral.ts";
import { commandAddresses } from "../../../../gateways/client/main.ts";
import { operations } from "../../../support/api-document.ts";

const contracts: Readonly<Record<string, unknown>> = {
  ...AdviceCommands,
  ...BookingCommands,
  ...DischargeCommands,
  ...ObservationCommands,
  ...ReferralCommands,
};

/** Where a command is sent, as the hub itself describes it: operations are named after their commands. */
const described = new Map(
  operations.filter(({ method }) => method === "POST").map(({ id, path }) => [id.replace("-", "."), path]),
);

describe("the client's addresses of commands", () => {
  it.each(Object.entries(commandAddresses))("%s is sent to %s", (type, address) => {
    expect(described.get(type)).toBe(address);
    expect(Object.keys(contracts)).toContain(type);
  });

  it("leave out no command that has an address", () => {
    const left = [...described.keys()].filter((type) => type in contracts && !(type in commandAddresses));
    expect(left).toEqual([]);
  });
});
