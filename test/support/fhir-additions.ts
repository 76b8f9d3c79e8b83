import {
  type Bundle,
  type Element,
  eachElement,
  type InBundle,
  inAll,
  inResources,
  ofType,
  url,
} from "./fhir-variations.ts";

const extension = [{ url: "http://example.org/own", valueString: "x" }];

/** What FHIR R4 and MedCom's profiles allow beside what their examples have: it is taken, and shown. */
export const additions: Readonly<Record<string, InBundle>> = {
  "extensions that nobody knows": inResources((resource) => {
    resource["extension"] = [...((resource["extension"] as unknown[] | undefined) ?? []), ...extension];
  }),
  "extensions of values": inResources((resource) => {
    if (resource["status"] !== undefined) resource["_status"] = { extension };
  }),
  "ids of elements": inAll((element) => {
    if (Array.isArray(element["coding"])) element["id"] = "e1";
  }),
  "a language, rules and tags": inResources((resource) => {
    resource["language"] = "da";
    resource["implicitRules"] = "http://example.org/rules";
    resource["meta"] = {
      ...(resource["meta"] as object | undefined),
      tag: [{ system: "http://example.org/tag", code: "t" }],
    };
  }),
  "an identifier of the bundle and links": (bundle) => {
    bundle["identifier"] = { system: "urn:ietf:rfc:3986", value: `urn:uuid:${bundle.id}` };
    for (const entry of bundle.entry)
      Object.assign(entry, { link: [{ relation: "self", url: "http://x.dk" }] });
  },
  "everything that a header may have": ofType("MessageHeader", (header) => {
    const [destination] = header["destination"] as Element[];
    Object.assign(destination ?? {}, { name: "Modtager", endpoint: "urn:oid:1.2.3" });
    Object.assign(header["source"] as Element, {
      name: "Journal",
      software: "Journal",
      version: "1",
      contact: { system: "phone", value: "12345678" },
    });
    Object.assign(header, { reason: { text: "x" }, responsible: header["sender"] });
  }),
  "everything that a patient may have": ofType("Patient", (patient) => {
    const [name] = (patient["name"] as Element[] | undefined) ?? [];
    Object.assign(patient, {
      active: true,
      gender: "unknown",
      birthDate: "1961-01-01",
      telecom: [{ system: "phone", value: "12345678", use: "home" }],
      address: [{ use: "home", line: ["Prøvevej 1", "2. tv"], city: "Prøveby", postalCode: "0999" }],
      contact: [{ name: { text: "Pårørende Prøve" }, telecom: [{ system: "phone", value: "12345678" }] }],
      generalPractitioner: [{ display: "Lægehuset" }],
      ...(name === undefined ? {} : { name: [{ use: "nickname", given: ["Prøve"] }, name] }),
    });
  }),
  "a patient without a name": ofType("Patient", (patient) => {
    delete patient["name"];
  }),
  "organisations without names": ofType("Organization", (organisation) => {
    delete organisation["name"];
  }),
  "everything that an organisation may have": ofType("Organization", (organisation) => {
    const identifiers = organisation["identifier"] as Element[];
    Object.assign(organisation, {
      active: true,
      type: [{ text: "x" }],
      alias: ["x"],
      telecom: [{ system: "phone", value: "12345678" }],
      address: [{ city: "Prøveby" }],
      identifier: [
        { system: "http://example.org/own", value: "7" },
        ...identifiers.map((one) => ({ use: "official", ...one, period: { start: "2020-01-01" } })),
      ],
    });
  }),
  "an organisation that nothing points at": (bundle) => {
    bundle.entry.push({
      fullUrl: url("Organization", "x1"),
      resource: {
        resourceType: "Organization",
        id: "x1",
        identifier: [{ system: "http://cvr.dk", value: "12345678" }],
        name: "Ekstra",
      },
    });
  },
  "a resource that the message has none of": (bundle) => {
    bundle.entry.push({ fullUrl: url("Device", "x1"), resource: { resourceType: "Device", id: "x1" } });
  },
  "everything that a Provenance may have": ofType("Provenance", (provenance) => {
    const [agent] = provenance["agent"] as Element[];
    Object.assign(agent ?? {}, { type: { text: "author" }, role: [{ text: "x" }] });
    Object.assign(provenance, { location: { display: "x" }, reason: [{ text: "x" }] });
  }),
  "times in UTC, to parts of a second": inAll((element) => {
    for (const [name, value] of Object.entries(element))
      if (typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value))
        element[name] = new Date(value).toISOString();
  }),
  "everything that a Communication may have": ofType("Communication", (communication) => {
    Object.assign(communication, {
      sent: "2026-11-22T10:00:00+01:00",
      note: [{ text: "n" }],
      medium: [{ text: "x" }],
      reasonCode: [{ text: "x" }],
      about: [{ display: "x" }],
    });
  }),
  "a long text with every kind of break": inAll((element) => {
    if (typeof element["contentString"] === "string")
      element["contentString"] = `${"Æ ".repeat(60_000)}\n\n\tIndrykket  og\r\nslut`;
  }),
  "a role in words, where it may be": (bundle) => {
    const types = bundle.entry.map(({ resource }) => resource["resourceType"]);
    for (const { resource } of types.includes("Communication") ? bundle.entry : [])
      if (resource["resourceType"] === "PractitionerRole")
        resource["code"] = [{ text: "Hjemmesygeplejerske" }];
  },
  "people inside the resource that names them": (bundle) => {
    const isPerson = ({ resource }: Bundle["entry"][number]): boolean =>
      ["PractitionerRole", "Practitioner"].includes(String(resource["resourceType"]));
    const communication = bundle.entry.find(({ resource }) => resource["resourceType"] === "Communication");
    if (communication === undefined) return;
    communication.resource["contained"] = bundle.entry
      .filter(isPerson)
      .map(({ resource: { text: _text, ...resource } }) => resource);
    bundle.entry = bundle.entry.filter((entry) => !isPerson(entry));
    eachElement(communication.resource, (element) => {
      const { reference } = element;
      if (typeof reference === "string" && /Practitioner/.test(reference))
        element["reference"] = `#${reference.split("/").at(-1) ?? ""}`;
    });
  },
  "attachments with digest and language": inAll((element) => {
    const attachment = element["contentAttachment"] as Element | undefined;
    if (attachment !== undefined)
      Object.assign(attachment, { hash: "2jmj7l5rSw0yVb/vlWAYkA==", language: "da" });
  }),
  "an Encounter with two courses": (bundle) => {
    const find = (type: string) => bundle.entry.find(({ resource }) => resource["resourceType"] === type);
    const communication = find("Communication");
    if (communication === undefined || find("Encounter") !== undefined) return;
    const course = (system: string, value: string) => ({ identifier: { system, value } });
    communication.resource["encounter"] = { reference: "Encounter/e1" };
    bundle.entry.push({
      fullUrl: url("Encounter", "e1"),
      resource: {
        resourceType: "Encounter",
        id: "e1",
        status: "in-progress",
        class: { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "AMB" },
        subject: { reference: `Patient/${String(find("Patient")?.resource["id"])}` },
        episodeOfCare: [
          course("https://sor2.sum.dsdn.dk/#id=265161000016000", "abc"),
          course(
            "https://www.esundhed.dk/Registre/Landspatientregisteret",
            "urn:uuid:3ed1c9bc-0b2c-5c1e-8a93-5ad6f7f7a6ad",
          ),
        ],
      },
    });
  },
  "observations with everything that they may have": ofType("Observation", (observation) => {
    const code = observation["code"] as { coding: unknown[] };
    code.coding.push({ system: "http://loinc.org", code: "1988-5", display: "CRP" });
    Object.assign(observation, {
      identifier: [{ value: "x" }],
      category: [{ text: "x" }],
      device: { display: "x" },
      method: { text: "x" },
    });
  }),
  "measurements below what can be measured": inAll((element) => {
    const quantity = element["valueQuantity"] as Element | undefined;
    if (quantity !== undefined) quantity["comparator"] = "<";
  }),
  "a report with everything that it may have": ofType("DiagnosticReport", (report) => {
    Object.assign(report, {
      identifier: [{ value: "x" }],
      category: [{ text: "x" }],
      effectiveDateTime: "2026-11-22T10:00:00+01:00",
      conclusion: "Linje 1\nLinje 2",
    });
  }),
};
