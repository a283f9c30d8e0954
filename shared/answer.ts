import { z } from "zod";
import { limits } from "./limits.ts";
import { id, instant } from "./primitives.ts";
import { answerStatuses } from "./vocabulary.ts";

/**
 * An email from an agent to a person who replied. The campaign's sender sends the answer in the
 * person's thread, with the person's reply quoted below. `confirmsSuppressed` says that the agent
 * knows that the person asked for no more emails, and still answers.
 */
export const agentAnswerInput = z
  .object({
    bodyText: z.string().trim().min(1).max(limits.answerLength),
    confirmsSuppressed: z.boolean().default(false),
  })
  .strict();
export type AgentAnswerInput = z.input<typeof agentAnswerInput>;

/**
 * An answer of an agent. `probablySent`: the email service has not said whether it accepted the
 * email.
 */
export const agentAnswer = z.object({
  id,
  status: z.enum(answerStatuses),
  subject: z.string(),
  bodyText: z.string(),
  /** The name of the agent who wrote the answer; null if no name is known. */
  sentBy: z.string().nullable(),
  sentAt: instant,
  /**
   * The reason why the answer was not sent, in words for the agent; null unless the sending failed.
   */
  failure: z.string().nullable(),
});
export type AgentAnswer = z.infer<typeof agentAnswer>;

/**
 * A snippet of the office as plain text for an answer to one person, with the person's values.
 * `missing`: the labels of the values that the snippet needs and nobody has given. Such a snippet
 * can't be put into an answer.
 */
export const answerSnippet = z.object({
  id,
  name: z.string(),
  bodyText: z.string(),
  missing: z.array(z.string()),
});
export type AnswerSnippet = z.infer<typeof answerSnippet>;
