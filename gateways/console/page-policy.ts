/** Stands in the built page wherever the number of this one answer belongs. */
const placeholder = "sektorbro-nonce";

/**
 * What the console's page may do (CSP Level 3): scripts and calls of this hub alone. Styles that the component library makes while it runs
 * carry a number that is new with every answer, so that no other style or script in the page counts.
 */
export const consolePolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");

export const withNonce = (page: string, nonce: string): string => page.replaceAll(placeholder, nonce);
