import { z } from "zod";
import { limits } from "./limits.ts";
import { recipientSources } from "./vocabulary.ts";

/** The sources with a legal filing. An office may only make the rules of these sources stricter. */
export const filingSources = ["probate", "preForeclosure"] as const;

/**
 * An office's rule for campaigns to people of one source. For a field that is left out, the
 * product's value applies.
 */
export const sourceRule = z
  .object({
    /** True if a campaign to people of the source waits for a team lead's approval. */
    needsApproval: z.boolean(),
    /** The number of days between the date of the source's record and the first email. */
    waitDays: z.number().int().min(0).max(limits.sourceWaitDaysMost),
    /**
     * The greatest number of emails from one campaign to a person of the source; null for no limit.
     */
    mostEmails: z.number().int().min(1).max(limits.stepsPerCampaign).nullable(),
  })
  .partial()
  .strict();
export type SourceRuleSetting = z.infer<typeof sourceRule>;

/**
 * An office's rules that differ from the product's rules; each key is a source. A person with
 * recorded consent gets emails without the wait and the limit. Campaigns to people named in a legal
 * filing always need approval, and send two emails at most.
 */
export const sourceRules = z
  .partialRecord(z.enum(recipientSources), sourceRule)
  .superRefine((rules, context) => {
    for (const source of filingSources) {
      const { needsApproval, mostEmails } = rules[source] ?? {};
      if (needsApproval === false) {
        context.addIssue({
          code: "custom",
          path: [source, "needsApproval"],
          message: "must be true: an office can't be less strict",
        });
      }
      if (mostEmails === null || (mostEmails ?? 0) > limits.filingEmails) {
        context.addIssue({
          code: "custom",
          path: [source, "mostEmails"],
          message: `must be at most ${limits.filingEmails}: an office can't be less strict`,
        });
      }
    }
  });
export type SourceRuleSettings = z.infer<typeof sourceRules>;
