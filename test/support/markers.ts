import { department, freshId, type Wish, xbin01, xdis91 } from "./golden-samples.ts";
import { changed } from "./oioxml-builders.ts";

/** Made-up data that is nowhere else: wherever one of these turns up, it leaked out of a message. */
export const markers = {
  cpr: "2407551234",
  surname: "Markørsen-Zq7",
  given: "Xylofonia-Wk3",
  text: "zebrakliniktekst-Pv9",
  subject: "giraffemne-Jh5",
} as const;

const spellings = Object.values(markers).flatMap((marker) => [
  marker,
  encodeURIComponent(marker),
  Buffer.from(marker, "utf8").toString("latin1"),
  Buffer.from(marker).toString("base64").replace(/=+$/, ""),
  JSON.stringify(marker).slice(1, -1),
]);
const cprForms = ["-", " "].map((between) => `${markers.cpr.slice(0, 6)}${between}${markers.cpr.slice(6)}`);

/** How much is searched for: so many things that were planted, each in so many spellings together. */
export const plantedCount = {
  markers: Object.keys(markers).length,
  spellings: new Set([...spellings, ...cprForms]).size,
};

/** The markers that a text holds, in any of the ways in which they could be spelled. */
export const markersIn = (text: string): string[] =>
  [...new Set([...spellings, ...cprForms])].filter((spelling) => text.includes(spelling));

/** What a document is made with, so that every field holds a marker. */
export const marked: Wish = {
  cpr: markers.cpr,
  surname: markers.surname,
  given: markers.given,
  text: markers.text,
  subject: markers.subject,
};
export const markedObjects = [
  { id: "7B193BA4-1EEE-4291-802D-EBCB20447E0E", bytes: Buffer.from(markers.text) },
];

const truncated = (bytes: Uint8Array, by: number): Uint8Array => bytes.subarray(0, bytes.length - by);

export const markedBadDocuments: Record<string, () => Uint8Array> = {
  "cut off in the text": () => truncated(xdis91(marked), 90),
  "cut off in the name": () =>
    xdis91(marked).subarray(0, Buffer.from(xdis91(marked)).indexOf("Xylofonia") + 4),
  "of another version": () => changed(xdis91(marked), "XD9134L", "XD9133L"),
  "of another type": () => changed(xdis91(marked), "2006/07/01", "2019/02/19"),
  "of no type": () => changed(xdis91(marked), "2006/07/01", "2066/06/06"),
  "to nobody": () => xdis91({ ...marked, to: { ...department, gln: "5790000999998" } }),
  "to another than its address": () => xdis91({ ...marked, to: { ...department, id: "9901020" } }),
  "with an unreal date in the CPR number": () => xdis91({ ...marked, cpr: `99${markers.cpr.slice(2)}` }),
  "with a letter in the CPR number": () => xdis91({ ...marked, cpr: `${markers.cpr}x` }),
  "with the name as an element": () =>
    changed(xdis91(marked), "<Patient>", `<${markers.surname.replace("ø", "o")}/><Patient>`),
  "with the name as an attribute": () =>
    changed(xdis91(marked), "<Patient>", `<Patient navn="${markers.given}">`),
  "with the text outside its element": () => changed(xdis91(marked), "<Patient>", `${markers.text}<Patient>`),
  "with the subject as a code": () =>
    changed(xdis91(marked), "<Priority>rutine", `<Priority>${markers.subject}`),
  "with the text as a sender's type": () =>
    changed(xdis91(marked), "<IdentifierCode>ydernummer", `<IdentifierCode>${markers.text}`),
  "with a DOCTYPE": () =>
    changed(xdis91(marked), "<Emessage", `<!DOCTYPE x [<!ENTITY y "${markers.text}">]><Emessage`),
  "with an attachment of another size": () =>
    changed(
      xbin01({ ...marked, attached: markedObjects }),
      `Size>${String(markers.text.length)}<`,
      "Size>6<",
    ),
  "with bytes that are no text": () =>
    changed(xdis91({ ...marked, encoding: "UTF-8" }), "PersonSurnameName>M", "PersonSurnameName>\u00e6M"),
};

export const markedBadCommands: Record<string, object> = {
  "an impossible CPR number": { patient: { cpr: `99${markers.cpr.slice(2)}`, surname: markers.surname } },
  "a name in place of a number": { patient: { cpr: markers.surname, surname: 7 } },
  "a subject that is too long": { subject: markers.subject.repeat(10) },
  "a text as priority": { priority: markers.text },
  "a name as receiver": { to: { gln: markers.surname } },
  "a name as speciality": { to: { speciality: markers.given } },
  "a text as the message's number": { messageId: markers.text.repeat(10) },
  "a name as a field": { [markers.surname]: markers.given },
  "a name as a field of the patient": { patient: { [markers.surname]: markers.given } },
};
export const markedQuestion = (more: object = {}) => ({
  messageId: freshId("M"),
  to: { gln: department.gln },
  patient: { cpr: markers.cpr, surname: markers.surname, givenName: markers.given },
  subject: markers.subject,
  question: markers.text,
  ...more,
});
