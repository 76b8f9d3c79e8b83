import { afterAll, beforeAll, expect, test } from "vitest";
import type { CommandReply, QueryReply } from "../../../contracts/envelope.ts";
import type { SlotSearchAnswer } from "../../../contracts/messages/booking-slot.ts";
import type { CaseView, InboxItem } from "../../../contracts/messages/worklist.ts";
import { caseIdFor } from "../../../infra/ids.ts";
import { bookingRules } from "../../../services/booking/core/rules.ts";
import { createBookingHandler } from "../../../services/booking/handler.ts";
import { startBookingUnder } from "../../../services/booking/main.ts";
import { casePortsFrom } from "../../../services/case/case-ports.ts";
import { gp, otherGp, visitation } from "../../support/booking-given.ts";
import { eventually } from "../../support/eventually.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";

let hub: TestHub;
/** A hold of a second, so that its alarm rings while somebody looks. */
const rules = { ...bookingRules, holdMinutes: 1 / 60 };

beforeAll(async () => {
  hub = await startTestHub({ starts: [(platform) => startBookingUnder(platform, rules)] });
});
afterAll(() => hub[Symbol.asyncDispose]());

const patient = { cpr: "0107364006", surname: "Prøvesen" };
const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();
let count = 0;
const publish = async (places: number, speciality = "kardiologi"): Promise<string> => {
  const reply = await hub.command("booking.publish", visitation, {
    messageId: `S-${String(++count)}`,
    speciality,
    start: inHours(2),
    lengthMinutes: 30,
    places,
    place: "Indgang 4",
  });
  if (reply.status !== "accepted") throw new Error(JSON.stringify(reply));
  return reply.caseId;
};
const take = (
  type: string,
  slotId: string,
  by: string = gp,
  messageId = `B-${String(++count)}`,
): Promise<CommandReply> => hub.command(type, by, { messageId, slotId, patient });
const caseIdOf = (reply: CommandReply): string => {
  if (reply.status !== "accepted") throw new Error(JSON.stringify(reply));
  return reply.caseId;
};
const found = async (speciality: string): Promise<SlotSearchAnswer> => {
  const reply: QueryReply<SlotSearchAnswer> = await hub.query("booking.search", gp, { speciality });
  if (reply.status !== "ok") throw new Error(reply.code);
  return reply.value;
};
const statusOf = async (caseId: string, viewer: string = gp): Promise<string> => {
  const reply = await hub.query<CaseView>("worklist.case", viewer, { caseId });
  return reply.status === "ok" ? reply.value.status : reply.code;
};

test("a slot that is published is found, booked, found no more, and told to both", async () => {
  const slotId = await publish(1, "reumatologi");
  await eventually(
    async () => ((await found("reumatologi")).slots.length === 1 ? true : undefined),
    "the slot",
  );
  const caseId = caseIdOf(await take("booking.bookDirectly", slotId));
  expect(await statusOf(caseId, visitation)).toBe("booked");
  await eventually(
    async () => ((await found("reumatologi")).slots.length === 0 ? true : undefined),
    "no slot",
  );
  expect((await found("reumatologi")).instead?.acuteRoute.length).toBeGreaterThan(0);
  for (const gln of [gp, visitation])
    await eventually(async () => {
      const inbox = await hub.query<{ items: InboxItem[] }>("worklist.inbox", gln, { gln, show: "all" });
      const mine = inbox.status === "ok" ? inbox.value.items.filter((item) => item.caseId === caseId) : [];
      return mine.some(({ documentType }) => documentType === "SlotBooked") ? true : undefined;
    }, "the confirmation");
});

test("a hold runs out by its alarm, its booker is told, and another gets the place", async () => {
  const slotId = await publish(1);
  const caseId = caseIdOf(await take("booking.hold", slotId));
  expect(await take("booking.hold", slotId, otherGp)).toMatchObject({ status: "refused", code: "slot-full" });
  await eventually(async () => ((await statusOf(caseId)) === "expired" ? true : undefined), "the hold's end");
  expect((await take("booking.bookDirectly", slotId, otherGp)).status).toBe("accepted");
});

test("to one booker the slot and the other's booking do not exist", async () => {
  const slotId = await publish(2);
  const caseId = caseIdOf(await take("booking.bookDirectly", slotId));
  expect(await statusOf(slotId)).toBe("case-unknown");
  expect(await statusOf(caseId, otherGp)).toBe("case-unknown");
  expect(await statusOf(slotId, visitation)).toBe("published");
});

test("what a process left undone after the wish is done by the one that follows the journal", async () => {
  const slotId = await publish(1);
  const ports = { ...casePortsFrom(hub.platform), caseIdFor, rules };
  let writes = 0;
  const dying = createBookingHandler({
    ...ports,
    append: (record, seq) => {
      writes += 1;
      return writes > 1 ? Promise.reject(new Error("the process is dead")) : ports.append(record, seq);
    },
  });
  const message = {
    id: "dies",
    type: "booking.bookDirectly",
    version: 1,
    time: hub.platform.effects.now(),
    sender: gp,
  };
  const payload = { messageId: "B-dies", slotId, patient };
  await expect(dying.handle({ ...message, payload })).rejects.toThrow("dead");
  const caseId = caseIdFor(gp, "B-dies");
  await eventually(async () => ((await statusOf(caseId)) === "booked" ? true : undefined), "the booking");
  expect(await hub.command("booking.bookDirectly", gp, payload, "dies")).toMatchObject({
    status: "accepted",
    duplicate: true,
    facts: ["SlotBooked"],
  });
});

test("two processes give one slot's places out once, whichever a booker reaches", async () => {
  const slotId = await publish(5);
  const ports = { ...casePortsFrom(hub.platform), caseIdFor, rules };
  const handlers = [createBookingHandler(ports), createBookingHandler(ports)];
  const ask = (i: number): Promise<CommandReply> => {
    const id = `two-${String(i)}`;
    const payload = { messageId: id, slotId, patient };
    const message = {
      id,
      type: "booking.bookDirectly",
      version: 1,
      time: hub.platform.effects.now(),
      sender: gp,
      payload,
    };
    const handle = handlers[i % 2]?.handle;
    if (handle === undefined) throw new Error();
    return eventually(() => handle(message), "an answer");
  };
  const replies = await Promise.all(Array.from({ length: 20 }, (_, i) => ask(i)));
  expect(replies.filter(({ status }) => status === "accepted")).toHaveLength(5);
  expect(replies.filter((reply) => reply.status === "refused" && reply.code === "slot-full")).toHaveLength(
    15,
  );
  const facts = (await hub.platform.journal.load(slotId)).flatMap(({ record }) => record.facts);
  expect(facts.filter(({ type }) => type === "PlaceTaken")).toHaveLength(5);
});
