import { existsSync, readFileSync } from "node:fs";
import { ParseOption, XmlDocument, XsdValidator } from "libxml2-wasm";
import { xmlRegisterFsInputProviders } from "libxml2-wasm/lib/nodejs.mjs";

/** MedCom's public samples and schemas lie beside the project, not in it: they are theirs. */
const shared = "../shared/oioxml";
export const samplesPresent = existsSync(`${shared}/samples/golden`);
if (!samplesPresent)
  process.stderr.write(`Skipping tests against MedCom's samples and schemas: no ${shared}\n`);

export const sample = (name: string): Uint8Array => readFileSync(`${shared}/samples/golden/${name}.xml`);
/** What was made of MedCom's schemas: the most and the least that a version allows. */
export const generated = (name: string): Uint8Array =>
  readFileSync(`${shared}/samples/schema-generated/${name}.xml`);
export const example = (name: string): Uint8Array => readFileSync(`contracts/examples/oioxml/${name}.xml`);

const schemaOf = {
  "2005": "2005/08/07/EMessage.xsd",
  "2006": "2006/07/01/EMessage.xsd",
  "2012": "2012/03/28/EMessage.xsd",
  "2016": "2016/12/01/EMessage.xsd",
  "2017": "2017/05/01/EMessage.xsd",
  "2018": "2018/08/06/EMessage.xsd",
  "2019": "2019/03/31/EMessage.xsd",
  "2020": "2020/05/06/EMessage.xsd",
  vans: "vans-envelope/vans-envelope-1.0.4.xsd",
} as const;
export type SchemaName = keyof typeof schemaOf;

const validators = new Map<SchemaName, XsdValidator>();
const validatorFor = (name: SchemaName): XsdValidator => {
  const known = validators.get(name);
  if (known !== undefined) return known;
  xmlRegisterFsInputProviders();
  const url = `${shared}/xsd/${schemaOf[name]}`;
  const xsd = XmlDocument.fromBuffer(readFileSync(url), { url, option: ParseOption.XML_PARSE_DEFAULT });
  const validator = XsdValidator.fromDoc(xsd);
  xsd.dispose();
  validators.set(name, validator);
  return validator;
};

/** The schema's complaints about a document; empty when it is valid. */
export const schemaErrors = (name: SchemaName, bytes: Uint8Array): string[] => {
  const validator = validatorFor(name);
  // A value of more than 10 MB is an attachment.
  const document = XmlDocument.fromBuffer(bytes, { option: ParseOption.XML_PARSE_HUGE });
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    return [String(error)];
  } finally {
    document.dispose();
  }
};
