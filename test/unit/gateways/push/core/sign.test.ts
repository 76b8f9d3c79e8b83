import { describe, expect, it } from "vitest";
import { headersOf, idOf } from "../../../../../gateways/push/core/document-headers.ts";
import { signatureOf } from "../../../../../gateways/push/core/sign.ts";

describe("a signature", () => {
  it("is that of Standard Webhooks 1.0, by its own example", () => {
    const body = new TextEncoder().encode('{"test": 2432232314}');
    const signed = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1614265330, body };
    expect(signatureOf(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], signed)).toBe(
      "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    );
  });

  it("is one for each secret, so that a receiver can change to the new one when it likes", () => {
    const signed = { id: "a", timestamp: 1, body: new Uint8Array([0, 255]) };
    expect(signatureOf(["new", "old"], signed)).toBe(
      `${signatureOf(["new"], signed)} ${signatureOf(["old"], signed)}`,
    );
    expect(signatureOf([], signed)).toBe("");
  });
});

describe("the headers of a document", () => {
  const parcel = {
    deliveryId: "0b6f5a52-6e1c-5a44-9d0e-2f4c8f6a7b10.1.0",
    sending: 1,
    caseId: "0b6f5a52-6e1c-5a44-9d0e-2f4c8f6a7b10",
    from: "5790000100019",
    to: "5790000200016",
    documentType: "XDIS91",
    mediaType: "application/xml",
    body: new Uint8Array([1]),
  };

  it("name it alike however often it is tried, and anew when it is sent in a new envelope", () => {
    expect(idOf(parcel)).toBe(parcel.deliveryId);
    expect(idOf({ ...parcel, sending: 2 })).toBe(`${parcel.deliveryId}_2`);
    const [first, later] = [1, 99].map((timestamp) => headersOf(parcel, { timestamp, secrets: ["s"] }));
    expect(first?.["idempotency-key"]).toBe(later?.["idempotency-key"]);
    expect(first?.["webhook-signature"]).not.toBe(later?.["webhook-signature"]);
  });

  it("have no signature where the directory names no secret", () => {
    expect(headersOf(parcel, { timestamp: 1, secrets: [] })).not.toHaveProperty("webhook-signature");
  });
});
