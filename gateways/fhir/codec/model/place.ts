/**
 * Where in a document somebody who walks through it is: a path only when there is something to say of it. An index of -1 is none.
 * Names and indexes behind `depth` are of places that were left.
 */
export interface Place {
  readonly names: string[];
  readonly indexes: number[];
  depth: number;
}

export const beginPlace = (root: string): Place => ({ names: [root], indexes: [-1], depth: 1 });

export const stepInto = (place: Place, name: string, index: number): void => {
  place.names[place.depth] = name;
  place.indexes[place.depth] = index;
  place.depth += 1;
};

export const stepOut = (place: Place): void => {
  place.depth -= 1;
};

/** FHIRPath, with the names of JSON: `Bundle.entry[0].resource`. */
export const pathOf = ({ names, indexes, depth }: Place): string => {
  let path = names[0] ?? "";
  for (let at = 1; at < depth; at += 1) {
    const index = indexes[at] ?? -1;
    path += `.${names[at] ?? ""}${index === -1 ? "" : `[${index}]`}`;
  }
  return path;
};
