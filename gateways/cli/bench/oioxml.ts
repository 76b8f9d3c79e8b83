import { benchCodec, type CodecBenchOptions } from "../compose.ts";
import { CommandFailed } from "../failure.ts";
import { assetPath } from "../package-root.ts";
import { note, print } from "../say.ts";
import { installed } from "./installed.ts";
import { inTurns } from "./turns.ts";

/** How fast the project's own example documents are read and printed, beside other readers. `strict`: none may be slower. */
export const benchOioxml = async (
  options: CodecBenchOptions & { readonly strict?: boolean },
): Promise<void> => {
  const documents = assetPath("contracts/examples/oioxml");
  const comparison = await benchCodec({ documents, installed, inTurns, print, note }, options);
  if (options.strict !== true) return;
  if (comparison === undefined) throw new CommandFailed("Nothing was compared with fast-xml-parser.");
  const { slower } = comparison;
  if (slower.length > 0)
    throw new CommandFailed(`Read no faster than fast-xml-parser parses: ${slower.join(", ")}.`);
};
