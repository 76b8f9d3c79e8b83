export type Archive = { readonly origin: string; readonly uri: string; readonly release: string };
export type Server = {
  readonly name: "nats-server" | "redis-server";
  readonly floor: string;
  readonly variable: string;
  readonly advice: string;
};

export const servers: readonly [Server, Server];
export const isAtLeast: (version: string, floor: string) => boolean;
export const installedAsLocked: (wanted: string, installed: string) => boolean;
export const archivesIn: (output: string) => Archive[];
export const newerSources: (archives: readonly Archive[]) => string[];
export const packagesToUnpack: (simulated: string) => string[];
