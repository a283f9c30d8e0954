import type { Campaign } from "../../shared/campaign.ts";
import type { CampaignPlan } from "../../shared/campaign-plan.ts";
import type { ContactHistory } from "../../shared/contact-history.ts";
import { englishPresets } from "../../shared/presets/presets.ts";
import type { RecipientOverview } from "../../shared/recipient-list.ts";
import type { Sender } from "../../shared/sender.ts";
import type { EmailPreview } from "../../shared/template.ts";
import type { Tenant } from "../../shared/tenant.ts";
import { filterableOutcomes, recipientHolds, recipientStatuses } from "../../shared/vocabulary.ts";
import { chooseRunCount } from "../support/node/depth.ts";
import { expect, test } from "./stories.ts";
import { switchHostAtRandom } from "./switching-host.ts";

const now = "2026-11-30T16:00:00.000Z";

const campaign: Campaign = {
  id: 1,
  name: "Outreach of @@",
  type: "sellerOutreach",
  status: "active",
  propertyId: "@p@",
  address: null,
  stepCount: 1,
  emailCount: 1,
  counts: { recipients: 1, active: 1, waitingForEmail: 0, paused: 0, completed: 0, stopped: 0 },
  stats: {
    sent: 0,
    unknown: 0,
    delivered: 0,
    opened: 0,
    clicked: 0,
    replied: 0,
    bounced: 0,
    unsubscribed: 0,
    complained: 0,
  },
  countedAt: now,
  nextSendAt: now,
  nextEmail: null,
  openQuestions: 0,
  pauseReason: null,
  approval: null,
  createdBy: { id: "agent-1", name: null },
  createdAt: now,
  launchedAt: now,
  senderId: 1,
  otherSenderIds: [],
  replyTo: null,
  unknownPolicy: "assumeSent",
  sendWindow: null,
  schedule: { startAt: null, endAt: null, timeZone: null, jitterMinutes: 0, skipsHolidays: true },
  exitStatuses: [],
  stopsOnClick: false,
  endsAfterDays: null,
  maxLatenessHours: 72,
  ignoresCollisions: false,
  tags: [],
  steps: [],
  recallUntil: null,
  backlog: { sent: 0, remaining: 1, overdue: 0, needsConfirmation: 0 },
};
const sender: Sender = {
  id: 1,
  fromName: "@@",
  fromEmail: "agent@example.com",
  replyTo: null,
  ratePerSecond: 1,
  minGapSeconds: 0,
  dailyCap: null,
  ramp: null,
  domainDailyCap: null,
  timeZone: "America/Denver",
  phone: null,
  licensedName: null,
  licenseType: null,
  licenseNumber: null,
  licenseState: null,
  otherLicenses: [],
  isPaused: false,
  slotsToday: 0,
  effectiveDailyCap: null,
  nextSlotAt: now,
};
const preview: EmailPreview = {
  from: "@@",
  to: "Owner @p@",
  subject: "Letter of @@",
  html: "<p>Hi</p>",
  text: "Hi",
  missingVariables: [],
  exampleVariables: [],
  htmlBytes: 100,
  isClipped: false,
  draft: null,
};
const history: ContactHistory = {
  closedBy: [],
  answers: [],
  mayOverride: false,
  contacts: [
    {
      suppressed: null,
      refusedHere: null,
      answered: null,
      emailed: null,
      otherCampaign: null,
      bounced: false,
      undecidedElsewhere: null,
      isClosed: false,
    },
  ],
};
const plan: CampaignPlan = {
  warnings: [],
  launchAt: now,
  items: [
    {
      timeZone: "America/Denver",
      listing: null,
      needsConsent: false,
      needsRepresentative: false,
      steps: [{ stepNumber: 1, plannedAt: now }],
    },
  ],
};
const tenant: Tenant = {
  name: "Office of @@",
  postalAddress: "1 Main St, Denver, CO 80203",
  timeZone: "America/Denver",
  license: null,
  licensedName: null,
  officePhone: null,
  officeCity: null,
  officeState: null,
  officeWebsite: null,
  iabsLink: null,
  relationshipFormLink: null,
  equalHousingLine: null,
  holidays: [],
  collisionPolicy: "hold",
  coolOffHours: 0,
  unknownPolicy: "assumeSent",
  lastNoteDays: 180,
  maxFactAgeDays: {},
  requiresTemplateApproval: false,
  listingGuard: {},
  sourceRules: {},
  claimAttestations: {},
  volumes: [],
  allowedOrigins: [],
  stateRulesUrl: "https://x.example/state-rules",
  approvalSources: [],
  stoppedAt: null,
};
const list = (items: unknown[]) => ({ items, nextCursor: null });

const countNone = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
/** The overview of a campaign's list of recipients, for a list without people. */
const nobody: RecipientOverview = {
  total: 0,
  ids: [],
  people: 0,
  statuses: countNone(recipientStatuses),
  outcomes: countNone(filterableOutcomes),
  holds: countNone(recipientHolds),
  steps: [],
};

/** The API's answers, by method and path. */
const answers = Object.entries({
  "GET /api/campaigns": list([campaign]),
  "GET /api/campaigns/\\d+": campaign,
  "GET /api/campaigns/\\d+/recipients": { ...list([]), overview: nobody },
  "GET /api/presets": { items: englishPresets },
  "GET /api/senders": { items: [sender] },
  "GET /api/tenant": tenant,
  "GET /api/sequences": list([]),
  "GET /api/do-not-solicit-lists": list([]),
  "GET /api/tasks": list([]),
  "POST /api/campaigns": campaign,
  "POST /api/campaigns/plan": plan,
  "GET /api/listing-checks": { items: [], owners: 0 },
  "POST /api/properties/[^/]+/status": { stopped: 0 },
  "POST /api/collisions": { items: [], mayIgnore: true },
  "POST /api/properties/[^/]+/contact-history": history,
  "POST /api/templates/preview": preview,
}).map(([path, answer]): [string, string] => [path, JSON.stringify(answer)]);

/**
 * The number of switches to another agent or property in one run. All ten runs together make 50
 * switches in `npm test`, and 1,000 in the deep run.
 */
const switches = chooseRunCount(5, 100);
const seeds = Array.from({ length: 10 }, (_, index) => index + 1);

test("no data of one agent or property is sent or shown under another", async ({ page }) => {
  test.setTimeout(60_000 + seeds.length * switches * 5_000);
  await page.route("/switching-host", (route) =>
    route.fulfill({
      contentType: "text/html",
      body: '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>A host</title><script src="/v1/loader.js"></script>',
    }),
  );
  const met = { launches: 0, aborted: 0, shown: 0 };
  for (const seed of seeds) {
    await page.goto("/switching-host");
    const { faults, ...counts } = await page.evaluate(switchHostAtRandom, { seed, switches, answers });
    expect(faults, `seed ${seed}`).toEqual([]);
    for (const name of ["launches", "aborted", "shown"] as const) met[name] += counts[name];
  }
  // The runs prove something only if they have launched campaigns, shown data and aborted requests.
  for (const [name, count] of Object.entries(met)) expect(count, name).toBeGreaterThan(seeds.length);
});
