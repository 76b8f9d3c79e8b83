/**
 * Loaded into a hub before anything else: at SIGUSR2 its time is from then on as many milliseconds off as the file named in
 * SEKTORBRO_CHAOS_CLOCK says. Timers go by the machine's own steady time, as they do when a real clock is set.
 */
import { readFileSync } from "node:fs";

const TrueDate = Date;
let offMs = 0;

class OffDate extends TrueDate {
  constructor(...given: [] | ConstructorParameters<DateConstructor>) {
    if (given.length === 0) super(TrueDate.now() + offMs);
    else super(...(given as [number]));
  }
  static override now(): number {
    return TrueDate.now() + offMs;
  }
}

globalThis.Date = OffDate as DateConstructor;

process.on("SIGUSR2", () => {
  offMs = Number(readFileSync(process.env["SEKTORBRO_CHAOS_CLOCK"] ?? "", "utf8"));
});
