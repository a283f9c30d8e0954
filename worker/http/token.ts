import {
  createRemoteJWKSet,
  customFetch,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  jwtVerify,
} from "jose";
import { z } from "zod";
import { emailAddress, singleLine } from "../../shared/primitives.ts";
import { propertyId } from "../../shared/property.ts";
import { roles } from "../../shared/vocabulary.ts";
import type { Ctx } from "../context.ts";
import type { AgentClaims } from "../db/agents.ts";
import { findTenantKey, type TenantKey } from "../db/tenant-keys.ts";
import { AppError } from "../domain/errors.ts";
import { unsealText } from "../providers/credentials.ts";
import { readFirstBytes } from "./request.ts";
import type { Session } from "./session.ts";

const audience = "doorknock";
const maxLifeSeconds = 5 * 60;
/** The tolerated difference between the host's clock and ours. */
const toleranceSeconds = 60;
const maxTokenLength = 16_000;
const jwksTimeoutMs = 3000;
/** A key set has a few keys of some hundred bytes each. */
const maxJwksBytes = 65_536;

const tokenHeader = z.object({ kid: z.string().min(1).max(200) });
const tokenClaims = z.object({
  sub: singleLine(200),
  tid: z.number().int().positive(),
  role: z.enum(roles),
  prop: z.union([z.literal("*"), z.array(propertyId).max(100)]),
  exp: z.number(),
  // The name, the email and the team do not decide what the agent may do, so a token with a
  // malformed name, email or team is still valid.
  name: singleLine(200).optional().catch(undefined),
  email: emailAddress.optional().catch(undefined),
  team: singleLine(200).optional().catch(undefined),
});

/** The session and the claims of a verified token, with the origins that the tenant allows. */
export type VerifiedToken = { session: Session; claims: AgentClaims; allowedOrigins: readonly string[] };

/**
 * Verifies a host's token. Returns the session, the token's claims about the agent, and the browser
 * origins that the tenant allows.
 * @param presented the Authorization header
 * @throws AppError tokenExpired if the token is correct but has expired; unavailable if the host's
 *   keys cannot be fetched; unauthenticated for any other fault
 */
export async function verifyToken(ctx: Ctx, presented: string | undefined): Promise<VerifiedToken> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i.exec(presented ?? "")?.[1];
  if (token === undefined || token.length > maxTokenLength) throw createUnauthenticatedError();
  const key = await findSigningKey(ctx, token);
  const payload = tokenClaims.safeParse(await verifyClaims(ctx, token, key));
  if (!payload.success) throw createUnauthenticatedError();
  const { sub, tid, role, prop, exp, name = null, email = null, team = null } = payload.data;
  if (tid !== key.tenantId) throw createUnauthenticatedError();
  if (exp > ctx.now() / 1000 + maxLifeSeconds + toleranceSeconds) throw createUnauthenticatedError();
  return {
    session: { tenantId: tid, agentId: sub, role, properties: prop === "*" ? null : new Set(prop) },
    claims: { name, email, team },
    allowedOrigins: key.allowedOrigins,
  };
}

/**
 * Finds the key whose id is in the token. Before the signature is verified, nothing else in the
 * token is used.
 */
async function findSigningKey(ctx: Ctx, token: string): Promise<TenantKey> {
  const named = tokenHeader.safeParse(decodeHeader(token));
  const key = named.success ? await findTenantKey(ctx.db, named.data.kid) : undefined;
  if (key === undefined) throw createUnauthenticatedError();
  return key;
}

function decodeHeader(token: string): unknown {
  try {
    return decodeProtectedHeader(token);
  } catch {
    return null;
  }
}

async function verifyClaims(ctx: Ctx, token: string, key: TenantKey): Promise<JWTPayload> {
  const options = {
    // The algorithm comes from the key's record, so that a token cannot choose the algorithm.
    algorithms: [key.algorithm],
    issuer: key.issuer,
    audience,
    clockTolerance: toleranceSeconds,
    currentDate: new Date(ctx.now()),
    requiredClaims: ["exp", "sub", "tid", "role", "prop"],
  };
  try {
    const result =
      key.algorithm === "HS256"
        ? await jwtVerify(token, await openSharedSecret(ctx, key), options)
        : await jwtVerify(token, getPublicKeySet(key), options);
    return result.payload;
  } catch (error) {
    // jose throws JWTExpired only after verifying the signature, the issuer and the audience.
    if (error instanceof errors.JWTExpired) throw new AppError("tokenExpired", "The token has expired.");
    if (isKeySetFailure(error))
      throw new AppError("unavailable", "The signing keys can't be fetched right now.");
    if (error instanceof errors.JOSEError) throw createUnauthenticatedError();
    throw error;
  }
}

async function openSharedSecret(ctx: Ctx, key: TenantKey): Promise<Uint8Array> {
  if (key.sealedSecret === null) throw createUnauthenticatedError();
  const opened = await unsealText(ctx.settings.CREDENTIALS_KEY, key.kid, key.sealedSecret).catch(() => null);
  if (opened !== null) return new TextEncoder().encode(opened);
  console.error(JSON.stringify({ level: "error", msg: "signing key does not open", tenantId: key.tenantId }));
  throw new AppError("unavailable", "Your office's signing key can't be read right now. Ask the operator.");
}

/**
 * The hosts' public key sets, by address. jose fetches a key set again when a token names an
 * unknown key id.
 */
const keySets = new Map<string, ReturnType<typeof createRemoteJWKSet>>();
const keySetsKept = 200;

function getPublicKeySet({ jwksUrl }: TenantKey): ReturnType<typeof createRemoteJWKSet> {
  if (jwksUrl === null) throw createUnauthenticatedError();
  const kept = keySets.get(jwksUrl);
  if (kept !== undefined) return kept;
  if (keySets.size >= keySetsKept) keySets.clear();
  const created = createRemoteJWKSet(new URL(jwksUrl), {
    timeoutDuration: jwksTimeoutMs,
    [customFetch]: fetchBounded,
  });
  keySets.set(jwksUrl, created);
  return created;
}

/**
 * Fetches a key set, and reads at most `maxJwksBytes` of the answer. A redirect is not followed.
 * @throws TypeError for a longer answer
 */
async function fetchBounded(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: "manual" });
  if (response.body === null) return response;
  const body = await readFirstBytes(response.body, maxJwksBytes + 1);
  if (body.length > maxJwksBytes) throw new TypeError("the key set is too long");
  return new Response(body, { status: response.status, headers: response.headers });
}

/**
 * Tells whether the error means that reading the host's key set failed. The token may be valid
 * despite such an error.
 */
function isKeySetFailure(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return true;
  const isUnspecific = error instanceof errors.JOSEError && error.code === "ERR_JOSE_GENERIC";
  return isUnspecific || error instanceof TypeError;
}

function createUnauthenticatedError(): AppError {
  return new AppError("unauthenticated", "A valid token is required.");
}
