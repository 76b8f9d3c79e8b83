import { beforeAll, describe, expect, test } from "vitest";
import { DeadLetterPage, HopsPage, type MessageHop } from "../../../../contracts/messages/message-log.ts";
import type { HandlerPorts } from "../../../../services/message-log/handler.ts";
import { type Logged, loggedCases } from "../../../support/logged-cases.ts";
import {
  askLog,
  loggedOf,
  logPorts,
  noteOf,
  notesOf,
  searched,
  shownTo,
} from "../../../support/message-log.ts";
import { who } from "../../../support/region-view.ts";

const intake = "0c7e3a52-4f1d-4a8e-9a53-0f5f0d6f7a11";
const refused = {
  intake,
  sender: who.practice,
  at: "2026-11-23T08:00:00.000Z",
  code: "xml-malformed",
  problems: [],
};

let logged: Logged;
let ports: HandlerPorts;
beforeAll(async () => {
  logged = await loggedCases();
  ports = logPorts(await loggedOf(logged.records), logged.cases.journal, {
    notesKept: await notesOf([noteOf(1, "refused", intake, refused)]),
  });
});
const first = (n: number): string => `${logged.caseIds[n] ?? ""}.1.0`;
const way = ({ what, station, subtype, outcome }: MessageHop): string =>
  [what, station, subtype, outcome].filter((one) => one !== undefined).join(" ");

describe("the way of a message", () => {
  test("is told with the stations of EHMI's delivery status", async () => {
    const { hops } = await shownTo(ports, who.endocrinology, first(2));
    expect(hops.map(way)).toEqual([
      "owed AP-MSH msg-created 0",
      "fetched AP-MSH msg-sent 0",
      "failed EUA msg-received-and-finalized 8",
    ]);
    expect(hops[2]?.code).toBe("no-such-patient");
  });

  test("of a command begins when it came", async () => {
    const { hops, messageIds } = await shownTo(ports, who.practice, `${logged.caseIds[0] ?? ""}.1`);
    expect(hops.map(way)).toEqual(["taken AP-MSH msg-received 0", "accepted AP-MSH msg-sent 0"]);
    expect(messageIds).toContain("ask:0");
  });

  test("that a person has seen to it is no station's", async () => {
    const { hops, status } = await shownTo(ports, who.practice, first(3));
    expect(hops.map(way).at(-1)).toBe("handled");
    expect(status).toBe("failed");
  });

  test("of a document that could not be read ends at the hub, also without the index", async () => {
    const away = {
      ...ports,
      document: () =>
        Promise.resolve({
          sender: who.practice,
          receivedAt: refused.at,
          standard: "oioxml",
          refused,
          steps: [],
        }),
    };
    const { hops, status } = await shownTo(away, who.practice, intake);
    expect(status).toBe("unreadable");
    expect(hops.map(way)).toEqual(["taken AP-MSH msg-received 0", "unreadable AP-MSH msg-received 8"]);
  });

  test("a document that nothing came of yet is taken", async () => {
    const waiting = {
      ...ports,
      document: () =>
        Promise.resolve({ sender: who.practice, receivedAt: refused.at, standard: "fhir", steps: [] }),
    };
    const id = "1c7e3a52-4f1d-4a8e-9a53-0f5f0d6f7a11";
    expect(await shownTo(waiting, who.practice, id)).toMatchObject({ status: "taken", standard: "fhir" });
  });
});

