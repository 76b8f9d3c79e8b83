import { benchCodec, type CodecBenchOptions } from "../compose.ts";
import { assetPath } from "../package-root.ts";
import { note, print } from "../say.ts";

/** How fast the project's own example documents are read and printed, beside other readers. */
export const benchOioxml = (options: CodecBenchOptions): Promise<void> =>
  benchCodec({ documents: assetPath("contracts/examples/oioxml"), print, note }, options);
