import { z } from "zod";
import { limits } from "./limits.ts";
import { instant, singleLine } from "./primitives.ts";
import { approvalVerdicts, recipientSources } from "./vocabulary.ts";

/**
 * The approval of a campaign's launch. `waiting`: a team lead still has to decide. If a team lead
 * launches a campaign, the launch counts as approved.
 */
export const campaignApproval = z.object({
  verdict: z.enum(approvalVerdicts),
  /** The sources of the campaign's recipients that need approval. */
  sources: z.array(z.enum(recipientSources)),
  /** The agent who asked for the approval: the `sub` of the agent's token. */
  askedBy: z.string(),
  askedAt: instant,
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  /** The team lead's note; null if there is no note. */
  note: z.string().nullable(),
});
export type CampaignApproval = z.infer<typeof campaignApproval>;

/**
 * An approval with the names of the agent who asked and of the team lead who decided. A name is
 * null until a token of that person has contained the name.
 */
export const campaignApprovalView = campaignApproval.extend({
  askedByName: z.string().nullable(),
  decidedByName: z.string().nullable(),
});
export type CampaignApprovalView = z.infer<typeof campaignApprovalView>;

/** The team lead's reason for declining a campaign. The campaign then becomes a draft again. */
export const campaignDeclineInput = z.object({ note: singleLine(limits.noteLength) }).strict();
export type CampaignDeclineInput = z.input<typeof campaignDeclineInput>;
