import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { InboxItem } from "../../../contracts/messages/worklist.ts";
import { parseDocument } from "../../../gateways/oioxml/codec/parse-document.ts";
import { intakeStreams } from "../../../infra/nats/streams.ts";
import { eventually } from "../../support/eventually.ts";
import { department, freshId, practice, xbin01, xdis91 } from "../../support/golden-samples.ts";
import {
  caseOf,
  forgedToken,
  type GatewayHub,
  type HubClient,
  maxDocumentBytes,
  startGatewayHub,
} from "../../support/hub-client.ts";
import { changed, latin1, letterIn, textOf } from "../../support/oioxml-builders.ts";
import { who } from "../../support/region-view.ts";

let hub: GatewayHub;
let sender: HubClient;
beforeAll(async () => {
  hub = await startGatewayHub();
  sender = await hub.as(practice.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const documentsKept = async (): Promise<number> => {
  const { jsm, layout } = hub.platform;
  const infos = await Promise.all(intakeStreams(layout).map(({ name }) => jsm.streams.info(name)));
  return infos.reduce((sum, { state }) => sum + state.messages, 0);
};

const json = { accept: "application/json" };

describe("who may send", () => {
  test("without a token, with a stranger's, and with one that has expired: 401, and nothing is kept", async () => {
    const before = await documentsKept();
    const token = await hub.tokenFor(practice.gln);
    const expired = await hub.tokenFor(practice.gln, -10);
    for (const authorization of [
      "",
      "Bearer",
      `Basic ${token}`,
      `Bearer ${token}x`,
      `Bearer ${forgedToken()}`,
      `Bearer ${expired}`,
    ]) {
      const answer = await sender.send(xdis91(), { authorization });
      expect([authorization.length, answer.status]).toEqual([authorization.length, 401]);
      expect(answer.header("www-authenticate")).toBe("Bearer");
      expect(answer.json()).toMatchObject({ code: "not-authenticated" });
    }
    expect(await documentsKept()).toBe(before);
  });

  test("a document that names another sender is 403, opens nothing, and an operator sees it", async () => {
    const document = xdis91();
    const answer = await (await hub.as(who.otherPractice)).send(document);
    expect(answer.status).toBe(403);
    expect(answer.json()).toMatchObject({
      code: "sender-not-authorised",
      problems: [{ path: "Sender/EANIdentifier" }],
    });
    const list = (await hub.operator.get("/v1/intake/refused")).json() as {
      documents: { intake: string; sender: string; code: string }[];
    };
    expect(list.documents.find((d) => d.intake === answer.header("sektorbro-intake"))).toMatchObject({
      sender: who.otherPractice,
      code: "sender-not-authorised",
    });
    // Its letter number was not used up by the attempt.
    expect((await sender.send(document)).status).toBe(201);
  });

  test("a hospital may send for its department, a department not for its hospital or its sister", async () => {
    const asDepartment = { from: department, to: practice };
    expect((await (await hub.as(who.hospital)).send(xdis91(asDepartment))).status).toBe(201);
    expect((await (await hub.as(who.region)).send(xdis91(asDepartment))).status).toBe(201);
    expect((await (await hub.as(who.cardiology)).send(xdis91(asDepartment))).status).toBe(403);
    expect((await (await hub.as(who.otherHospital)).send(xdis91(asDepartment))).status).toBe(403);
    const asHospital = { from: { ...department, gln: who.hospital, id: "990100" }, to: practice };
    expect((await (await hub.as(department.gln)).send(xdis91(asHospital))).status).toBe(403);
  });
});

describe("what may be sent", () => {
  test("a document over the limit is 413", async () => {
    const answer = await sender.send(Buffer.alloc(maxDocumentBytes + 1, 0x20));
    expect(answer.status).toBe(413);
    expect(answer.json()).toMatchObject({ code: "document-too-large" });
  });
  test.each([
    ["text/plain", "media-type-unknown"],
    ["application/octet-stream", "media-type-unknown"],
    ["application/json", "media-type-unknown"],
  ])("%s is 415", async (type, code) => {
    const answer = await sender.send(xdis91(), { "content-type": type });
    expect(answer.status).toBe(415);
    expect(answer.json()).toMatchObject({ code });
  });
  test.each(["application/xml", "text/xml", "application/xml; charset=utf-8", "Application/XML"])(
    "%s is taken, and the bytes say their own encoding",
    async (type) => {
      expect((await sender.send(xdis91(), { "content-type": type })).status).toBe(201);
    },
  );
  test("nothing at all is 400", async () => {
    expect((await sender.send(Buffer.alloc(0))).status).toBe(400);
  });

  test("a caller that prefers JSON gets every problem with its path", async () => {
    const broken = changed(
      changed(
        xdis91({ cpr: "3113650000", subject: "x".repeat(71) }),
        "<IdentifierCode>ydernummer",
        "<IdentifierCode>hest",
      ),
      "<Priority>rutine",
      "<Priority>snart",
    );
    const answer = await sender.send(broken, json);
    expect(answer.status).toBe(422);
    const { code, fate, problems } = answer.json() as {
      code: string;
      fate: string;
      problems: { path: string; code: string }[];
    };
    expect({ code, fate }).toEqual({ code: "document-invalid", fate: "park" });
    expect(problems.map((p) => p.path)).toEqual([
      "ClinicalEmail/Sender/IdentifierCode",
      "ClinicalEmail/Patient/CivilRegistrationNumber",
      "ClinicalEmail/AdditionalInformation/Priority",
      "ClinicalEmail/AdditionalInformation/Subject",
    ]);
  });
  test("a caller that prefers JSON gets the outcome of what was accepted, and the same again as a duplicate", async () => {
    const document = xdis91();
    const first = await sender.send(document, json);
    expect(first.status).toBe(201);
    expect(first.json()).toMatchObject({ status: "accepted", documentType: "XDIS91", duplicate: false });
    const again = await sender.send(document, json);
    expect(again.status).toBe(200);
    const { intake: _one, duplicate: _first, ...rest } = first.json() as Record<string, unknown>;
    const { intake: _two, duplicate, ...same } = again.json() as Record<string, unknown>;
    expect({ duplicate, ...same }).toEqual({ duplicate: true, ...rest });
  });
});

describe("encodings come through the whole path", () => {
  const text = "Æble, Østers, Ål: frit T4 ½ µg × 3 é ü ß";
  const lastTextAt = async (caseId: string): Promise<string> => {
    const [item] = await hub.inboxOf(department.gln, caseId);
    const out = await (await hub.as(department.gln)).get(`/v1/inbox/${item?.deliveryId ?? ""}`);
    expect(textOf(out.bytes)).toMatch(/^<\?xml version="1.0" encoding="ISO-8859-1"\?>/);
    return letterIn(parseDocument(out.bytes))
      .texts.flat()
      .map((run) => (typeof run === "string" ? run : `<${run.el}>`))
      .join("");
  };
  test.each(["ISO-8859-1", "windows-1252", "UTF-8"])("%s", async (encoding) => {
    const answer = await sender.send(xdis91({ encoding, text }));
    expect(answer.status, answer.text).toBe(201);
    expect(await lastTextAt(caseOf(answer))).toBe(text);
  });
  test("what windows-1252 and UTF-8 have and ISO-8859-1 has not is kept", async () => {
    const quoted = "Hun siger „ondt“ – 5 € …";
    const utf8 = await sender.send(xdis91({ encoding: "UTF-8", text: `${quoted} ≥ 3 😀` }));
    expect(await lastTextAt(caseOf(utf8))).toBe(`${quoted} ≥ 3 😀`);
    const windows = changed(
      xdis91({ encoding: "windows-1252", text: "CITAT" }),
      "CITAT",
      "\u0084ondt\u0093 \u0096 5 \u0080 \u0085",
    );
    expect(await lastTextAt(caseOf(await sender.send(windows)))).toBe("„ondt“ – 5 € …");
  });
  test("bytes that do not fit their encoding are refused as a syntax error", async () => {
    const answer = await sender.send(
      latin1(textOf(xdis91({ encoding: "ISO-8859-1" })).replace("ISO-8859-1", "UTF-8")),
    );
    expect(answer.status).toBe(422);
  });
});

describe("when something behind the gateway is away", () => {
  test("with NATS down a document is 503 and not lost from its sender's hands; up again it is accepted", async () => {
    const document = xdis91({ letterId: freshId("NED") });
    await hub.nats.kill();
    const answers = await Promise.all([sender.send(document), sender.send(xbin01({ attached: [] }), json)]);
    for (const answer of answers) {
      expect(answer.status, answer.text).toBe(503);
      expect(Number(answer.header("retry-after"))).toBeGreaterThanOrEqual(2);
      expect((answer.json() as { fate: string }).fate).toMatch(/^(retry|ask)$/);
    }
    const health = await fetch(`${hub.url}/health`);
    expect([health.status, await health.json()]).toMatchObject([503, { parts: { nats: "down" } }]);
    await hub.nats.restart();
    const accepted = await eventually(async () => {
      const answer = await sender.send(document);
      return answer.status === 503 ? undefined : answer;
    }, "the hub is back");
    expect([200, 201]).toContain(accepted.status);
    expect(accepted.text).toContain("<PositiveReceipt>");
    const caseId = caseOf(accepted);
    expect(await hub.recordsOf(caseId)).toHaveLength(1);
    const items: InboxItem[] = await hub.inboxOf(department.gln, caseId);
    expect(items).toHaveLength(1);
  });
});
