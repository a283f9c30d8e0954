import type {
  ContactAnswer as AnswerView,
  ContactFacts as ContactMarksView,
} from "../../../shared/contact-history.ts";
import type { Refusal as RefusalView } from "../../../shared/refusal.ts";
import type { Collision } from "../../domain/send/collision.ts";
import {
  type ContactAnswer,
  type ContactMarks,
  cutToFirstWords,
  type StoredRefusal,
} from "../../domain/send/contact-history.ts";
import { toIso } from "./instant.ts";
import { type SeesProperty, toOtherCampaignView } from "./other-campaign.ts";

export function toContactMarksView(
  marks: ContactMarks & { otherCampaign: Collision | null },
  sees: SeesProperty,
): ContactMarksView {
  const { suppressed, refusedHere, answered, emailed, otherCampaign, bounced, isClosed, undecidedElsewhere } =
    marks;
  return {
    suppressed: suppressed && { reason: suppressed.reason, since: toIso(suppressed.since) },
    refusedHere: refusedHere && toRefusalView(refusedHere),
    answered: answered && toContactAnswerView(answered, sees),
    emailed: emailed && { ...emailed, lastAt: toIso(emailed.lastAt) },
    otherCampaign: otherCampaign && toOtherCampaignView(otherCampaign, sees),
    bounced,
    undecidedElsewhere: undecidedElsewhere === null ? null : toIso(undecidedElsewhere),
    isClosed,
  };
}

export function toRefusalView(refusal: StoredRefusal): RefusalView {
  const { kind, name, email, refusedAt, note, replyText, recipientId } = refusal;
  const firstWords = replyText === null ? null : cutToFirstWords(replyText);
  return { kind, name, email, refusedAt: toIso(refusedAt), note, replyText: firstWords, recipientId };
}

/**
 * Builds the view of an answer. Leaves out the words and the campaign if the session may not
 * see the answer's property.
 */
export function toContactAnswerView(
  { name, email, propertyId, answeredAt, firstWords, campaignId, campaignName }: ContactAnswer,
  sees: SeesProperty,
): AnswerView {
  const at = { name, email, answeredAt: toIso(answeredAt) };
  return sees(propertyId)
    ? { ...at, firstWords, campaignId, campaignName }
    : { ...at, firstWords: null, campaignId: null, campaignName: null };
}
