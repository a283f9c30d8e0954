import { z } from "zod";
import { namedAgent } from "./agent.ts";
import { limits } from "./limits.ts";
import { personalWordingText } from "./personal-wording.ts";
import { id, instant, sequenceId, singleLine } from "./primitives.ts";
import { templateVerdicts } from "./vocabulary.ts";

/**
 * The hash of a letter's subject, preheader, HTML and text. The hash identifies the letter in an
 * approval.
 */
const letterHash = z.string().regex(/^[0-9a-f]{64}$/, "must be the hash of a letter");

/**
 * A request to approve letters: the letters of a sequence, of a campaign or of every preset, or
 * unsaved letters. A team lead's own request is approved at once.
 */
export const templateApprovalInput = z
  .object({
    /** The id of a sequence or a preset. */
    sequenceId: sequenceId.optional(),
    campaignId: id.optional(),
    /** True to request the approval of the letters of all presets. */
    presets: z.literal(true).optional(),
    letters: z.array(personalWordingText).max(limits.lettersPerApproval).default([]),
    /** The name for the letters on the screen; left out for a sequence, campaign or preset. */
    name: singleLine(limits.nameLength).optional(),
  })
  .strict()
  .refine(
    ({ sequenceId, campaignId, presets, letters }) =>
      sequenceId !== undefined || campaignId !== undefined || presets === true || letters.length > 0,
    "must name a sequence, a campaign or letters",
  );
export type TemplateApprovalInput = z.input<typeof templateApprovalInput>;

/** A team lead's decision about letters. A decision to return letters needs a note. */
export const templateDecisionInput = z
  .object({
    hashes: z.array(letterHash).min(1).max(limits.lettersPerApproval),
    verdict: z.enum(["approved", "returned"]),
    note: singleLine(limits.noteLength).optional(),
  })
  .strict()
  .refine(({ verdict, note }) => verdict === "approved" || note !== undefined, {
    path: ["note"],
    message: "is required: say what needs to change",
  });
export type TemplateDecisionInput = z.input<typeof templateDecisionInput>;

/** A letter for which an agent has asked for approval, and the decision. */
export const templateApproval = z.object({
  hash: letterHash,
  /** The sequence and the email, such as "Expired listing: First letter". */
  name: z.string(),
  subject: z.string(),
  preheader: z.string(),
  bodyHtml: z.string(),
  bodyText: z.string(),
  verdict: z.enum(templateVerdicts),
  askedBy: namedAgent,
  askedAt: instant,
  decidedBy: namedAgent.nullable(),
  decidedAt: instant.nullable(),
  note: z.string().nullable(),
});
export type TemplateApproval = z.infer<typeof templateApproval>;

/** The number of letters in each state after a request or a decision. */
export const templateApprovalCounts = z.object({
  waiting: z.number().int(),
  approved: z.number().int(),
  returned: z.number().int(),
});
export type TemplateApprovalCounts = z.infer<typeof templateApprovalCounts>;
