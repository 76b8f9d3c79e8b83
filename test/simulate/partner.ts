import { headers, type NatsConnection } from "@nats-io/transport-node";
import { partnerSubject } from "../../contracts/subjects.ts";
import { sha256 } from "../../infra/ids.ts";
import { who } from "./region.ts";
import { createOwner } from "./scheduler.ts";
import type { World } from "./world.ts";

/** How a receiver behaves: `hangs` never answers, `lies` says yes in words that nobody understands, `twice` answers twice. */
export const manners = ["takes", "hangs", "busy", "lies", "twice", "refuses", "forgets"] as const;
export type Manner = (typeof manners)[number];

/** A document as it came to the receiver. */
export type Arrival = { id: string; deliveryId: string; caseId: string; digest: string; said: Manner };

export type Partner = {
  arrivals: readonly Arrival[];
  behave: (manner: Manner) => void;
};

const answerOf = (manner: Manner): { status: string; body: string } => {
  if (manner === "busy") return { status: "503", body: "" };
  if (manner === "refuses") return { status: "422", body: "" };
  return { status: "200", body: manner === "lies" ? '{"outcome":' : "" };
};

const listen = (nc: NatsConnection, arrivals: Arrival[], state: { manner: Manner }): void => {
  nc.subscribe(partnerSubject(who.pushed), {
    callback: (_error, message) => {
      const told = (name: string): string => message.headers?.get(name) ?? "";
      arrivals.push({
        id: told("idempotency-key"),
        deliveryId: told("sektorbro-delivery"),
        caseId: told("sektorbro-case"),
        digest: sha256(message.data),
        said: state.manner,
      });
      if (state.manner === "hangs") return;
      const { status, body } = answerOf(state.manner);
      const h = headers();
      h.set("sektorbro-status", status);
      message.respond(body, { headers: h });
      if (state.manner === "twice") message.respond(body, { headers: h });
    },
  });
};

/** The receiver on the bus, which outlives every hub. */
export const startPartner = async (world: World): Promise<Partner> => {
  const arrivals: Arrival[] = [];
  const state: { manner: Manner } = { manner: "takes" };
  await world.scheduler.drain(createOwner("partner"), () => {
    void world.network.connect("partner").then((nc) => {
      listen(nc, arrivals, state);
    });
  });
  return {
    arrivals,
    behave: (manner) => {
      state.manner = manner;
      world.scheduler.count(`receiver ${manner}`);
    },
  };
};
