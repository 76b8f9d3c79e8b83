import { Resolver } from "node:dns/promises";
import { isIP } from "node:net";
import { hostOf, usableAddress } from "./core/addresses.ts";
import { SendFailure } from "./send-failure.ts";

/** Finds the addresses of a host. @throws whatever the look-up throws */
export type LookUp = (host: string) => Promise<string[]>;

/**
 * Asks the name servers by itself. The system's own look-up has four threads for the whole process: four names that hang would
 * hold up every receiver. It does not read /etc/hosts.
 */
export const askNameServers = (): LookUp => {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  return async (host) => {
    if (host === "localhost") return ["127.0.0.1"];
    const [v4, v6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const found = [v4, v6].flatMap((one) => (one.status === "fulfilled" ? one.value : []));
    if (found.length === 0 && v4.status === "rejected") throw v4.reason;
    return found;
  };
};

/**
 * The one address to connect to, checked: what the name leads to a moment later changes nothing. @throws SendFailure
 * `name-unknown`, `address-forbidden`
 */
export const addressOf = async (
  url: URL,
  { lookUp, allowed }: { lookUp: LookUp; allowed: readonly string[] },
): Promise<string> => {
  const host = hostOf(url);
  const addresses =
    isIP(host) === 0
      ? await lookUp(host).catch((cause: unknown) => {
          throw new SendFailure("name-unknown", { cause });
        })
      : [host];
  if (addresses.length === 0) throw new SendFailure("name-unknown");
  const address = usableAddress(url, addresses, allowed);
  if (address === undefined) throw new SendFailure("address-forbidden");
  return address;
};
