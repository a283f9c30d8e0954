import { Hono } from "hono";
import type { Ctx } from "../context.ts";
import { AppError } from "../domain/errors.ts";
import type { Bindings } from "../env.ts";
import { respondWithError } from "./errors.ts";
import {
  allowCrossOrigin,
  answerNotModified,
  dropFiguresOfChangedCampaign,
  provideContext,
  requireSession,
  setSecurityHeaders,
} from "./middleware.ts";
import { refuseUndeclaredRoutes } from "./permissions.ts";
import type { AppEnv, HttpContext } from "./request.ts";
import { agentsRoutes } from "./routes/agents.ts";
import { analyticsRoutes } from "./routes/analytics.ts";
import { answersRoutes } from "./routes/answers.ts";
import { attentionRoutes } from "./routes/attention.ts";
import { bulkActionsRoutes } from "./routes/bulk-actions.ts";
import { campaignAnalyticsRoutes } from "./routes/campaign-analytics.ts";
import { campaignExportRoutes } from "./routes/campaign-export.ts";
import { campaignLaunchRoutes } from "./routes/campaign-launch.ts";
import { campaignPlanRoutes } from "./routes/campaign-plan.ts";
import { campaignPreflightRoutes } from "./routes/campaign-preflight.ts";
import { campaignRecipientsRoutes } from "./routes/campaign-recipients.ts";
import { campaignStatusRoutes } from "./routes/campaign-status.ts";
import { campaignStepsRoutes } from "./routes/campaign-steps.ts";
import { campaignWinnerRoutes } from "./routes/campaign-winner.ts";
import { campaignWordingRoutes } from "./routes/campaign-wording.ts";
import { campaignsRoutes } from "./routes/campaigns.ts";
import { collisionsRoutes } from "./routes/collisions.ts";
import { complianceRoutes } from "./routes/compliance.ts";
import { digestRoutes } from "./routes/digest.ts";
import { doNotSolicitListsRoutes } from "./routes/do-not-solicit-lists.ts";
import { emailLinksRoutes } from "./routes/email-links.ts";
import { healthRoutes } from "./routes/health.ts";
import { hostDeliveriesRoutes } from "./routes/host-deliveries.ts";
import { hostWebhooksRoutes } from "./routes/host-webhooks.ts";
import { listingChecksRoutes } from "./routes/listing-checks.ts";
import { openapiRoutes } from "./routes/openapi.ts";
import { optOutsRoutes } from "./routes/opt-outs.ts";
import { outreachRoutes } from "./routes/outreach.ts";
import { presetsRoutes } from "./routes/presets.ts";
import { propertiesRoutes } from "./routes/properties.ts";
import { propertyReportsRoutes } from "./routes/property-reports.ts";
import { providerAccountsRoutes } from "./routes/provider-accounts.ts";
import { providerSuppressionsRoutes } from "./routes/provider-suppressions.ts";
import { recipientCheckRoutes } from "./routes/recipient-check.ts";
import { recipientEmailsRoutes } from "./routes/recipient-emails.ts";
import { recipientsRoutes } from "./routes/recipients.ts";
import { repliesRoutes } from "./routes/replies.ts";
import { searchRoutes } from "./routes/search.ts";
import { sendNowRoutes } from "./routes/send-now.ts";
import { sendersRoutes } from "./routes/senders.ts";
import { sequencesRoutes } from "./routes/sequences.ts";
import { signingKeysRoutes } from "./routes/signing-keys.ts";
import { snippetsRoutes } from "./routes/snippets.ts";
import { startProposalsRoutes } from "./routes/start-proposals.ts";
import { startRulesRoutes } from "./routes/start-rules.ts";
import { stateRulesRoutes } from "./routes/state-rules.ts";
import { suppressionsRoutes } from "./routes/suppressions.ts";
import { tasksRoutes } from "./routes/tasks.ts";
import { templateApprovalsRoutes } from "./routes/template-approvals.ts";
import { templateLintRoutes } from "./routes/template-lint.ts";
import { templatePreviewRoutes } from "./routes/template-preview.ts";
import { templateTestSendRoutes } from "./routes/template-test-send.ts";
import { templateVariablesRoutes } from "./routes/template-variables.ts";
import { templateVersionsRoutes } from "./routes/template-versions.ts";
import { templatesRoutes } from "./routes/templates.ts";
import { tenantRoutes } from "./routes/tenant.ts";
import { webhookRegistrationRoutes } from "./routes/webhook-registration.ts";
import { webhooksRoutes } from "./routes/webhooks.ts";

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
  app.route("/api", openapiRoutes);
  app.use("/api/*", requireSession);
  app.use("/api/*", dropFiguresOfChangedCampaign);
  app.use("/api/*", answerNotModified);
  for (const routes of apiRoutes) app.route("/api", routes);
  app.route("/webhooks", webhooksRoutes);
  app.route("/", emailLinksRoutes);
  app.route("/", optOutsRoutes);
  app.route("/", healthRoutes);
  app.route("/", stateRulesRoutes);
  refuseUndeclaredRoutes(app, [
    context,
    setSecurityHeaders,
    allowCrossOrigin,
    requireSession,
    dropFiguresOfChangedCampaign,
    answerNotModified,
  ]);
  app.notFound((c) => respondWithError(c, hasOtherMethod(app, c) ? wrongMethod : nothingHere));
  app.onError((error, c) => respondWithError(c, error));
  return app;
}

const apiRoutes = [
  campaignsRoutes,
  campaignExportRoutes,
  campaignLaunchRoutes,
  campaignStatusRoutes,
  campaignStepsRoutes,
  campaignPlanRoutes,
  campaignPreflightRoutes,
  campaignRecipientsRoutes,
  recipientCheckRoutes,
  bulkActionsRoutes,
  campaignAnalyticsRoutes,
  analyticsRoutes,
  recipientsRoutes,
  recipientEmailsRoutes,
  sendNowRoutes,
  repliesRoutes,
  answersRoutes,
  tasksRoutes,
  templatePreviewRoutes,
  templateVariablesRoutes,
  templateLintRoutes,
  templateVersionsRoutes,
  templateTestSendRoutes,
  campaignWinnerRoutes,
  campaignWordingRoutes,
  templatesRoutes,
  presetsRoutes,
  sequencesRoutes,
  agentsRoutes,
  attentionRoutes,
  digestRoutes,
  startRulesRoutes,
  startProposalsRoutes,
  searchRoutes,
  snippetsRoutes,
  sendersRoutes,
  providerAccountsRoutes,
  webhookRegistrationRoutes,
  propertiesRoutes,
  propertyReportsRoutes,
  listingChecksRoutes,
  doNotSolicitListsRoutes,
  templateApprovalsRoutes,
  complianceRoutes,
  outreachRoutes,
  collisionsRoutes,
  suppressionsRoutes,
  providerSuppressionsRoutes,
  tenantRoutes,
  hostWebhooksRoutes,
  signingKeysRoutes,
  hostDeliveriesRoutes,
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
