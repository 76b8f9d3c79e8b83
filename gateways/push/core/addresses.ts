import { BlockList, isIP } from "node:net";

/** Networks that no partner is reached on unless the settings say so: a directory must not lead the hub to its own insides. */
const ranges: readonly (readonly [network: string, prefix: number, family: "ipv4" | "ipv6"])[] = [
  ["0.0.0.0", 8, "ipv4"],
  ["10.0.0.0", 8, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["127.0.0.0", 8, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.0.0.0", 24, "ipv4"],
  ["192.0.2.0", 24, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["198.18.0.0", 15, "ipv4"],
  ["198.51.100.0", 24, "ipv4"],
  ["203.0.113.0", 24, "ipv4"],
  ["224.0.0.0", 4, "ipv4"],
  ["240.0.0.0", 4, "ipv4"],
];

/** Of IPv6 only what is given out to the public (2000::/3, RFC 4291), and of that not what wraps an IPv4 address or is for papers. */
const publicV6 = new BlockList();
publicV6.addSubnet("2000::", 3, "ipv6");
const wrappedV6 = new BlockList();
wrappedV6.addSubnet("2001::", 23, "ipv6");
wrappedV6.addSubnet("2001:db8::", 32, "ipv6");
wrappedV6.addSubnet("2002::", 16, "ipv6");
wrappedV6.addSubnet("3fff::", 20, "ipv6");

const innerV4 = new BlockList();
for (const [network, prefix, family] of ranges) innerV4.addSubnet(network, prefix, family);

/** Whether an address is one of the public internet. What is no address is none. */
export const isPublicAddress = (address: string): boolean => {
  switch (isIP(address)) {
    case 4:
      return !innerV4.check(address, "ipv4");
    case 6:
      return publicV6.check(address, "ipv6") && !wrappedV6.check(address, "ipv6");
    default:
      return false;
  }
};

/** The host of an address as a name or a bare IP address. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, "$1").toLowerCase();

const defaultPorts: Readonly<Record<string, string>> = { "https:": "443", "http:": "80" };
const portOf = (url: URL): string => (url.port === "" ? (defaultPorts[url.protocol] ?? "") : url.port);

/** Whether the settings allow an internal address for this host by its name: `name`, or `name:port` for one port of it. */
export const isAllowedByName = (url: URL, allowed: readonly string[]): boolean => {
  const host = hostOf(url);
  const names = [host, `${host}:${portOf(url)}`, `[${host}]:${portOf(url)}`];
  return allowed.some((name) => names.includes(name.toLowerCase()));
};

/** The address to connect to: the first, when every one of them may be; else none, lest the next look-up gives another. */
export const usableAddress = (
  url: URL,
  addresses: readonly string[],
  allowed: readonly string[],
): string | undefined =>
  isAllowedByName(url, allowed) || addresses.every(isPublicAddress) ? addresses[0] : undefined;
