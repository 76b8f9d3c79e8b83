import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import type { Organisation } from "../../../../contracts/messages/directory.ts";
import {
  createDirectoryHandler,
  type DirectoryChange,
  type DirectoryPorts,
} from "../../../../services/directory/handler.ts";
import { now } from "../../../support/advice-given.ts";
import { changed, organisation, region, who } from "../../../support/region-view.ts";

let kept: Map<string, Organisation>;
let settled: number;
let changes: DirectoryChange[];
let ports: DirectoryPorts;
beforeEach(() => {
  kept = new Map();
  settled = 0;
  changes = [];
  ports = {
    organisation: (gln) => kept.get(gln),
    change: (change) => {
      changes.push(change);
      for (const o of change.organisations) kept.set(o.gln, o);
      return Promise.resolve();
    },
    digest: (text) => `hash of ${String(text.length)}`,
    settled: () => {
      settled = kept.size;
      return Promise.resolve();
    },
    now: () => now,
  };
});

const importing = (organisations: readonly unknown[], sender = "operator", more: object = {}) =>
  createDirectoryHandler(ports)({
    id: "import-1",
    type: "directory.import",
    version: 1,
    time: now,
    sender,
    payload: {
      file: { format: "sektorbro-directory", version: 1, organisations, ...more },
      changedBy: "Drift",
    },
  });

describe("an import of a directory file", () => {
  it("adds everything in it, and answers when every reader sees it", async () => {
    expect(await importing(region)).toMatchObject({
      status: "accepted",
      caseId: "directory",
      recordNo: region.length,
      at: now,
      duplicate: false,
      facts: ["DirectoryImported"],
    });
    expect([...kept.values()]).toEqual(region);
    expect(settled).toBe(region.length);
  });

  it("replaces what it names and leaves the rest", async () => {
    await importing(region);
    await importing([changed(who.practice, { name: "Lægerne i Åparken" })]);
    expect(kept.get(who.practice)?.name).toBe("Lægerne i Åparken");
    expect(kept.size).toBe(region.length);
  });

  it("takes a part whose whole is in the directory, or later in the file", async () => {
    expect(await importing([organisation(who.region)])).toMatchObject({ status: "accepted" });
    const parts = [organisation(who.endocrinology), organisation(who.hospital)];
    expect(await importing(parts)).toMatchObject({ status: "accepted" });
  });

  it("takes an address whose check digit is wrong, and warns of it", async () => {
    const odd = changed(who.practice, { gln: "5790000100010" });
    expect(await importing([organisation(who.otherPractice), odd])).toMatchObject({
      status: "accepted",
      warnings: [{ path: "organisations.1.gln", code: "gln-check-digit", severity: "warning" }],
    });
    expect(kept.has(odd.gln)).toBe(true);
    expect(await importing([organisation(who.practice)])).toMatchObject({ warnings: [] });
  });

  it("of nothing changes nothing", async () => {
    expect(await importing([])).toMatchObject({ status: "accepted", recordNo: 0 });
    expect(kept.size).toBe(0);
  });
});

describe("an import is all or nothing", () => {
  it("with one organisation that fits no schema nothing is imported, and its path is told", async () => {
    const reply = await importing([
      organisation(who.practice),
      { ...organisation(who.otherPractice), channels: [] },
    ]);
    expect(reply).toMatchObject({
      status: "refused",
      code: "message-invalid",
      problems: [{ path: "payload.file.organisations.1.channels" }],
    });
    expect(kept.size).toBe(0);
  });

  it("with one GLN twice nothing is imported: each entry after the first is told", async () => {
    const again = changed(who.practice, { name: "En anden" });
    const reply = await importing([
      organisation(who.practice),
      organisation(who.otherPractice),
      again,
      again,
    ]);
    expect(reply).toMatchObject({
      status: "refused",
      code: "message-invalid",
      problems: [
        { path: "organisations.2.gln", code: "gln-twice", severity: "error" },
        { path: "organisations.3.gln", code: "gln-twice", severity: "error" },
      ],
    });
    expect(kept.size).toBe(0);
    expect(settled).toBe(0);
  });

  it("with a part of a whole that is nowhere nothing is imported, and every problem is told at once", async () => {
    const lost = changed(who.endocrinology, { partOf: who.nobody });
    const reply = await importing([lost, organisation(who.practice), lost, organisation(who.cardiology)]);
    expect(reply).toMatchObject({
      problems: [
        { path: "organisations.0.partOf", code: "part-of-unknown" },
        { path: "organisations.2.gln", code: "gln-twice" },
        { path: "organisations.2.partOf", code: "part-of-unknown" },
        { path: "organisations.3.partOf", code: "part-of-unknown" },
      ],
    });
    expect(kept.size).toBe(0);
  });
});

describe("who may import", () => {
  it.each([who.practice, who.region, "hub", "Operator"])("not %s: only an operator", async (sender) => {
    expect(await importing(region, sender)).toMatchObject({ status: "refused", code: "operator-only" });
    expect(kept.size).toBe(0);
  });
});

describe("a store that fails", () => {
  it("is a fault: what was not stored is not answered for", async () => {
    ports = { ...ports, change: () => Promise.reject(new Fault("journal-unavailable")) };
    await expect(importing(region)).rejects.toMatchObject({ code: "journal-unavailable" });
  });
});

describe("registrations in a directory file", () => {
  const at = (cpr: string, gln: string, validFrom: string, validTo?: string) => ({
    cpr,
    gln,
    validFrom,
    ...(validTo === undefined ? {} : { validTo }),
  });

  it("are kept by citizen under a hash, with who changed it, and no number goes on", async () => {
    const registrations = [
      at("0404650010", who.practice, "2020-01-01", "2026-12-31"),
      at("0404650010", who.otherPractice, "2027-01-01"),
    ];
    expect(await importing(region, "operator", { registrations })).toMatchObject({ status: "accepted" });
    expect(changes).toMatchObject([
      {
        changedBy: "Drift",
        changedAt: now,
        registrations: [
          {
            with: [
              { gln: who.practice, validFrom: "2020-01-01", validTo: "2026-12-31" },
              { gln: who.otherPractice, validFrom: "2027-01-01" },
            ],
          },
        ],
      },
    ]);
    expect(JSON.stringify(changes)).not.toContain("0404650010");
  });

  it("with a practice that nobody knows are refused with the rest, and no value is repeated", async () => {
    const reply = await importing([organisation(who.practice)], "operator", {
      registrations: [at("0404650010", who.nobody, "2020-01-01")],
    });
    expect(reply).toMatchObject({
      status: "refused",
      problems: [{ path: "registrations.0.gln", code: "practice-unknown" }],
    });
    expect(changes).toEqual([]);
    expect(JSON.stringify(reply)).not.toContain("0404650010");
  });

  it("name one citizen each", async () => {
    const registrations = [{ gln: who.practice, validFrom: "2020-01-01" }];
    expect(await importing(region, "operator", { registrations })).toMatchObject({
      problems: [{ code: "patient-id-one" }],
    });
  });
});
