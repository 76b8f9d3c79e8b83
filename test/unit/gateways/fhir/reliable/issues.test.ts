import { describe, expect, it } from "vitest";
import { issueDetails } from "../../../../../contracts/codes/fhir-acknowledgement.ts";
import type { CommandReply } from "../../../../../contracts/envelope.ts";
import { AcknowledgementIssue } from "../../../../../contracts/fhir/acknowledgement.ts";
import { readingCodes } from "../../../../../gateways/fhir/codec/model/problem-codes.ts";
import { ruleCodes } from "../../../../../gateways/fhir/codec/rules/rule-codes.ts";
import { issueKinds } from "../../../../../gateways/fhir/reliable/issue-kinds.ts";
import { issueOf, outcomeOfReply } from "../../../../../gateways/fhir/reliable/issues.ts";
import { uuid } from "../../../../support/fhir-bundles.ts";

describe("what the hub says of a message that became a command", () => {
  const accepted = (warnings?: Extract<CommandReply, { status: "accepted" }>["warnings"]): CommandReply => ({
    status: "accepted",
    caseId: uuid(1),
    recordNo: 1,
    at: "2026-11-23T09:20:00.000Z",
    duplicate: false,
    clocks: [],
    facts: ["Measured"],
    ...(warnings === undefined ? {} : { warnings }),
  });

  it("is ok for what was taken, with what is worth a look", () => {
    expect(outcomeOfReply(accepted())).toEqual({ code: "ok", issues: [] });
    const { code, issues } = outcomeOfReply(
      accepted([
        { path: "measurement.senderTotal", code: "total-differs", message: "En. / Da.", severity: "warning" },
      ]),
    );
    expect([code, issues]).toMatchObject([
      "ok",
      [
        {
          severity: "warning",
          text: "Da.",
          diagnostics: "total-differs measurement.senderTotal",
          expression: [],
        },
      ],
    ]);
  });

  it("is ok for what leaves nothing to do", () => {
    expect(outcomeOfReply({ status: "ignored", reason: "already-discharged" })).toEqual({
      code: "ok",
      issues: [],
    });
  });

  it("is fatal-error for what was refused, by MedCom's code and in Danish", () => {
    const reply: CommandReply = {
      status: "refused",
      code: "receiver-unknown",
      problems: [
        { path: "practice", code: "receiver-unknown", message: "That is no practice.", severity: "error" },
      ],
      duplicate: false,
    };
    const { code, issues } = outcomeOfReply(reply);
    expect(code).toBe("fatal-error");
    expect(issues.map(({ details }) => details?.code)).toEqual([
      "MSG_Receiver_Identifier_UNKNOWN",
      "MSG_Receiver_Identifier_UNKNOWN",
    ]);
    expect(issues[0]?.text).toBe("Modtageren findes ikke i vejviseren.");
  });

  it("is transient-error for a fault of the hub's own: another answer follows", () => {
    expect(outcomeOfReply({ status: "failed", code: "journal-unavailable", fate: "retry" })).toMatchObject({
      code: "transient-error",
      issues: [{ code: "transient", details: { code: "MSG_Mailbox_Out_Of_Operation" } }],
    });
  });
});

describe("the words of an answer", () => {
  /** hl7.org/fhir/R4/valueset-issue-type.html */
  const fhirKinds =
    "invalid structure required value invariant security login unknown expired forbidden suppressed processing not-supported duplicate multiple-matches not-found deleted too-long code-invalid extension too-costly business-rule conflict transient lock-error no-store exception timeout incomplete throttled informational".split(
      " ",
    );
  const listed = issueDetails.codes.map(({ code }) => code);

  it("have one of FHIR's kinds for every code of MedCom's, and for no other", () => {
    expect(Object.keys(issueKinds).toSorted()).toEqual(listed.toSorted());
    expect(Object.values(issueKinds).filter((kind) => !fhirKinds.includes(kind))).toEqual([]);
  });

  it("are on MedCom's list for every code that reading and the rules find", () => {
    const told = [...Object.values(readingCodes), ...Object.values(ruleCodes)].map(
      ({ acknowledgement }) => acknowledgement.code,
    );
    expect(told.filter((code) => !listed.includes(code))).toEqual([]);
  });

  it.each(listed)("say %s in Danish, and fit the contract", (code) => {
    expect(AcknowledgementIssue.safeParse(issueOf(code)).error).toBeUndefined();
    expect(issueOf(code).text).toMatch(/\.$/);
  });
});
