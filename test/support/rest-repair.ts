import { xdis91 } from "./golden-samples.ts";
import { who } from "./region-view.ts";
import { operator, type RestHub } from "./rest-hub.ts";

/** Documents that were refused: looked at, corrected and sent again, one and many, and closed. */
export const repair = async (hub: RestHub): Promise<void> => {
  const xml = { method: "POST", type: "application/xml", accept: "application/json" } as const;
  const refused = async (): Promise<string> => {
    const sent = await hub.send({
      ...xml,
      by: who.practice,
      path: "/v1/messages",
      body: xdis91({ cpr: "3213650000" }),
    });
    return (JSON.parse(sent.text) as { intake: string }).intake;
  };
  const json = { method: "POST", type: "application/json" } as const;
  const post = (path: string, body: object) =>
    hub.send({ ...json, by: operator, path, body: JSON.stringify(body) });
  const [one, other] = [await refused(), await refused()];
  await hub.get(who.practice, `/v1/dead-letters/${one}`);
  await hub.get(operator, `/v1/dead-letters/${one}/original`);
  await hub.get(who.endocrinology, `/v1/dead-letters/${one}`);
  await hub.send({ ...xml, by: operator, path: `/v1/dead-letters/${one}/send-again`, body: xdis91() });
  await post(`/v1/dead-letters/${other}/send-again`, {});
  await post("/v1/dead-letters/send-again", { ids: [one, other] });
  await post(`/v1/dead-letters/${other}/close`, { reason: "Ringet i stedet" });
};
