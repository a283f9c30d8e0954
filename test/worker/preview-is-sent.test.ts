import { expect, inject, test } from "vitest";
import type { Contact, JsonRecord } from "../../plugin/host/mapping.ts";
import { listLaunchCandidates, type PropertyContactHistory } from "../../plugin/session/launch-candidates.ts";
import { createLaunchDraft } from "../../plugin/session/launch-draft.ts";
import { buildLaunchRequest, buildPreviewRequest } from "../../plugin/session/launch-request.ts";
import { type LaunchSequence, toLaunchSequence } from "../../plugin/session/launch-sequence.ts";
import type { LaunchWordings } from "../../plugin/session/launch-wordings.ts";
import { readContactNames, readReportedAddress } from "../../plugin/session/reported-facts.ts";
import type { PropertyStatusInput } from "../../shared/property.ts";
import type { Sender } from "../../shared/sender.ts";
import type { Sequence } from "../../shared/sequence.ts";
import type { EmailPreview } from "../../shared/template.ts";
import { hour } from "../support/time.ts";
import { type ApiAnswer, createTenant, getSenderId, signToken } from "../support/worker/api.ts";
import { type App, openApp } from "../support/worker/app.ts";
import { createRandom, type Random } from "../support/worker/chaos/random.ts";
import {
  buildRandomContacts,
  buildRandomOfficePatch,
  buildRandomProperty,
  buildRandomSenderPatch,
  buildRandomWordings,
  choosePresetId,
  editStepsAtRandom,
} from "../support/worker/random-launch.ts";
import { type ReadableEmail, toReadablePreview, toReadableSentEmail } from "../support/worker/same-letter.ts";
import { bindings } from "../support/worker/world.ts";

/*
 * Tests that every sent email equals its preview. Random offices edit a preset at random. Agents of
 * these offices change some emails for some people, and launch with the same requests as the tab.
 * The number of a run is its seed.
 */
const isDeep = inject("isDeep");
const offices = 4;
const peoplePerOffice = 8;
const runs = Array.from({ length: isDeep ? 40 : 3 }, (_, index) => index + 1);
/** More hours than the emails of any run need. A run that never ends fails at this limit. */
const mostHours = 100;

/**
 * The previews that the launch view shows for one person, up to the first email in which a value is
 * missing.
 */
type Shown = { to: string; emails: ReadableEmail[] };

/**
 * An office after its launch. `report` is the report from the host's records that the tab sends
 * again and again.
 */
type Launched = { shown: Shown[]; report: PropertyStatusInput };

let peopleChecked = 0;

test.each(runs)(
  "every email is sent as the launch view showed it, run %i",
  // The test has no time limit, because a busy machine would exceed any limit. The number of hours
  // is limited instead.
  { timeout: 0 },
  async (seed) => {
    const app = await openApp();
    const random = createRandom(seed, "preview is sent");
    const launched: Launched[] = [];
    for (let tenantId = 1; tenantId <= offices; tenantId += 1) {
      if (tenantId > 1) await createTenant(tenantId);
      launched.push(await launchAtOffice(callAs(app, tenantId), random, tenantId));
    }
    await sendEverything(
      app,
      launched.map(({ report }) => report),
    );
    const shown = launched.flatMap((office) => office.shown);
    for (const { to, emails } of shown) {
      const sent = app.calls.filter((call) => call.to.email === to).map(toReadableSentEmail);
      expect(sent.length, `emails to ${to}`).toBe(emails.length);
      for (const [index, email] of sent.entries()) {
        expect(email, `email ${index + 1} to ${to}`).toEqual(emails[index]);
      }
    }
    peopleChecked += shown.length;
  },
);

test("the runs check enough people", () => {
  expect(peopleChecked).toBeGreaterThanOrEqual(isDeep ? 1000 : 75);
});

/**
 * Returns a function that calls the API as an administrator of the office. The function throws an
 * error if a request fails.
 */
function callAs(app: App, tenantId: number) {
  return async <T>(method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const token = await signToken({ tenantId, role: "admin", at: app.clock.at });
    const answer: ApiAnswer = await app.api.call(method, path, { token, body, ...(headers && { headers }) });
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
    const json: T = answer.json;
    return json;
  };
}
type Call = ReturnType<typeof callAs>;

