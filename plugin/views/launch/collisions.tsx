import type { CampaignCollisions } from "../../../shared/collision.ts";
import { createLaunchApi } from "../../data/launch-api.ts";
import { useResource } from "../../data/use-resource.ts";
import type { Contact } from "../../host/mapping.ts";
import { useSession } from "../../session/state.ts";
import { Note } from "../../ui/feedback.tsx";
import { describeCollisions } from "../../words/collision.ts";
import { say } from "../../words/say.ts";

/**
 * Returns the chosen contacts who already get emails from another campaign; undefined until the
 * Worker has answered.
 */
export function useCollisions(chosen: readonly Contact[]): CampaignCollisions | undefined {
  const { propertyId } = useSession();
  const recipients = chosen.map(({ email }) => ({ email, propertyId }));
  const checked = useResource(`collisions ${JSON.stringify(recipients)}`, ({ api }) => ({
    fetch: (signal) => createLaunchApi(api).collisions({ recipients }, signal),
  }));
  return checked.data;
}

type Props = {
  chosen: readonly Contact[];
  collisions: CampaignCollisions;
  ignoresCollisions: boolean;
  onChange: (ignoresCollisions: boolean) => void;
};

/**
 * Names the contacts whose emails would wait for another campaign, and names the other campaign. A
 * checkbox lets the agent write to these contacts anyway.
 */
export function CollisionsNote({ chosen, collisions, ignoresCollisions, onChange }: Props) {
  if (collisions.items.length === 0) return null;
  const held = collisions.items.map(({ index, otherCampaign }) => ({
    name: chosen[index]?.name ?? "",
    otherCampaign,
  }));
  return (
    <Note tone="warning">
      {describeCollisions(held).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {collisions.mayIgnore && (
        <label class="check">
          <input
            type="checkbox"
            checked={ignoresCollisions}
            onChange={({ currentTarget }) => onChange(currentTarget.checked)}
          />
          {say("Email them anyway")}
        </label>
      )}
    </Note>
  );
}
