import { Hono, type MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { ApiError } from "../../shared/error.ts";
import type { Ctx } from "../context.ts";
import { isOriginKnown } from "../db/tenants.ts";
import { AppError, statusOf } from "../domain/errors.ts";
import type { Bindings } from "../env.ts";
import type { AppEnv, Call } from "./request.ts";
import { campaignAnalytics } from "./routes/campaign-analytics.ts";
import { campaignLaunch } from "./routes/campaign-launch.ts";
import { campaignPreflight } from "./routes/campaign-preflight.ts";
import { campaignRecipients } from "./routes/campaign-recipients.ts";
import { campaignStatus } from "./routes/campaign-status.ts";
import { campaignWording } from "./routes/campaign-wording.ts";
import { campaigns } from "./routes/campaigns.ts";
import { collisions } from "./routes/collisions.ts";
import { health } from "./routes/health.ts";
import { openapi } from "./routes/openapi.ts";
import { outreach } from "./routes/outreach.ts";
import { presets } from "./routes/presets.ts";
import { properties } from "./routes/properties.ts";
import { providerAccounts } from "./routes/provider-accounts.ts";
import { providerSuppressions } from "./routes/provider-suppressions.ts";
import { providerWebhooks } from "./routes/provider-webhooks.ts";
import { recipients } from "./routes/recipients.ts";
import { senders } from "./routes/senders.ts";
import { suppressions } from "./routes/suppressions.ts";
import { tasks } from "./routes/tasks.ts";
import { templateLint } from "./routes/template-lint.ts";
import { templatePreview } from "./routes/template-preview.ts";
import { templateTestSend } from "./routes/template-test-send.ts";
import { templateVersions } from "./routes/template-versions.ts";
import { templates } from "./routes/templates.ts";
import { tenant } from "./routes/tenant.ts";
import { tracking } from "./routes/tracking.ts";
import { webhooks } from "./routes/webhooks.ts";
import { authenticate } from "./token.ts";

/** @param contextOf builds what every handler works with; once per request */
export function createApp(contextOf: (env: Bindings) => Promise<Ctx>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(async (c, next) => {
    const ctx = await contextOf(c.env);
    c.set("ctx", ctx);
    c.set("requestId", ctx.newId().toString(36));
    await next();
  });
  app.use(securityHeaders);
  app.use("/api/*", cors);
  app.route("/api", openapi);
  app.use("/api/*", authentication);
  for (const routes of apiRoutes) app.route("/api", routes);
  app.route("/webhooks", webhooks);
  app.route("/", tracking);
  app.route("/", health);
  app.notFound((c) => answer(c, isOtherMethod(app, c) ? wrongMethod : nothingHere));
  app.onError((error, c) => answer(c, error instanceof AppError ? error : unexpected(c, error)));
  return app;
}

const apiRoutes = [
  campaigns,
  campaignLaunch,
  campaignStatus,
  campaignPreflight,
  campaignRecipients,
  campaignAnalytics,
  recipients,
  tasks,
  templatePreview,
  templateLint,
  templateVersions,
  templateTestSend,
  campaignWording,
  templates,
  presets,
  senders,
  providerAccounts,
  providerWebhooks,
  properties,
  outreach,
  collisions,
  suppressions,
  providerSuppressions,
  tenant,
];

const nothingHere = new AppError("notFound", "There is nothing here.");
const wrongMethod = new AppError("methodNotAllowed", "This address does not take that method.");

/** The one place where an error becomes an answer. */
function answer(c: Call, error: AppError): Response {
  // A context that could not be built has no id either.
  const requestId = c.get("requestId") ?? "none";
  const body: ApiError = {
    error: {
      code: error.code,
      message: error.message,
      ...(error.fields === undefined ? {} : { fields: error.fields }),
      requestId,
    },
  };
  return c.json(body, statusOf[error.code]);
}

/** Troubles D1 has by itself; the request may be made again. */
const transient =
  /overloaded|network connection lost|storage caused object to be reset|reset because its code was updated|cannot resolve D1 DB|exceeded timeout/i;

function unexpected(c: Call, error: unknown): AppError {
  const cause = databaseCause(error);
  if (cause !== null && transient.test(cause)) {
    return new AppError("unavailable", "The database can't answer right now; try again shortly.");
  }
  const stack = error instanceof Error ? (error.stack ?? "") : "";
  console.error(
    JSON.stringify({
      level: "error",
      msg: "unexpected error",
      requestId: c.get("requestId"),
      method: c.req.method,
      // The pattern, never the path: paths carry tokens.
      route: routePath(c, -1),
      error: error instanceof Error ? error.name : typeof error,
      // Messages carry what they were about: addresses, bodies, parameters. D1's own do not.
      cause,
      at: stack
        .split("\n")
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 5)
        .map((line) => line.trim()),
    }),
  );
  return new AppError("internal", "Something went wrong on our side.");
}

/** What D1 said, from under Drizzle's message, which quotes the parameters. */
function databaseCause(error: unknown): string | null {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 4; cause = cause.cause, depth += 1) {
    if (cause.message.startsWith("D1_")) return cause.message.slice(0, 200);
  }
  return null;
}

function isOtherMethod(app: Hono<AppEnv>, c: Call): boolean {
  return ["GET", "POST", "PATCH", "DELETE"].some((method) =>
    app.router.match(method, c.req.path)[0].some(([[, route]]) => route.method === method),
  );
}

const securityHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
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
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
};

/**
 * Pages of the tenant's own origins may call. A preflight carries no token, so it is answered for any origin that some
 * tenant lists; the call itself only for its own tenant's.
 */
const cors: MiddlewareHandler<AppEnv> = async (c, next) => {
  const origin = c.req.header("origin");
  if (origin === undefined) return await next();
  const isPreflight = c.req.method === "OPTIONS";
  if (isPreflight) {
    c.res = new Response(null, { status: 204 });
    c.header("Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE");
    c.header("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key");
    c.header("Access-Control-Max-Age", "7200");
  } else {
    await next();
  }
  c.header("Vary", "Origin", { append: true });
  const isAllowed = isOwn(c, origin) || c.get("corsOrigin") === origin;
  // Without a good token no tenant is known; the page must still be able to read that its token has expired.
  const isAnonymous = c.get("session") === undefined;
  if (isAllowed || (isAnonymous && (await isOriginKnown(c.get("ctx").db, origin)))) {
    c.header("Access-Control-Allow-Origin", origin);
    c.header("Access-Control-Expose-Headers", "X-Request-Id");
  }
};

/** The Worker's own pages, such as the demo. */
function isOwn(c: Call, origin: string): boolean {
  return origin === new URL(c.req.url).origin || origin === new URL(c.get("ctx").settings.PUBLIC_URL).origin;
}

const authentication: MiddlewareHandler<AppEnv> = async (c, next) => {
  const { session, allowedOrigins } = await authenticate(c.get("ctx"), c.req.header("authorization"));
  c.set("session", session);
  const origin = c.req.header("origin");
  if (origin !== undefined && !isOwn(c, origin)) {
    if (!allowedOrigins.includes(origin)) {
      throw new AppError("forbidden", "Pages of this origin may not call for your tenant.");
    }
    c.set("corsOrigin", origin);
  }
  await next();
};
