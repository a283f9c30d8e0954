import { limits } from "../../shared/vocabulary.ts";
import { loadEmailService } from "../accounts/choose.ts";
import type { Ctx } from "../context.ts";
import type { SendResult } from "../mail/email-service.ts";
import type { OutgoingEmail } from "../providers/provider.ts";
import { type RenderInput, renderEmail } from "./render.ts";

export type TestSendInput = Pick<RenderInput, "content" | "tenant" | "recipient"> & {
  sender: RenderInput["sender"] & { id: number };
};

export type TestSent =
  | { kind: "done"; result: SendResult; subject: string; missing: string[] }
  | { kind: "unmakeable"; faults: { field: string; message: string }[] }
  | { kind: "noAccount" };

const attempts = 3;

/** Where a sender's test emails go: to where its replies are read, which an admin has set, and nowhere else. */
export function ownMailbox(sender: { fromEmail: string; replyTo: string | null }): string {
  return sender.replyTo ?? sender.fromEmail;
}

/**
 * One email to the agent who writes it. It is no message of any recipient: nothing is tracked or counted, and its
 * unsubscribe link is nobody's.
 */
export async function sendTest(ctx: Ctx, input: TestSendInput): Promise<TestSent> {
  const rendered = await renderEmail(ctx, {
    ...input,
    recipient: { ...input.recipient, email: ownMailbox(input.sender) },
    cacheKey: null,
    campaign: { replyTo: null },
    // An id that no recipient has or will have, so that whatever comes back about it is about nobody.
    reference: { tenantId: input.tenant.id, recipientId: ctx.newId(), stepNumber: 1 },
    thread: null,
    preview: true,
    keepsLinks: true,
  });
  if (!rendered.ok) return { kind: "unmakeable", faults: rendered.faults };
  const email = asTest(rendered.email);
  const retry = { attempts, sleep: ctx.sleep, random: ctx.random };
  const service = await loadEmailService(ctx, input.sender.id, retry);
  if (service === null) return { kind: "noAccount" };
  const result = await service.send(email);
  return { kind: "done", result, subject: email.subject, missing: rendered.missing };
}

/** Marked, and with a Message-ID of its own: mail programs show a second email of the same one as one. */
function asTest(email: OutgoingEmail): OutgoingEmail {
  const domain = email.from.email.slice(email.from.email.lastIndexOf("@") + 1);
  const messageId = `<test.${email.reference.recipientId.toString(36)}@${domain}>`;
  return {
    ...email,
    subject: `[Test] ${email.subject}`.slice(0, limits.subjectLength),
    messageId,
    headers: { ...email.headers, "Message-ID": messageId },
  };
}
