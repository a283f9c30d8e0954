import { Hono } from "hono";
import type { z } from "zod";
import { type SigningKey, signingKeyInput } from "../../../shared/signing-key.ts";
import {
  createSigningKey,
  deleteSigningKey,
  findTenantIssuer,
  listSigningKeys,
  type SigningKeyRow,
} from "../../db/tenant-keys.ts";
import { AppError } from "../../domain/errors.ts";
import { encodeBase64Url } from "../../mail/encoding.ts";
import { sealText } from "../../providers/credentials.ts";
import { findHostFault, findUrlFault } from "../../send/public-address.ts";
import { getRequestScope, type RequestScope } from "../access.ts";
import { buildAuditEntry } from "../audit-entry.ts";
import { requires } from "../permissions.ts";
import { type AppEnv, createNotFoundError, readJson, refuseFaultyFields } from "../request.ts";
import { toIso } from "../views/instant.ts";

/** A key can sign tokens for every property, so a token must cover every property. */
const admin = requires({ role: "admin", property: "every", owner: "anyone" });
const secretBytes = 32;
const kidBytes = 9;

/**
 * The keys with which the office's host signs tokens. Several keys are valid at once, so that the
 * host can change to a new key before an admin deletes the old key.
 */
export const signingKeysRoutes = new Hono<AppEnv>()
  .get("/signing-keys", admin, async (c) => {
    const rows = await listSigningKeys(getRequestScope(c).scope);
    return c.json({ items: rows.map(toSigningKeyView), nextCursor: null });
  })

  .post("/signing-keys", admin, async (c) => {
    const desk = getRequestScope(c);
    const input = await readJson(c, signingKeyInput);
    if (input.algorithm === "ES256") await refuseFaultyUrl(desk, input.jwksUrl);
    const { row, secret } = await buildKey(desk, input);
    const { algorithm, jwksUrl } = row;
    const audit = buildKeyAuditEntry(desk, "signingKey.created", row.kid, { algorithm, jwksUrl });
    if (!(await createSigningKey(desk.scope, row, audit)))
      throw new AppError("conflict", "Your office has reached the limit for signing keys. Delete one first.");
    return c.json({ ...toSigningKeyView(row), secret }, 201);
  })

  /** Deletes a key at once: from now on no token of the key is valid. */
  .delete("/signing-keys/:kid", admin, async (c) => {
    const desk = getRequestScope(c);
    const kid = c.req.param("kid");
    const audit = buildKeyAuditEntry(desk, "signingKey.deleted", kid, {});
    const outcome = await deleteSigningKey(desk.scope, kid, audit);
    switch (outcome) {
      case "deleted":
        return c.body(null, 204);
      case "unknown":
        throw createNotFoundError();
      case "last":
        throw new AppError("conflict", "This is your office's only signing key. Create another one first.");
      default:
        return outcome satisfies never;
    }
  });

async function buildKey(
  { ctx, scope }: RequestScope,
  input: z.output<typeof signingKeyInput>,
): Promise<{ row: SigningKeyRow; secret: string | null }> {
  const kid = `k-${createRandomText(kidBytes)}`;
  const issuer = await findTenantIssuer(scope);
  const plain = { kid, algorithm: input.algorithm, issuer, createdAt: ctx.now() };
  if (input.algorithm === "ES256")
    return { row: { ...plain, sealedSecret: null, jwksUrl: input.jwksUrl }, secret: null };
  const secret = createRandomText(secretBytes);
  const sealedSecret = await sealText(ctx.settings.CREDENTIALS_KEY, kid, secret);
  return { row: { ...plain, sealedSecret, jwksUrl: null }, secret };
}

const createRandomText = (bytes: number) => encodeBase64Url(crypto.getRandomValues(new Uint8Array(bytes)));

/**
 * Refuses the address of a key set that is not public.
 * @throws AppError invalidRequest
 */
async function refuseFaultyUrl({ ctx }: RequestScope, url: string): Promise<void> {
  const allowsPrivate = ctx.settings.ALLOW_PRIVATE_WEBHOOKS;
  const fault = findUrlFault(url, allowsPrivate) ?? (await findHostFault(url, allowsPrivate));
  refuseFaultyFields(fault === null ? {} : { jwksUrl: fault });
}

function buildKeyAuditEntry(desk: RequestScope, action: string, kid: string, data: Record<string, unknown>) {
  return buildAuditEntry(desk, action, `tenant_keys/${kid}`, data);
}

function toSigningKeyView({ kid, algorithm, issuer, jwksUrl, createdAt }: SigningKeyRow): SigningKey {
  return { kid, algorithm, issuer, jwksUrl, createdAt: toIso(createdAt) };
}
