import type { MiddlewareHandler } from "hono";
import { etag } from "hono/etag";
import type { Ctx } from "../context.ts";
import { dropKeptAnswersOfCampaigns } from "../db/kept-answers.ts";
import { isOriginAllowedByAnyTenant } from "../db/tenants.ts";
import { AppError } from "../domain/errors.ts";
import type { Bindings } from "../env.ts";
import { recordSessionAgent } from "./agents.ts";
import type { AppEnv, HttpContext } from "./request.ts";
import { createSessionScope } from "./session.ts";
import { verifyToken } from "./token.ts";

/** Returns middleware that builds the Worker's context and the id of each request. */
export function provideContext(contextOf: (env: Bindings) => Promise<Ctx>): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const ctx = await contextOf(c.env);
    c.set("ctx", ctx);
    c.set("requestId", ctx.newId().toString(36));
    await next();
  };
}

/** Adds the security headers, and forbids caching unless the route has set Cache-Control. */
export const setSecurityHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  const { headers } = c.res;
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "no-referrer");
  headers.set("Strict-Transport-Security", "max-age=31536000");
  headers.set("X-Frame-Options", "DENY");
  headers.set(
    "Content-Security-Policy",
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  );
  headers.set("X-Request-Id", c.get("requestId"));
  // The tab reckons with this time in place of the browser's, in ms since 1970.
  headers.set("X-Now", String(c.get("ctx").now()));
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
};

/**
 * Lets browser pages call the API from the origins that the tenant lists. A CORS preflight carries
 * no token, so the preflight's answer allows an origin that any tenant lists. A call with a token
 * is answered only to origins of the token's tenant.
 */
export const allowCrossOrigin: MiddlewareHandler<AppEnv> = async (c, next) => {
  const origin = c.req.header("origin");
  if (origin === undefined) return await next();
  const isPreflight = c.req.method === "OPTIONS";
  if (isPreflight) {
    c.res = new Response(null, { status: 204 });
    c.header("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
    c.header(
      "Access-Control-Allow-Headers",
      "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match",
    );
    c.header("Access-Control-Max-Age", "7200");
  } else {
    await next();
  }
  c.header("Vary", "Origin", { append: true });
  const isAllowed = isOwnOrigin(c, origin) || c.get("corsOrigin") === origin;
  // Without a valid token the tenant is unknown. The page must still be able to read the error,
  // such as "token expired".
  const isAnonymous = c.get("session") === undefined;
  if (isAllowed || (isAnonymous && (await isOriginAllowedByAnyTenant(c.get("ctx").db, origin)))) {
    c.header("Access-Control-Allow-Origin", origin);
    c.header("Access-Control-Expose-Headers", "ETag, X-Now, X-Request-Id");
  }
};

/** Verifies the token and the page's origin, sets the session, and records the agent's claims. */
export const requireSession: MiddlewareHandler<AppEnv> = async (c, next) => {
  const ctx = c.get("ctx");
  const { session, claims, allowedOrigins } = await verifyToken(ctx, c.req.header("authorization"));
  c.set("session", session);
  const origin = c.req.header("origin");
  if (origin !== undefined && !isOwnOrigin(c, origin)) {
    if (!allowedOrigins.includes(origin)) {
      throw new AppError(
        "forbidden",
        "Pages from this origin aren't allowed to call the API for your office.",
      );
    }
    c.set("corsOrigin", origin);
  }
  await recordSessionAgent(ctx, session, claims);
  await next();
};

const tagJson = etag();

/**
 * Answers 304 if the page has the same answer already. A CSV has no ETag, because a CSV is streamed
 * and an ETag needs the whole answer.
 */
export const answerNotModified: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.req.method !== "GET" || c.req.path.endsWith(".csv")) return await next();
  return await tagJson(c, next);
};

/**
 * Removes the kept figures that show a campaign which the request has changed. A change of
 * something else, such as a person's address, removes only the kept pages of campaigns.
 */
export const dropFiguresOfChangedCampaign: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  if (c.req.method === "GET") return;
  const campaignId = c.get("changedCampaignId");
  const scope = createSessionScope(c.get("ctx"), c.get("session"));
  await dropKeptAnswersOfCampaigns(scope, campaignId === undefined ? [] : [campaignId]);
};

/** Tells whether this origin is the Worker's own, such as the origin of the demo's pages. */
function isOwnOrigin(c: HttpContext, origin: string): boolean {
  return origin === new URL(c.req.url).origin || origin === new URL(c.get("ctx").settings.PUBLIC_URL).origin;
}
