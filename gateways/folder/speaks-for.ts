import type { Organisation } from "../../contracts/messages/directory.ts";

/** Every GLN that an organisation may speak for: itself first, then its units and theirs. A ring in the directory ends. */
export const speaksFor = (gln: string, organisations: readonly Organisation[]): string[] => {
  const found = new Set([gln]);
  for (const whole of found) for (const unit of organisations) if (unit.partOf === whole) found.add(unit.gln);
  return [...found];
};
