import { describe, expect, test } from "vitest";
import { durabilityOf, type ServerFacts, unsafeAdvice } from "../../../../infra/embedded/doctor.ts";
import { diskStatus } from "../../../../infra/embedded/doctor-checks.ts";

const facts = (given: Partial<ServerFacts>): ServerFacts => ({
  version: "2.10.27",
  jetstream: true,
  syncAlways: true,
  storeDir: "/srv/store",
  maxStorageBytes: 1,
  maxPayloadBytes: 1,
  healthy: true,
  storeSynchronous: false,
  ...given,
});

describe("an acknowledgement is a promise", () => {
  test.each(["2.10.23", "2.10.27", "2.12.1"])("on %s with sync_interval always", (version) => {
    expect(durabilityOf(facts({ version }))).toEqual({ kind: "safe" });
  });

  test("on an older server whose store folder is synchronous", () => {
    expect(durabilityOf(facts({ version: "2.9.10", syncAlways: false, storeSynchronous: true }))).toEqual({
      kind: "safe",
    });
  });
});

describe("an acknowledgement is no promise", () => {
  test.each([
    ["when nothing can be verified", undefined, "monitoring-unknown"],
    ["without JetStream", facts({ jetstream: false }), "jetstream-off"],
    ["without fsync", facts({ syncAlways: false }), "fsync-off"],
    [
      "on a new server with only a synchronous folder",
      facts({ syncAlways: false, storeSynchronous: true }),
      "fsync-off",
    ],
    ["on an older server", facts({ version: "2.9.10", syncAlways: false }), "version-too-old"],
    ["on an older server whatever its setting says", facts({ version: "2.10.19" }), "version-too-old"],
    [
      "on the versions that lose streams in a crash",
      facts({ version: "2.10.22", storeSynchronous: true }),
      "crash-loses-streams",
    ],
  ] as const)("%s", (_when, given, reason) => {
    expect(durabilityOf(given)).toEqual({ kind: "unsafe", reason });
    expect(unsafeAdvice[reason]).not.toBe("");
  });
});

test.each([
  [0.5, "bad"],
  [3, "warn"],
  [50, "ok"],
])("%f GB of free disk is %s", (gigabytes, status) => {
  expect(diskStatus(gigabytes * 1024 ** 3).status).toBe(status);
});
