import type { FigureId } from "../../../../contracts/codes/indicator-words.ts";

/** One case in one figure of its family: counted, and perhaps met. `""`: nobody known. */
export type FigureRow = {
  figure: FigureId;
  /** Danish, `yyyy-mm`. */
  month: string;
  /** Who was to act. */
  organisation: string;
  /** Who asked or sent. */
  creditor: string;
  family: string;
  kind: string;
  met: boolean;
};
