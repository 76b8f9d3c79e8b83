export const release: {
  readonly version: string;
  readonly base: string;
  readonly archives: Readonly<Record<string, { readonly name: string; readonly sha256: string }>>;
};
export const isPinned: (bytes: Uint8Array, sha256: string) => boolean;
export const fetchRelease: (
  root: string,
  from?: { base?: string; machine?: string },
) => Promise<{ path: string; version: string } | undefined>;
