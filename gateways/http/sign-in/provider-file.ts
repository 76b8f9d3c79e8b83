import { z } from "zod";
import { Assurance, PersonRole } from "../../../contracts/messages/session.ts";

/**
 * An OpenID Connect provider whose people may sign in, as the file that `SEKTORBRO_IDENTITY_PROVIDER` names tells of it. `claims`: what it
 * calls what the hub needs to know of a person. `roles`: its words for what people do, where they are not ours.
 */
export const ProviderFile = z.strictObject({
  issuer: z.url(),
  clientId: z.string().min(1),
  /** Absent: a public client, with PKCE alone. */
  clientSecretFile: z.string().optional(),
  /** Where this hub is reached by browsers: `https://…/v1/session/return`, as the provider knows it. */
  redirectUri: z.url().endsWith("/v1/session/return"),
  scope: z.string().default("openid"),
  claims: z
    .object({
      gln: z.string().default("gln"),
      name: z.string().default("name"),
      roles: z.string().default("roles"),
      assurance: z.string().default("https://data.gov.dk/concept/core/nsis/loa"),
    })
    .prefault({}),
  roles: z.record(z.string(), PersonRole).optional(),
  leastAssurance: Assurance.default("Substantial"),
});
export type ProviderFile = z.infer<typeof ProviderFile>;
