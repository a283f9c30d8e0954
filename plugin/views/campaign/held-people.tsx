import type { AttentionList } from "../../../shared/attention.ts";
import type { Campaign } from "../../../shared/campaign.ts";
import { createAgentHomeApi } from "../../data/home-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { formatRecipientName } from "../../words/recipient.ts";
import { formatCount, say } from "../../words/say.ts";

/**
 * Says how many people of the campaign wait for a missing value, and leads to the fields for the
 * values. Shows nothing if nobody waits.
 */
export function HeldPeopleNotice({ campaign: { id, name: title } }: { campaign: Campaign }) {
  const { go } = useSession();
  const { data } = useResource<AttentionList>("attention", ({ api }) => ({
    fetch: (signal) => createAgentHomeApi(api).attention(signal),
    shouldPoll: () => true,
  }));
  const item = data?.items.find(({ campaignId }) => campaignId === id);
  if (item === undefined || item.heldPeople === 0) return null;
  const { heldPeople, faultyPeople, bouncedPeople, firstPerson } = item;
  const person = heldPeople + faultyPeople + bouncedPeople === 1 ? firstPerson : null;
  const name = person === null ? "" : formatRecipientName(person);
  const open = () =>
    person === null
      ? go({ name: "people", id, title })
      : go({ name: "recipient", id: person.recipientId, title: name, campaignId: id, campaignName: title });
  return (
    <Note tone="warning">
      <p>
        {person === null
          ? say("{people} waiting on a missing detail in their next email.", {
              people: formatCount(heldPeople, "person is", "people are"),
            })
          : say("{name}’s next email is missing a detail.", { name })}
      </p>
      <Button onClick={open}>{say("Fill in…")}</Button>
    </Note>
  );
}
