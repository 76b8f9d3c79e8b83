/** Decimals as whole ten-thousandths, as the hub reads them (contracts/decimal.ts): binary fractions slip where a band begins. */
const scale = 10_000;
const decimal = /^(-?)(\d{1,6})(?:[.,](\d{1,4}))?$/;

export const tenThousandths = (written: number | string): number | undefined => {
  const [, sign, whole = "", part = ""] = decimal.exec(String(written).trim()) ?? [];
  if (sign === undefined) return undefined;
  const size = Number(whole) * scale + Number(part.padEnd(4, "0"));
  return sign === "-" ? -size : size;
};

export const roundHalfUp = (size: number, decimals: number): number => {
  const step = scale / 10 ** decimals;
  return Math.floor((size + step / 2) / step) * step;
};

export const hasDecimals = (size: number, decimals: number): boolean => size % (scale / 10 ** decimals) === 0;
