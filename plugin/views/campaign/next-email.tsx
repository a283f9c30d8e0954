import type { CampaignSummary } from "../../../shared/campaign.ts";
import type { CampaignRecipient } from "../../../shared/recipient.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { Icon } from "../../ui/icon.tsx";

const isNextEmailPlanned = (recipient: CampaignRecipient) =>
  recipient.status === "active" && recipient.nextStepKind === "email" && recipient.nextSendAt !== null;
const compareSendTimes = (a: CampaignRecipient, b: CampaignRecipient) =>
  Date.parse(a.nextSendAt ?? "") - Date.parse(b.nextSendAt ?? "");

type Props = {
  campaignId: number;
  nextSendAt: string;
};

/**
 * The line that says when the next email goes, and to whom. The recipient is loaded again only if
 * `nextSendAt` has changed.
 */
function NextEmailLine({ campaignId, nextSendAt }: Props) {
  const { format, tokens } = useSession();
  const next = useResource(`next ${campaignId} ${nextSendAt}`, ({ api }) => ({
    fetch: async (signal): Promise<CampaignRecipient | null> => {
      const { items } = await api.recipients(campaignId, null, 100, signal);
      return items.filter(isNextEmailPlanned).sort(compareSendTimes)[0] ?? null;
    },
  })).data;
  const isDue = Date.parse(nextSendAt) <= tokens.now();
  const what = next?.nextStepNumber ? `Email ${next.nextStepNumber} to ${next.name}` : "Next email";
  return (
    <p class="next">
      <Icon name={isDue ? "send" : "clock"} />
      <span class="line">
        <strong>{what}</strong>
        <span class="muted">{isDue ? "due now" : format.instant(nextSendAt, next?.timeZone)}</span>
        {next?.awayUntil && <span class="muted">Away until {format.calendarDay(next.awayUntil)}</span>}
      </span>
    </p>
  );
}

/**
 * The campaign's next email: "Email 2 to Mary Ellison · Thu, Nov 27, 9:12 AM". Shows nothing unless
 * the campaign is active and has a next email.
 */
export function NextEmail({ campaign: { id, status, nextSendAt } }: { campaign: CampaignSummary }) {
  return status === "active" && nextSendAt ? <NextEmailLine campaignId={id} nextSendAt={nextSendAt} /> : null;
}
