/** The hub's own services act on any case; organisations on those that they are party to. */
export const hubActor = "hub";
/** Those who run the hub: they ask as the hub's own, and for everybody. */
export const operator = "operator";
