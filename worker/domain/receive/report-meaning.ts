import type { BounceClass } from "../../../shared/vocabulary.ts";
import { classifyBounce, findReplyCode } from "./bounce.ts";
import type { DeliveryReport } from "./delivery-report.ts";

type Reported = Pick<
  DeliveryReport,
  "recipient" | "originalRecipient" | "status" | "diagnostic" | "mentioned"
>;

/**
 * What a delivery report says about the email to one recipient. `isRefusal`: the recipient's own
 * mail rule refused the email.
 */
export type ReportMeaning = Reported &
  ({ kind: "bounced"; bounceClass: BounceClass; isRefusal?: true } | { kind: "deferred" | "delivered" });

/**
 * Returns what a delivery report says: bounced, deferred or delivered. A failure whose cause the
 * report does not tell is a soft bounce.
 */
export function interpretReport({ action, ...report }: DeliveryReport): ReportMeaning {
  switch (action) {
    case "failed": {
      const { diagnostic: text } = report;
      const evidence = { status: report.status || null, code: findReplyCode(text), text };
      return { kind: "bounced", bounceClass: classifyBounce(evidence) ?? "soft", ...report };
    }
    case "delayed":
      return { kind: "deferred", ...report };
    case "delivered":
    case "relayed":
    case "expanded":
      return { kind: "delivered", ...report };
  }
}
