type Servers = { servers: string[]; user?: string; pass?: string };

/**
 * The servers of an address, or of several with commas between them. A user and password stand in the first, as in
 * `nats://hub:secret@n0:4222,nats://n1:4222`, and are the same for all: the client does not read them from an address.
 */
export const serversIn = (addresses: string): Servers => {
  const urls = addresses.split(",").map((address) => new URL(address));
  const { username = "", password = "" } = urls[0] ?? {};
  return {
    servers: urls.map(({ protocol, host }) => `${protocol}//${host}`),
    ...(username === "" ? {} : { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
  };
};
