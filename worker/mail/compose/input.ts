import type { AgentDetails, DisclosureFacts, OfficeDetails } from "../../domain/compliance/disclosure.ts";
import type { EmailThread } from "../../domain/send/thread.ts";
import type { MessageReference } from "../../providers/provider.ts";

/** Everything that `composeEmail` needs for one email. Database rows can be passed in unchanged. */
export type ComposeInput = {
  reference: MessageReference;
  /** If `id` is given, the Feedback-ID header contains the id. */
  campaign: { id?: number; replyTo: string | null };
  sender: AgentDetails & { fromEmail: string; replyTo: string | null };
  tenant: OfficeDetails;
  /**
   * The facts about the property and the recipient that decide which details the email must show.
   */
  occasion: DisclosureFacts;
  recipient: { email: string; name: string };
  /**
   * The template's parts with every variable filled in; values in the bodies may be marked
   * (value-marks.ts), so that each value is encoded for its place. If `text` is blank, the text
   * part is made from `html`.
   */
  rendered: { subject: string; preheader: string; html: string; text: string };
  /** The base URL of this Worker, without a slash at the end. */
  publicUrl: string;
  /**
   * The domain whose mail is delivered to this Worker. If `inboundDomain` is null, replies go to
   * the campaign's or the sender's own mailbox.
   */
  inboundDomain: string | null;
  /**
   * The thread that this email continues; the thread's subject then replaces the email's own. Null
   * if the email begins a thread.
   */
  thread: EmailThread | null;
  /**
   * If false, the email has no open pixel and its links are not tracked. The unsubscribe link works
   * in either case.
   */
  trackingEnabled?: boolean;
  /**
   * If true, the email is a preview without a pixel and without signatures. Every link leads
   * nowhere unless `keepsLinks` is set. The recipient's address may be ''.
   */
  preview?: boolean;
  /**
   * If true, a preview's links keep their own URLs. Used for a preview that is emailed to its
   * author.
   */
  keepsLinks?: boolean;
};