describe("dead letters", () => {
  const list = async (viewer: string, payload: object = {}): Promise<string[]> => {
    const page = DeadLetterPage.parse(await askLog(ports, viewer, { type: "deadLetters", payload }));
    return page.items.map(({ id }) => id);
  };

  test("are what went wrong and nobody has seen to, newest first", async () => {
    expect(await list("operator")).toEqual([first(6), first(2), intake]);
    expect(await list("operator", { state: "closed" })).toEqual([first(7), first(3)]);
  });

  test("are its sender's alone", async () => {
    expect(await list(who.practice)).toEqual([first(6), first(2), intake]);
    expect(await list(who.endocrinology)).toEqual([]);
  });

  test.each([
    [{ kind: "unreadable" }, [2]],
    [{ kind: "failed" }, [0, 1]],
    [{ code: "no-such-patient" }, [0, 1]],
    [{ receiver: who.endocrinology }, [0, 1]],
    [{ receiver: who.cardiology }, []],
    [{ sender: who.practice, from: "2026-11-23T08:30:00.000Z" }, [0, 1]],
    [{ to: "2026-11-22" }, []],
  ] as const)("of %j are found by it", async (payload, places) => {
    const all = await list("operator");
    expect(await list("operator", payload)).toEqual(places.map((n) => all[n]));
  });

  test("what somebody did about one is its state", async () => {
    const closed = { step: "closed", at: refused.at, commandId: "c", by: "operator", reason: "Set" };
    const notesKept = await notesOf([
      noteOf(1, "refused", intake, refused),
      noteOf(2, "steps", intake, closed),
    ]);
    const then = logPorts(new Map(), logged.cases.journal, { notesKept });
    const asked = (state: string) => askLog(then, "operator", { type: "deadLetters", payload: { state } });
    expect(DeadLetterPage.parse(await asked("open")).items).toEqual([]);
    expect(DeadLetterPage.parse(await asked("closed")).items).toMatchObject([
      { id: intake, state: "closed" },
    ]);
  });

  test("stand in the log too, but not beside the record that tells of the same refusal", async () => {
    const listed = await searched(ports, who.practice, { status: "unreadable" });
    expect(listed.items).toMatchObject([{ id: intake, type: "unknown", code: "xml-malformed" }]);
    const record = logged.records.find(({ meta }) => meta.no === 1);
    if (record === undefined) throw new Error("There is no record.");
    const meta = { ...record.meta, intake, outcome: "refused" as const, refusal: "message-invalid" };
    const kept = await loggedOf([{ ...record, deliveries: [], facts: [], meta }]);
    const notesKept = await notesOf([noteOf(1, "refused", intake, refused)]);
    const both = logPorts(kept, logged.cases.journal, { notesKept });
    const page = await searched(both, "operator", {});
    expect(page.items).toMatchObject([{ id: `${record.caseId}.1`, status: "refused", intakeId: intake }]);
  });
});

describe("an export", () => {
  const span = { from: "2026-11-23T09:00:00.000Z", to: "2026-11-23T09:05:00.000Z" };
  const exporting = (): HandlerPorts => ({
    ...ports,
    read: (stream) =>
      Promise.resolve(
        [
          { records: logged.records, refusals: [], next: undefined },
          { records: [], refusals: [refused], next: undefined },
        ][stream],
      ),
  });
  const all = async (payload: object): Promise<HopsPage["items"]> => {
    const items: HopsPage["items"] = [];
    for (let cursor: string | undefined = "0.0"; cursor !== undefined; ) {
      const asked = { type: "hops", payload: { ...payload, cursor } };
      const page = HopsPage.parse(await askLog(exporting(), "operator", asked));
      items.push(...page.items);
      cursor = page.next;
    }
    return items;
  };

  test("holds every hop of its time once, by an id that stays", async () => {
    const hops = await all(span);
    const minutes = logged.records.filter(({ meta }) => meta.at >= span.from && meta.at < span.to);
    const changes = minutes.flatMap(({ deliveries }) => deliveries).length;
    const commands = minutes.filter(({ meta }) => meta.commandType.startsWith("advice.")).length;
    expect(hops.length).toBe(changes + 2 * commands);
    expect(new Set(hops.map(({ id }) => id)).size).toBe(hops.length);
    expect((await all(span)).map(({ id }) => id)).toEqual(hops.map(({ id }) => id));
  });

  test("tells the citizen's number only where that is asked for", async () => {
    expect(JSON.stringify(await all(span))).not.toContain("040465");
    expect(
      (await all({ ...span, patient: true })).every(({ patient }) => patient?.startsWith("040465")),
    ).toBe(true);
  });

  test("tells of documents that became nothing", async () => {
    const early = { from: "2026-11-23T07:00:00.000Z", to: "2026-11-23T08:30:00.000Z" };
    expect((await all(early)).map(({ what }) => what)).toEqual(["taken", "unreadable"]);
  });

  test("is for those who run the hub alone", async () => {
    const asked = { type: "hops", payload: span };
    await expect(askLog(exporting(), who.practice, asked)).rejects.toThrow("operator-only");
  });
});
