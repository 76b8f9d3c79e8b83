import { indexKeyMark, indexLayout } from "../../contracts/index-keys.ts";
import { createProjector, type Projection, type Projector, recordOf } from "../case/projector.ts";
import { project } from "./core/project.ts";

type Ports = Pick<Projection, "index" | "onSetAside"> & {
  afterRun: NonNullable<Projection["afterRun"]>;
  /** A keyed hash: whoever has the index alone cannot find a CPR number by trying them all. */
  digest: (text: string) => string;
};

/** Keeps the lists. An index of another layout, or made with another key, finds nobody's cases: it is made anew. */
export const createListProjector = ({ digest, ...ports }: Ports): Projector =>
  createProjector({
    ...ports,
    mark: { key: indexKeyMark, value: digest(`${indexKeyMark}|${indexLayout}`) },
    read: recordOf,
    writesOf: () => (record) => project(record, digest),
  });
