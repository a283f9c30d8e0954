import type { CampaignSummary } from "../../../shared/campaign.ts";
import { createAgentHomeApi } from "../../data/home-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { LoadedContent, Note } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { formatSources } from "../../words/source.ts";
import { SettingsSection } from "./section.tsx";

const useWaitingCampaigns = () =>
  useResource("approvals", ({ api }) => ({
    fetch: (signal) => createAgentHomeApi(api).waitingCampaigns(signal),
  }));

function WaitingCampaigns({ campaigns }: { campaigns: readonly CampaignSummary[] }) {
  const { go } = useSession();
  return (
    <>
      {campaigns.map(({ id, name, approval }) => (
        <p key={id}>
          <Button kind="quiet" onClick={() => go({ name: "campaign", id, title: name })}>
            {name}
          </Button>{" "}
          {say("to people from {sources}", { sources: formatSources(approval?.sources ?? []) })}
        </p>
      ))}
    </>
  );
}

/**
 * Shows a note about the campaigns that wait for a team lead's approval, below the list of
 * campaigns.
 */
export function CampaignApprovalsNote() {
  const { data } = useWaitingCampaigns();
  const waiting = data?.items ?? [];
  if (waiting.length === 0) return null;
  return (
    <Note tone="info">
      <p>
        <strong>{say("Waiting for your approval")}</strong>
      </p>
      <WaitingCampaigns campaigns={waiting} />
    </Note>
  );
}

export function CampaignApprovalsSection() {
  const waiting = useWaitingCampaigns();
  return (
    <SettingsSection title={say("Pending approvals")} changedBy="teamLead">
      <LoadedContent resource={waiting} rows={1}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="muted">{say("No campaigns are waiting for approval.")}</p>
          ) : (
            <WaitingCampaigns campaigns={items} />
          )
        }
      </LoadedContent>
    </SettingsSection>
  );
}
