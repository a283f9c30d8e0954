import { limits } from "../../shared/limits.ts";
import { loadEmailService } from "../accounts/choose.ts";
import type { SendResult } from "../accounts/send-result.ts";
import type { Ctx } from "../context.ts";
import type { OutgoingEmail } from "../providers/provider.ts";
import { type RenderInput, renderEmail } from "./render.ts";

export type TestEmailInput = Pick<RenderInput, "content" | "tenant" | "recipient"> & {
  sender: RenderInput["sender"] & { id: number };
};

export type TestEmailResult =
  | { kind: "done"; result: SendResult; subject: string; missing: string[] }
  | { kind: "unmakeable"; faults: { field: string; message: string }[] }
  | { kind: "noAccount" };

const maxAttempts = 3;

/**
 * Returns the address of a sender's test emails: the sender's reply address, or else the From
 * address.
 */
export function getTestEmailAddress(sender: { fromEmail: string; replyTo: string | null }): string {
  return sender.replyTo ?? sender.fromEmail;
}

/**
 * Sends one test email to the sender's own mailbox. The test email belongs to no recipient. So
 * nothing is tracked or counted, and the unsubscribe link unsubscribes nobody.
 */
export async function sendTestEmail(ctx: Ctx, input: TestEmailInput): Promise<TestEmailResult> {
  const rendered = await renderEmail(ctx, {
    ...input,
    recipient: { ...input.recipient, email: getTestEmailAddress(input.sender) },
    cacheKey: null,
    campaign: { replyTo: null, type: "sellerOutreach" },
    // No recipient has or will have this id, so events about the test email belong to nobody.
    reference: { tenantId: input.tenant.id, recipientId: ctx.newId(), stepNumber: 1 },
    thread: null,
    preview: true,
    keepsLinks: true,
  });
  if (!rendered.ok) return { kind: "unmakeable", faults: rendered.faults };
  const email = toTestEmail(rendered.email);
  const retry = { attempts: maxAttempts, sleep: ctx.sleep, random: ctx.random };
  const service = await loadEmailService(ctx, input.sender.id, retry);
  if (service === null) return { kind: "noAccount" };
  const result = await service.send(email);
  return { kind: "done", result, subject: email.subject, missing: rendered.missing };
}

/**
 * Marks the email as a test and gives it a Message-ID of its own. If two test emails had the same
 * Message-ID, a mail program would show only one test email.
 */
function toTestEmail(email: OutgoingEmail): OutgoingEmail {
  const domain = email.from.email.slice(email.from.email.lastIndexOf("@") + 1);
  const messageId = `<test.${email.reference.recipientId.toString(36)}@${domain}>`;
  return {
    ...email,
    subject: `[Test] ${email.subject}`.slice(0, limits.subjectLength),
    messageId,
    headers: { ...email.headers, "Message-ID": messageId },
  };
}
