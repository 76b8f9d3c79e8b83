import type { FastifyRequest } from "fastify";

/**
 * A signed-in person's token, as a cookie that no script can read. It counts only for requests that this hub's own pages make,
 * or that a person makes by hand in the address line: the browser itself says which (Fetch Metadata, W3C, `Sec-Fetch-Site`).
 * A page of another site can thus neither read with it nor send with it.
 */
const name = "sektorbro_session";
/** Over TLS: the browser itself holds that no other host, and no page without TLS, can have set it (RFC 6265bis, section 4.1.3.2). */
const secureName = `__Host-${name}`;
/** What somebody takes along who goes to sign in elsewhere. It comes back from another site, so it is `Lax`, and says nothing to others. */
const leavingName = "sektorbro_leaving";

const cookieOf = ({ headers }: FastifyRequest, called: string): string | undefined =>
  new RegExp(`(?:^|;\\s*)${called}=([\\w.~+/=-]{1,8192})(?:;|$)`).exec(headers.cookie ?? "")?.[1];

export const sessionToken = (request: FastifyRequest): string | undefined => {
  const site = request.headers["sec-fetch-site"];
  if (site !== "same-origin" && !(site === "none" && request.method === "GET")) return undefined;
  return cookieOf(request, secureName) ?? cookieOf(request, name);
};

const always = "Path=/; HttpOnly; SameSite=Strict";

/** `secure`: whether the hub is reached over TLS; over loopback it is not. */
export const sessionCookie = (token: string, { secure }: { secure: boolean }): string =>
  secure ? `${secureName}=${token}; ${always}; Secure` : `${name}=${token}; ${always}`;
export const leavingSeconds = 600;
const leavingAlways = "Path=/v1/session; HttpOnly; SameSite=Lax";
export const leavingCookie = (sealed: string, { secure }: { secure: boolean }): string =>
  `${leavingName}=${sealed}; ${leavingAlways}; Max-Age=${leavingSeconds}${secure ? "; Secure" : ""}`;
export const leftCookie = `${leavingName}=; ${leavingAlways}; Max-Age=0`;
export const sealedLeaving = (request: FastifyRequest): string | undefined => cookieOf(request, leavingName);

export const endedCookies = [
  `${name}=; ${always}; Max-Age=0`,
  `${secureName}=; ${always}; Secure; Max-Age=0`,
];
