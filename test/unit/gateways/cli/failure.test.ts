import { describe, expect, it } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { UnsafeServer } from "../../../../gateways/cli/check-durability.ts";
import { CommandFailed, exitCodes, explain } from "../../../../gateways/cli/failure.ts";
import { ConfigError } from "../../../../infra/config/config.ts";
import { unsafeAdvice } from "../../../../infra/embedded/doctor.ts";
import { EmbeddedError } from "../../../../infra/embedded/embedded-error.ts";
import { StoreNewer, StreamMissing } from "../../../../infra/nats/streams.ts";
import { StreamsDiffer } from "../../../../infra/platform.ts";

describe("what a person is told of an error", () => {
  it("an unsafe server is told with its reason, what to do, and how to start all the same", () => {
    const { text, exitCode } = explain(new UnsafeServer({ kind: "unsafe", reason: "fsync-off" }));
    expect(exitCode).toBe(exitCodes.refused);
    expect(text).toContain("(fsync-off)");
    expect(text).toContain(unsafeAdvice["fsync-off"]);
    expect(text).toContain("--unsafe-fsync");
  });

  it.each([
    [new CommandFailed("Nobody there.", exitCodes.notRunning), "Nobody there.", 3],
    [new CommandFailed("No."), "No.", 1],
    [new ConfigError([{ name: "SEKTORBRO_PORT", message: "A port." }]), "SEKTORBRO_PORT: A port.", 2],
    [new EmbeddedError("server-missing", "Run npm run setup."), "Run npm run setup.", 1],
    [new StreamMissing(["JOURNAL_0"]), "Restore the store from a backup.", 1],
    [new StoreNewer(2), "Start the release that wrote it, or a newer one", 1],
    [new StreamsDiffer(["JOURNAL_0: discard"]), "JOURNAL_0: discard", 1],
    [new Fault("journal-unavailable"), "The NATS server does not answer.", 1],
    [Object.assign(new Error("listen EADDRINUSE"), { code: "EADDRINUSE" }), "--port", 1],
  ])("%s", (error, text, exitCode) => {
    const explained = explain(error);
    expect(explained.text).toContain(text);
    expect(explained.exitCode).toBe(exitCode);
  });

  it("a bug is told by its place and never by its message, which may repeat what was sent", () => {
    const { text } = explain(new TypeError("cannot read 1105650000"));
    expect(text).toContain("TypeError at ");
    expect(text).not.toContain("1105650000");
  });
});
