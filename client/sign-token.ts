import { importPKCS8, SignJWT } from "jose";
import type { Role } from "../shared/vocabulary.ts";

/**
 * The key that signs. An HS256 secret is the text that `npm run tenant` printed. An ES256 private
 * key is in PEM (PKCS #8); its public part is in the key set (JWKS) that the office's key names.
 */
export type SigningKey =
  | { algorithm: "HS256"; kid: string; secret: string }
  | { algorithm: "ES256"; kid: string; privateKey: string };

export type TokenClaims = {
  /** `iss` and `tid` of the office, as `npm run tenant` printed them. */
  issuer: string;
  tenantId: number;
  /** The agent's id in the CRM. It has to stay the same for an agent's whole life. */
  agentId: string;
  role: Role;
  /** The properties that the token opens, at most 100, or `"*"` for all that the agent may see. */
  properties: "*" | readonly string[];
  name?: string | undefined;
  email?: string | undefined;
  team?: string | undefined;
  /** The life of the token in seconds, at most 300. Default: 300. */
  lifeSeconds?: number;
};

const longestLifeSeconds = 300;

/**
 * Signs the token that `getToken` returns to the tab. Call it on a server, for the agent who is
 * signed in there; the key must never reach a browser. Works in Node and in Workers.
 * @param now in ms since 1970
 */
export async function signToken(key: SigningKey, claims: TokenClaims, now = Date.now()): Promise<string> {
  const { issuer, tenantId, agentId, role, properties, lifeSeconds = longestLifeSeconds } = claims;
  if (!(lifeSeconds > 0 && lifeSeconds <= longestLifeSeconds))
    throw new RangeError(`A token may live for ${longestLifeSeconds} seconds at most.`);
  const { name, email, team } = claims;
  const issuedAt = Math.floor(now / 1000);
  return await new SignJWT({ tid: tenantId, role, prop: properties, name, email, team })
    .setProtectedHeader({ alg: key.algorithm, kid: key.kid, typ: "JWT" })
    .setIssuer(issuer)
    .setAudience("doorknock")
    .setSubject(agentId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifeSeconds)
    .sign(await readKey(key));
}

async function readKey(key: SigningKey): Promise<CryptoKey | Uint8Array> {
  switch (key.algorithm) {
    case "HS256":
      return new TextEncoder().encode(key.secret);
    case "ES256":
      return await importPKCS8(key.privateKey, "ES256");
  }
}
