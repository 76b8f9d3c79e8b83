import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import formats from "ajv-formats";

type Node = Record<string, unknown>;

/** A validator of a schema of draft 7, as AsyncAPI's are. */
export const validatorOf = (schema: Node): ValidateFunction => {
  const made = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  formats.default(made);
  return made.compile(schema);
};

/** AsyncAPI's own schema of its documents. */
export const asyncApiValidator = (): ValidateFunction =>
  validatorOf(createRequire(import.meta.url)("@asyncapi/specs/schemas/3.0.0-without-$id.json") as Node);
