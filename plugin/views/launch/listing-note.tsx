import type { CampaignPlan } from "../../../shared/campaign-plan.ts";
import type { ListingFinding } from "../../../shared/listing-finding.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, Note } from "../../ui/feedback.tsx";
import { notListedStatement, releasedStatement } from "../../words/listing.ts";
import { say, sayReason } from "../../words/say.ts";
import { ListingRuleSourceLine } from "../listing-source.tsx";

/**
 * Tells whether the agent can launch despite this finding by stating that the home is not listed.
 */
export const isLiftedByStatement = ({ code }: ListingFinding) =>
  code === "statusStale" || code === "statusUnconfirmed";

/**
 * Returns a finding that prevents the launch; null if there is none. If there are several findings,
 * prefers a finding that no statement of the agent can lift.
 */
export function findLaunchObstacle(plan: CampaignPlan | undefined): ListingFinding | null {
  const findings = (plan?.items ?? []).flatMap(({ listing }) => listing ?? []);
  return findings.find((one) => !isLiftedByStatement(one)) ?? findings[0] ?? null;
}

type Props = {
  finding: ListingFinding;
  statesNotListed: boolean;
  onState: (statesNotListed: boolean) => void;
  /** Called once the owner's release from a withdrawn listing is recorded. */
  onReleased: () => void;
};

/**
 * Shows the finding about the listing that prevents the launch. If the agent's statement lifts the
 * finding, shows a checkbox. If the owner's release from the listing lifts the finding, shows a
 * button.
 */
export function ListingNote({ finding, statesNotListed, onState, onReleased }: Props) {
  return (
    <Note tone="warning">
      <p>{sayReason(finding.reason, finding.message)}</p>
      {isLiftedByStatement(finding) && (
        <label class="check">
          <input
            type="checkbox"
            checked={statesNotListed}
            onChange={({ currentTarget }) => onState(currentTarget.checked)}
          />
          {say(notListedStatement)}
        </label>
      )}
      {finding.code === "listingWithdrawn" && <ReleaseButton onReleased={onReleased} />}
      <ListingRuleSourceLine finding={finding} />
    </Note>
  );
}

function ReleaseButton({ onReleased }: { onReleased: () => void }) {
  const { api, propertyId, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const record = () =>
    run(async () => {
      await api.answerListingChecks({
        propertyIds: [propertyId],
        answer: "released",
        words: say(releasedStatement),
      });
      status.value = say("Release recorded.");
      onReleased();
    });
  return (
    <>
      {failure && <FailureNotice failure={failure} />}
      <Button isBusy={isBusy} label={say(releasedStatement)} onClick={record}>
        {say("Released in writing")}
      </Button>
    </>
  );
}
