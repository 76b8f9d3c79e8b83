import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createClient, type SektorbroClient } from "../../../gateways/client/main.ts";
import { type CliProcess, cliProcess, startCli, startUp } from "../../support/cli.ts";
import { eventually } from "../../support/eventually.ts";
import { type TempDir, tempDir } from "../../support/temp-dir.ts";

const [practice, department] = ["5790000100019", "5790000200016"];
const question = await readFile("contracts/examples/demo/question.xml", "utf8");

let folder: TempDir;
let hub: Awaited<ReturnType<typeof startUp>>;
let asked = 0;
beforeAll(async () => {
  folder = await tempDir();
  hub = await startUp(folder.path);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const at = (): string[] => ["--data", folder.path, "--url", hub.url];

const clientOf = async (gln: string): Promise<SektorbroClient> => {
  const { out } = await cliProcess(["token", gln, "--data", folder.path]);
  return createClient({ url: hub.url, token: () => Promise.resolve(out.trim()) });
};

/** A question like the demo's, with numbers and an episode of its own: a case for each. */
const newQuestion = (): string => {
  asked += 1;
  const no = String(asked).padStart(8, "0");
  return question
    .replaceAll("DEMOQE00000001", `SIMQQE${no}`)
    .replaceAll("DEMOQB00000001", `SIMQQB${no}`)
    .replaceAll("5e7a0c4db1f24a6f9c3d8e2b7a601f94", `5e7a0c4db1f24a6f9c3d8e2b${no}`);
};

const ask = async (gp: SektorbroClient): Promise<string> => {
  const { accepted, caseId } = await gp.sendDocument(Buffer.from(newQuestion()), "application/xml");
  if (!accepted || caseId === undefined) throw new Error("The question was refused.");
  return caseId;
};

const simulated = async (work: () => Promise<void>, ...how: string[]): Promise<string> => {
  const system = startCli(["simulate", "hospital", "--as", department, "--poll", "50", ...how, ...at()]);
  try {
    await eventually(
      () => Promise.resolve(system.err().includes("Simulating") ? (true as const) : undefined),
      "the system is there",
    );
    await work();
  } finally {
    await system.end("SIGINT");
  }
  return system.err();
};

describe("a simulated hospital and the client for partners, over a hub", () => {
  let gp: SektorbroClient;
  beforeAll(async () => {
    gp = await clientOf(practice);
  });
  type Taken = Awaited<ReturnType<SektorbroClient["case"]>>["deliveries"][number]["status"];
  /** How the question of a case was taken, as the case tells both. */
  const questionIn = async (caseId: string): Promise<Taken | undefined> =>
    (await gp.case(caseId)).deliveries[0]?.status;
  const untilTaken = (caseId: string, status: Taken): Promise<true> =>
    eventually(async () => ((await questionIn(caseId)) === status ? (true as const) : undefined), status);

  it("well behaved: the question is acknowledged and answered, and the answer comes to the practice", async () => {
    await simulated(async () => {
      const caseId = await ask(gp);
      expect((await gp.dueTimes(caseId)).length).toBeGreaterThan(0);
      for await (const delivery of gp.documents({ signal: AbortSignal.timeout(20_000), pollMs: 50 })) {
        if (delivery.caseId !== caseId) continue;
        const { bytes } = await delivery.fetch();
        expect(Buffer.from(bytes).toString()).toContain("<StatisticalCode>XDIS91</StatisticalCode>");
        await delivery.receipt({ outcome: "positive" });
        break;
      }
      const { status, deliveries } = await gp.case(caseId);
      expect([status, deliveries.map((one) => one.status)]).toEqual([
        "answered",
        ["acknowledged", "acknowledged"],
      ]);
    });
  });

  it("--refuse: the sender hears that the question was refused, and why", async () => {
    await simulated(
      async () => {
        const caseId = await ask(gp);
        await untilTaken(caseId, "failed");
        const { status, deliveries } = await gp.case(caseId);
        expect([status, deliveries[0]?.text]).toEqual(["asked", "Kan ikke modtages nu."]);
      },
      "--refuse",
      "1",
    );
  });

  it("--silent: fetched is all that is known, and the department owes its answer still", async () => {
    await simulated(async () => {
      const caseId = await ask(gp);
      await untilTaken(caseId, "fetched");
      const { clocks } = await gp.case(caseId);
      expect(clocks.map(({ status, debtor }) => [status, debtor])).toEqual([["running", department]]);
    }, "--silent");
  });

  it.each([
    ["--truncate", "half a receipt"],
    ["--wrong-receipt", "a receipt of nothing that was sent"],
  ])("%s: %s settles nothing, and the hub says so to whoever sent it", async (how) => {
    let caseId = "";
    const told = await simulated(async () => {
      caseId = await ask(gp);
      await untilTaken(caseId, "fetched");
    }, how);
    expect(await questionIn(caseId)).toBe("fetched");
    expect(told).toMatch(/said no|refused/);
  });

  it("--duplicate: what comes twice is one receipt and one answer", async () => {
    await simulated(async () => {
      const caseId = await ask(gp);
      await eventually(
        async () => ((await gp.case(caseId)).status === "answered" ? true : undefined),
        "it is answered",
      );
      expect((await gp.case(caseId)).deliveries).toHaveLength(2);
    }, "--duplicate");
  });
});

describe("the conformance test, tried on simulated systems", () => {
  const hold = async (how: readonly string[], more: readonly string[] = []) => {
    const trying = startCli(["conform", "--as", department, "--json", ...more, ...at()]);
    let system: CliProcess | undefined;
    try {
      const line = await eventually(
        () => Promise.resolve(/^line (\S+)$/m.exec(trying.err())?.[1]),
        "the line is open",
      );
      system = startCli([
        ...["simulate", "hospital", "--as", department, "--poll", "50", ...how],
        ...["--url", line, "--data", folder.path],
      ]);
      const { code, out } = await trying.ended;
      const results = JSON.parse(out) as { id: string; passed: boolean }[];
      return {
        code,
        failed: results.filter(({ passed }) => !passed).map(({ id }) => id),
        held: results.length,
      };
    } finally {
      await system?.end("SIGINT");
    }
  };

  it("passes a system that behaves well in everything", async () => {
    const { code, failed, held } = await hold([]);
    expect([code, failed]).toEqual([0, []]);
    expect(held).toBeGreaterThan(3);
  }, 120_000);

  it.each([
    ["--silent", "letter-receipt"],
    ["--wrong-receipt", "letter-receipt"],
    ["--duplicate", "letter-twice"],
    ["--truncate", "letter-receipt"],
  ])(
    "finds out one that is started with %s",
    async (how, conversation) => {
      const few = ["--within", "4s", "--quiet", "500", "--only", conversation];
      expect(await hold([how], few)).toMatchObject({ code: 1, failed: [conversation] });
    },
    60_000,
  );
});
