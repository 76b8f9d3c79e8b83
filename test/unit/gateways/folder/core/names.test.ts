import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import {
  deliveryName,
  deliveryOf,
  isGlnName,
  problemsName,
  receiptName,
  refusedName,
  refusedOf,
} from "../../../../../gateways/folder/core/names.ts";

const digest = "3f2a9c01b7d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e";
const other = digest.replace("3f2a", "4f2a");

describe("names of what is given back", () => {
  test("say which file they answer", () => {
    expect(receiptName("henvisning 17.xml", digest, "application/xml")).toBe(
      "henvisning 17-3f2a9c01b7d4.receipt.xml",
    );
    expect(refusedName("henvisning 17.xml", digest)).toBe("henvisning 17-3f2a9c01b7d4.xml");
    expect(problemsName("henvisning 17-3f2a9c01b7d4.xml")).toBe(
      "henvisning 17-3f2a9c01b7d4.xml.problems.txt",
    );
  });

  test("are the same for the same file, and others for other content under the same name", () => {
    expect(refusedName("a.xml", digest)).toBe(refusedName("a.xml", digest));
    expect(refusedName("a.xml", digest)).not.toBe(refusedName("a.xml", other));
  });

  test("a name that is not UTF-8, or nothing but dots, is called document", () => {
    expect(refusedName(undefined, digest)).toBe("document-3f2a9c01b7d4");
    expect(receiptName("...", digest, "application/fhir+json")).toBe("document-3f2a9c01b7d4.receipt.json");
  });

  property.prop([fc.string({ unit: "binary", maxLength: 300 })])(
    "are names that every file system takes, whatever the sender called the file",
    (name) => {
      for (const made of [
        receiptName(name, digest, "application/xml"),
        problemsName(refusedName(name, digest)),
      ]) {
        expect(Buffer.byteLength(made)).toBeLessThanOrEqual(255);
        expect(made).not.toMatch(/[\\/:*?"<>|\p{Cc}]|^[.]/u);
        expect(Buffer.from(made).toString()).toBe(made);
      }
    },
  );

  property.prop([fc.string({ unit: "binary", maxLength: 60 })])(
    "a refused document is found by the name of the text that tells why",
    (name) => {
      const refused = refusedName(name, digest);
      expect(refusedOf(problemsName(refused))).toBe(refused);
      expect(refusedOf(receiptName(name, digest, "application/xml"))).toBeUndefined();
    },
  );
});

describe("names in `out`", () => {
  const deliveryId = "7b0e7a1c-31b2-5a3e-9d0c-5d8f2f1f6c11.2.0";

  test("are made of the delivery and its type alone, and lead back to it", () => {
    const name = deliveryName(deliveryId, "XDIS91", "application/xml");
    expect(name).toBe(`${deliveryId}.XDIS91.xml`);
    expect(deliveryOf(name)).toBe(deliveryId);
  });

  test("what the hub did not name is no delivery", () => {
    expect(deliveryOf("brev.xml")).toBeUndefined();
    expect(deliveryOf(`${deliveryId}.xml`)).toBeUndefined();
  });
});

test("an organisation's folder is named by its GLN and nothing else", () => {
  expect(isGlnName("5790000100019")).toBe(true);
  for (const name of ["579000010001", "5790000100019 ", "57900001000190", "GLN5790000100019", "..", ".work"])
    expect(isGlnName(name)).toBe(false);
});
