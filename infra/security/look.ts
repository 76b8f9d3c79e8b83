import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import type { Seen } from "./weak-settings.ts";

/** The files of secrets that the settings name, and those that the hub keeps itself. */
const secretFiles = ({ dataDir, servers, tls }: Config): string[] => {
  const named =
    servers.kind === "embedded"
      ? [servers.storeKeyFile]
      : [servers.natsProof?.credentials, servers.natsProof?.key, servers.redisProof?.key];
  const kept = ["development-issuer.json", "endpoints.json", "nats/nats.conf"].map((name) =>
    join(dataDir, name),
  );
  return [...named, tls?.key, ...kept].filter((path) => path !== undefined);
};

/** Bits of the mode that let others than the owner in. A group may read what Kubernetes mounts for it: others may not. */
const others = 0o007;

const isOpen = (path: string): Promise<boolean> =>
  stat(path).then(
    ({ mode }) => (mode & others) !== 0,
    // What is not there is nobody's to read; what is missing and needed is told where it is needed.
    () => false,
  );

/** Looks at the modes of what must not be read by others. Windows has none of these. */
export const lookAtFiles = async (config: Config): Promise<Seen> => {
  const files = secretFiles(config);
  const open = await Promise.all(files.map(isOpen));
  return {
    openFiles: files.filter((_, i) => open[i] === true),
    openDataDir: config.servers.kind === "embedded" && (await isOpen(config.dataDir)),
  };
};
