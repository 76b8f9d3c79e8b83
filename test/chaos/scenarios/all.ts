import { clock } from "./clock.ts";
import { cluster } from "./cluster.ts";
import { cut } from "./cut.ts";
import { disk } from "./disk.ts";
import { kill } from "./kill.ts";
import { pause } from "./pause.ts";
import { power } from "./power.ts";
import { redisFile } from "./redis-file.ts";
import type { Scenario } from "./scenario.ts";

export type { Scenario } from "./scenario.ts";

export const scenarios: readonly Scenario[] = [kill, pause, cut, clock, disk, redisFile, power, cluster];

export const scenarioNamed = (name: string): Scenario | undefined =>
  scenarios.find((scenario) => scenario.name === name);