/** Launches a campaign at one office, and returns the previews from before the launch. */
async function launchAtOffice(call: Call, random: Random, tenantId: number): Promise<Launched> {
  await call("PATCH", "/api/tenant", buildRandomOfficePatch(random));
  const sender = await call<Sender>(
    "PATCH",
    `/api/senders/${getSenderId(tenantId)}`,
    buildRandomSenderPatch(random),
  );
  const sequence = await editPreset(call, random);
  const preset = toLaunchSequence(sequence);
  const propertyId = `p-${tenantId}`;
  const property = buildRandomProperty(random, propertyId);
  const contacts = buildRandomContacts(random, peoplePerOffice, `office-${tenantId}`);
  const recipients = chooseTicked(contacts);
  const wordings = buildRandomWordings(random, preset.id, sequence.steps, recipients);
  const shown: Shown[] = [];
  for (const contact of recipients) {
    shown.push(await previewAll(call, { preset, sender, contact, property, wordings }));
  }
  const launch = buildLaunchRequest({
    ...{ preset, sender, recipients, property, propertyId, wordings },
    timing: createLaunchDraft(preset.id),
    ignoresCollisions: true,
    unknownPolicy: "office",
    refusalNote: null,
    listingStatement: null,
    nearbySale: null,
    status: "active",
  });
  await call("POST", "/api/campaigns", launch);
  const address = readReportedAddress(property);
  const report: PropertyStatusInput = {
    standardStatus: "Expired",
    ...(address === null ? {} : { address }),
    contacts: readContactNames(contacts),
    source: "tab",
  };
  return { shown, report };
}

async function editPreset(call: Call, random: Random): Promise<Sequence> {
  const path = `/api/sequences/${choosePresetId(random)}`;
  const preset = await call<Sequence>("GET", path);
  if (random.chance(0.2)) return preset;
  const steps = editStepsAtRandom(preset.steps, random);
  return await call<Sequence>("PATCH", path, { steps }, { "if-match": `"${preset.version}"` });
}

const nothingKnown: PropertyContactHistory = {
  closedBy: [],
  answers: [],
  marks: new Map(),
  mayOverride: false,
};

/**
 * Returns the contacts that the launch view ticks by itself, with the salutations that the launch
 * view adds.
 */
const chooseTicked = (contacts: readonly Contact[]): Contact[] =>
  listLaunchCandidates(contacts, createLaunchDraft("any"), nothingKnown, { date: (iso) => iso }).flatMap(
    ({ isSelected, contact }) => (isSelected ? [contact] : []),
  );

async function previewAll(
  call: Call,
  view: {
    preset: LaunchSequence;
    sender: Sender;
    contact: Contact;
    property: JsonRecord;
    wordings: LaunchWordings;
  },
): Promise<Shown> {
  const { preset, sender, contact, property, wordings } = view;
  const emails: ReadableEmail[] = [];
  for (let stepNumber = 1; stepNumber <= preset.steps.length; stepNumber += 1) {
    const request = buildPreviewRequest(
      preset,
      { stepNumber, isElse: false },
      sender.id,
      contact,
      property,
      wordings,
    );
    const preview = await call<EmailPreview>("POST", "/api/templates/preview", request);
    if (preview.missingVariables.length > 0) break;
    emails.push(toReadablePreview(preview));
  }
  return { to: contact.email ?? "", emails };
}

/**
 * Moves the clock to an hour after the next email is due, and sends the due emails, until no email
 * is due any more. After each move, the tab reports that no home is listed, with the same address
 * and names as before.
 */
async function sendEverything(app: App, reports: readonly PropertyStatusInput[]): Promise<void> {
  for (let hours = 0; hours < mostHours; hours += 1) {
    const row = await bindings.DB.prepare("SELECT min(due_at) AS at FROM campaign_recipients").first();
    if (typeof row?.at !== "number") return;
    app.clock.at = Math.max(app.clock.at, row.at) + hour;
    for (const [index, report] of reports.entries()) {
      const tenantId = index + 1;
      await callAs(app, tenantId)("POST", `/api/properties/p-${tenantId}/status`, report);
    }
    await app.pass(1);
  }
  throw new Error(`Emails are still due after ${mostHours} hours with due emails.`);
}
