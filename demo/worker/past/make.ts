import type { Campaign, CampaignCreate } from "../../../shared/campaign.ts";
import { dayMs } from "../../../shared/time-lengths.ts";
import type { DemoBindings } from "../env.ts";
import { signToken } from "../token.ts";
import { type PastCampaign, pastCampaigns } from "./campaigns.ts";
import { addWorkdays, toDenverInstant } from "./denver.ts";
import { listPastPeople } from "./people.ts";
import { inventPersonsPast } from "./plan.ts";
import { createRandomGenerator } from "./random.ts";
import { type CallApi, createStepsWithWordings } from "./steps.ts";
import { findOldestSenderId, hasPastCampaigns, listCampaignPeopleIds, storePastOfPeople } from "./store.ts";

type Making = {
  env: DemoBindings;
  now: number;
  fetch: (request: Request) => Promise<Response>;
};

/**
 * Stores emails of some past weeks with their replies and other events, so that a visitor sees
 * figures. The API creates each campaign as a draft; the campaign is then closed, so that no email
 * leaves.
 * @returns false if the past weeks are stored already
 */
export async function addPastCampaigns(making: Making): Promise<boolean> {
  const tenantId = Number(making.env.DEMO_TENANT_ID);
  if (await hasPastCampaigns(making.env.DB, tenantId, pastCampaigns[0]?.name ?? "")) return false;
  for (const [index, past] of pastCampaigns.entries()) await makePastCampaign(past, index, making);
  return true;
}

async function makePastCampaign(past: PastCampaign, index: number, making: Making): Promise<void> {
  const { env, now } = making;
  const call = await createCaller(past, making);
  const body: CampaignCreate = {
    name: past.name,
    senderId: await findOldestSenderId(env.DB, Number(env.DEMO_TENANT_ID)),
    recipients: listPastPeople(past, index),
    ...(past.presetId === null
      ? { type: "sellerOutreach", steps: await createStepsWithWordings(call) }
      : { presetId: past.presetId }),
  };
  const { id, steps } = await call<Campaign>("/api/campaigns", body);
  const firstDay = addWorkdays(new Date(now - past.daysAgo * dayMs).toISOString().slice(0, 10), 0);
  const sending = {
    steps: steps.flatMap((step) =>
      step.kind === "email"
        ? [{ stepNumber: step.stepNumber, delayDays: step.delayDays, wordings: step.variants.length }]
        : [],
    ),
    firstDay,
    until: now,
    peoplePerDay: past.peoplePerDay,
    replyShare: past.replyShare,
    random: createRandomGenerator(index + 1),
  };
  const people = await listCampaignPeopleIds(env.DB, id);
  const stored = {
    campaignId: id,
    tenantId: Number(env.DEMO_TENANT_ID),
    accountId: Number(env.DEMO_ACCOUNT_ID),
    launchedAt: toDenverInstant(firstDay, 9),
  };
  await storePastOfPeople(
    env.DB,
    stored,
    people.map((recipientId, turn) => inventPersonsPast(recipientId, turn, sending)),
  );
}

async function createCaller({ role }: PastCampaign, { env, now, fetch }: Making): Promise<CallApi> {
  const token = await signToken(env, { role, propertyId: null }, now);
  return async <Answer>(path: string, body: unknown) => {
    const answer = await fetch(
      new Request(new URL(path, env.PUBLIC_URL), {
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    );
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  };
}
