export const release: { readonly version: string };
export const isPinned: (bytes: Uint8Array, sha256: string) => boolean;
export const fetchRelease: (
  root: string,
  from?: { base?: string; machine?: string },
) => Promise<{ path: string; version: string } | undefined>;
