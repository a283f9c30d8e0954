import { Hono } from "hono";
import type { Ctx } from "../context.ts";
import { AppError } from "../domain/errors.ts";
import type { Bindings } from "../env.ts";
import { respondWithError } from "./errors.ts";
import {
  allowCrossOrigin,
  answerUnchanged,
  dropChangedFigures,
  provideContext,
  requireSession,
  setSecurityHeaders,
} from "./middleware.ts";
import { refuseUndeclaredRoutes } from "./permissions.ts";
import type { AppEnv, HttpContext } from "./request.ts";
import { analytics } from "./routes/analytics.ts";
import { answers } from "./routes/answers.ts";
import { attention } from "./routes/attention.ts";
import { bulkActions } from "./routes/bulk-actions.ts";
import { campaignAnalytics } from "./routes/campaign-analytics.ts";
import { campaignExport } from "./routes/campaign-export.ts";
import { campaignLaunch } from "./routes/campaign-launch.ts";
import { campaignPlan } from "./routes/campaign-plan.ts";
import { campaignPreflight } from "./routes/campaign-preflight.ts";
import { campaignRecipients } from "./routes/campaign-recipients.ts";
import { campaignStatus } from "./routes/campaign-status.ts";
import { campaignSteps } from "./routes/campaign-steps.ts";
import { campaignWinner } from "./routes/campaign-winner.ts";
import { campaignWording } from "./routes/campaign-wording.ts";
import { campaigns } from "./routes/campaigns.ts";
import { collisions } from "./routes/collisions.ts";
import { compliance } from "./routes/compliance.ts";
import { digest } from "./routes/digest.ts";
import { doNotSolicitLists } from "./routes/do-not-solicit-lists.ts";
import { emailLinks } from "./routes/email-links.ts";
import { health } from "./routes/health.ts";
import { listingChecks } from "./routes/listing-checks.ts";
import { openapi } from "./routes/openapi.ts";
import { optOuts } from "./routes/opt-outs.ts";
import { outreach } from "./routes/outreach.ts";
import { presets } from "./routes/presets.ts";
import { properties } from "./routes/properties.ts";
import { providerAccounts } from "./routes/provider-accounts.ts";
import { providerSuppressions } from "./routes/provider-suppressions.ts";
import { recipientCheck } from "./routes/recipient-check.ts";
import { recipientEmails } from "./routes/recipient-emails.ts";
import { recipients } from "./routes/recipients.ts";
import { replies } from "./routes/replies.ts";
import { search } from "./routes/search.ts";
import { sendNow } from "./routes/send-now.ts";
import { senders } from "./routes/senders.ts";
import { sequences } from "./routes/sequences.ts";
import { snippets } from "./routes/snippets.ts";
import { stateRules } from "./routes/state-rules.ts";
import { suppressions } from "./routes/suppressions.ts";
import { tasks } from "./routes/tasks.ts";
import { templateApprovals } from "./routes/template-approvals.ts";
import { templateLint } from "./routes/template-lint.ts";
import { templatePreview } from "./routes/template-preview.ts";
import { templateTestSend } from "./routes/template-test-send.ts";
import { templateVariables } from "./routes/template-variables.ts";
import { templateVersions } from "./routes/template-versions.ts";
import { templates } from "./routes/templates.ts";
import { tenant } from "./routes/tenant.ts";
import { webhookRegistration } from "./routes/webhook-registration.ts";
import { webhooks } from "./routes/webhooks.ts";

/**
 * Builds the HTTP app.
 * @param contextOf builds the Worker's context; called for each request
 * @throws Error if a route does not declare its permission
 */
export function createApp(contextOf: (env: Bindings) => Promise<Ctx>): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const context = provideContext(contextOf);
  app.use(context);
  app.use(setSecurityHeaders);
  app.use("/api/*", allowCrossOrigin);
  app.route("/api", openapi);
  app.use("/api/*", requireSession);
  app.use("/api/*", dropChangedFigures);
  app.use("/api/*", answerUnchanged);
  for (const routes of apiRoutes) app.route("/api", routes);
  app.route("/webhooks", webhooks);
  app.route("/", emailLinks);
  app.route("/", optOuts);
  app.route("/", health);
  app.route("/", stateRules);
  refuseUndeclaredRoutes(app, [
    context,
    setSecurityHeaders,
    allowCrossOrigin,
    requireSession,
    dropChangedFigures,
    answerUnchanged,
  ]);
  app.notFound((c) => respondWithError(c, hasOtherMethod(app, c) ? wrongMethod : nothingHere));
  app.onError((error, c) => respondWithError(c, error));
  return app;
}

const apiRoutes = [
  campaigns,
  campaignExport,
  campaignLaunch,
  campaignStatus,
  campaignSteps,
  campaignPlan,
  campaignPreflight,
  campaignRecipients,
  recipientCheck,
  bulkActions,
  campaignAnalytics,
  analytics,
  recipients,
  recipientEmails,
  sendNow,
  replies,
  answers,
  tasks,
  templatePreview,
  templateVariables,
  templateLint,
  templateVersions,
  templateTestSend,
  campaignWinner,
  campaignWording,
  templates,
  presets,
  sequences,
  attention,
  digest,
  search,
  snippets,
  senders,
  providerAccounts,
  webhookRegistration,
  properties,
  listingChecks,
  doNotSolicitLists,
  templateApprovals,
  compliance,
  outreach,
  collisions,
  suppressions,
  providerSuppressions,
  tenant,
];

const nothingHere = new AppError(
  "notFound",
  "We couldn't find this. It may have been deleted, or you may not have access to it.",
);
const wrongMethod = new AppError("methodNotAllowed", "This address doesn't support that HTTP method.");

function hasOtherMethod(app: Hono<AppEnv>, c: HttpContext): boolean {
  return ["GET", "POST", "PUT", "PATCH", "DELETE"].some((method) =>
    app.router.match(method, c.req.path)[0].some(([[, route]]) => route.method === method),
  );
}
