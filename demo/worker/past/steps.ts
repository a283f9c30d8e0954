import type { CampaignCreate } from "../../../shared/campaign.ts";

/**
 * Sends a request to the product's API, as the CRM would.
 * @throws Error if the API refuses the request
 */
export type CallApi = <Answer>(path: string, body: unknown) => Promise<Answer>;

const letters = [
  {
    name: "Wash Park, by name",
    subject: "{{recipient.firstName}}, a question about {{property.streetAddress}}",
    bodyHtml:
      "<p>Hi {{recipient.firstName}},</p><p>Have you thought about selling {{property.streetAddress}}?</p>",
  },
  {
    name: "Wash Park, by price",
    subject: "What homes near {{property.streetAddress}} sold for",
    bodyHtml: "<p>Hi {{recipient.firstName}},</p><p>May I send you what three homes near yours sold for?</p>",
  },
  {
    name: "Wash Park, last note",
    subject: "My last note about {{property.streetAddress}}",
    bodyHtml:
      "<p>Hi {{recipient.firstName}},</p><p>This is my last note. A reply is enough if you want more.</p>",
  },
] as const;

/** Creates the steps of a campaign whose first email has two wordings. */
export async function createStepsWithWordings(call: CallApi): Promise<NonNullable<CampaignCreate["steps"]>> {
  const ids: number[] = [];
  for (const letter of letters) {
    const { id } = await call<{ id: number }>("/api/templates", letter);
    ids.push(id);
  }
  const [first = 0, second = 0, last = 0] = ids;
  return [
    { templateId: first, variants: [{ templateId: first }, { templateId: second }] },
    { templateId: last, delayDays: 5 },
  ];
}
