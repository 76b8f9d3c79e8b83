import type { Random } from "../support/oioxml-mutations.ts";

/**
 * An edge of the hub that bytes come in by. `run` takes any bytes at all; that it throws is a finding, for every edge is total: what is
 * wrong with an input is said as problems, and is no error. `mutate` knows how such inputs are built.
 */
export type Target = {
  name: string;
  seeds: () => readonly Uint8Array[];
  mutate: (bytes: Uint8Array, random: Random) => Uint8Array;
  run: (bytes: Uint8Array) => void;
};

/** Longer than this nobody waits for an input of a few hundred kilobytes. */
export const hangMs = 1_000;

/** What an edge did that it may not do. */
class Wrong extends Error {
  override readonly name = "Wrong";
}

export const mustBe = (right: boolean, what: string): void => {
  if (!right) throw new Wrong(what);
};
