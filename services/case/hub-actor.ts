/** The hub's own services act on any case; organisations on those that they are party to. */
export const hubActor = "hub";
