import { benchFhir, type FhirBenchOptions, type FhirMeasured, leastToFhirPackage } from "../compose.ts";
import { CommandFailed } from "../failure.ts";
import { assetPath } from "../package-root.ts";
import { columns, note, print } from "../say.ts";
import { installed } from "./installed.ts";

const inWords = ({ message, bytes, rates, ratios }: FhirMeasured): string => {
  const rows = Object.entries(rates).map(([name, { min, median, max }]) => {
    const ratio = ratios[name];
    const told = ratio === undefined ? "" : `${ratio.median} (${ratio.min} to ${ratio.max})`;
    return [`  ${name}`, ...[min, median, max].map(String), told];
  });
  return `${message}, ${bytes} bytes\n${columns([["  a second", "min", "median", "max", "take is times"], ...rows])}\n`;
};

/**
 * How fast the project's own FHIR messages are taken and printed, beside other readers. `strict`: none may be less than
 * `leastToFhirPackage` times as fast as the npm package `fhir`.
 */
export const benchMessages = async (
  options: FhirBenchOptions & { readonly strict?: boolean; readonly json?: boolean },
): Promise<void> => {
  const ports = {
    documents: assetPath("contracts/examples/fhir"),
    installed,
    note,
    measured: (one: FhirMeasured) => {
      print(options.json === true ? JSON.stringify(one) : inWords(one));
    },
  };
  const comparison = await benchFhir(ports, options);
  if (comparison !== undefined) {
    const { messages, least, leastOf } = comparison;
    if (options.json === true) print(JSON.stringify({ takeToFhirPackage: comparison }));
    else print(`Of ${messages} messages the least: ${least} times the npm package fhir (${leastOf}).`);
  }
  if (options.strict !== true) return;
  if (comparison === undefined) throw new CommandFailed("Nothing was compared with the npm package fhir.");
  if (comparison.slower.length > 0)
    throw new CommandFailed(
      `Less than ${leastToFhirPackage} times as fast as the npm package fhir: ${comparison.slower.join(", ")}.`,
    );
};
