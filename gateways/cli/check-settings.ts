import type { Config } from "../../infra/config/config.ts";
import type { Check } from "../../infra/embedded/doctor-checks.ts";
import type { Log } from "../../infra/observability/logger.ts";
import { lookAtFiles } from "../../infra/security/look.ts";
import { isLoopback, type WeakSetting, weakSettings } from "../../infra/security/weak-settings.ts";
import { weaknesses } from "../../infra/security/weaknesses.ts";

const lineOf = ({ code, at }: WeakSetting): string => {
  const { what, why, cure } = weaknesses[code];
  return `  ${code}: ${what}${at === undefined ? "" : ` (${at})`} ${why}\n    ${cure}`;
};

/** In production mode the settings are too weak for patients' data. */
export class UnsafeSettings extends Error {
  override readonly name = "UnsafeSettings";
  constructor(weak: readonly WeakSetting[]) {
    super(
      ["In production mode (SEKTORBRO_MODE) the hub does not start with these:", ...weak.map(lineOf)].join(
        "\n",
      ),
    );
  }
}

/** Names each weak setting in the log. @throws UnsafeSettings in production mode, before anything is started */
export const checkSettings = async (config: Config, log: Log): Promise<void> => {
  const weak = weakSettings(config, await lookAtFiles(config));
  const refused = config.mode === "production" ? weak.filter((one) => one.refused) : [];
  if (refused.length > 0) throw new UnsafeSettings(refused);
  // On a machine that somebody tries the hub on it is as it should be.
  const tell = config.mode === "development" && isLoopback(config.host) ? log.info : log.warn;
  for (const { code, at } of weak) tell("weak-setting", { code, ...(at === undefined ? {} : { path: at }) });
};

/** The same for `sektorbro doctor`: what production refuses is bad there. */
export const settingChecks = async (config: Config): Promise<Check[]> => {
  const weak = weakSettings(config, await lookAtFiles(config));
  if (weak.length === 0) return [{ name: "settings", status: "ok", detail: "none is weak", whatToDo: "" }];
  return weak.map(({ code, at, refused }) => ({
    name: code,
    status: refused && config.mode === "production" ? "bad" : "warn",
    detail: at === undefined ? weaknesses[code].what : `${weaknesses[code].what} ${at}`,
    whatToDo: `${weaknesses[code].why} ${weaknesses[code].cure}`,
  }));
};
