/**
 * Decimal numbers as whole ten-thousandths, so that 34.95 + 1.0 is 35.95 and nothing else. Binary fractions slip exactly
 * where a band of a score begins.
 */
const scale = 10_000;

/** A decimal as people and instruments write it: up to six digits, up to four decimals, comma or point. */
const decimal = /^(-?)(\d{1,6})(?:[.,](\d{1,4}))?$/;

/** A number as whole ten-thousandths; `undefined`: it is no decimal that can be read exactly. */
export const tenThousandths = (written: number | string): number | undefined => {
  const [, sign, whole = "", part = ""] = decimal.exec(String(written).trim()) ?? [];
  if (sign === undefined) return undefined;
  const size = Number(whole) * scale + Number(part.padEnd(4, "0"));
  return sign === "-" ? -size : size;
};

/** Rounded half up to so many decimals: 35.95 is 36.0, and 35.94 is 35.9. */
export const roundHalfUp = (size: number, decimals: number): number => {
  const step = scale / 10 ** decimals;
  return Math.floor((size + step / 2) / step) * step;
};

/** Whether a number has no more than so many decimals. */
export const hasDecimals = (size: number, decimals: number): boolean => size % (scale / 10 ** decimals) === 0;

/** A number of at most so many decimals, with a point: `36.0`. */
export const decimalText = (size: number, decimals: number): string => (size / scale).toFixed(decimals);
