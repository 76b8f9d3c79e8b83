/** The number that this page's own styles carry (`page-policy.ts`); browsers show it to scripts of the page alone. */
export const pageNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? "";
