import type { AttentionList, CampaignInNeed } from "../../../shared/attention.ts";
import { englishReasonTexts } from "../../../shared/words/reason-texts.ts";
import { createAgentHomeApi } from "../../data/home-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { LoadedContent } from "../../ui/feedback.tsx";
import { Icon } from "../../ui/icon.tsx";
import { formatRecipientName } from "../../words/recipient.ts";
import { formatCount, say, sayMessage } from "../../words/say.ts";

/**
 * Lists the campaigns that wait for the agent: a guardrail (a limit for bounces or complaints) has
 * paused the campaign, a person's email lacks a value or needs a change, or an address has bounced.
 * Shows nothing for an empty list.
 */
export function AttentionCard() {
  const list = useResource<AttentionList>("attention", ({ api }) => ({
    fetch: (signal) => createAgentHomeApi(api).attention(signal),
    shouldPoll: () => true,
  }));
  return (
    <LoadedContent resource={list} rows={1}>
      {({ items, hasMore }) =>
        items.length > 0 && (
          <section class="attention">
            <h3 class="group-title">{say("Held up")}</h3>
            <ul class="rows">
              {items.map((item) => (
                <CampaignRow item={item} key={item.campaignId} />
              ))}
            </ul>
            {hasMore && <p class="fine">{say("There are more after these.")}</p>}
          </section>
        )
      }
    </LoadedContent>
  );
}

/** Returns one sentence for each reason why a campaign waits for the agent. */
function listCauses({ pauseReason, heldPeople, faultyPeople, bouncedPeople, firstPerson }: CampaignInNeed) {
  const isOne = heldPeople + faultyPeople + bouncedPeople === 1 && firstPerson !== null;
  const name = isOne ? formatRecipientName(firstPerson) : "";
  return [
    pauseReason === null ? "" : sayMessage(englishReasonTexts.pause[pauseReason]),
    heldPeople === 0
      ? ""
      : isOne
        ? say("{name}’s next email is missing a detail.", { name })
        : say("{people} waiting on a missing detail in their next email.", {
            people: formatCount(heldPeople, "person is", "people are"),
          }),
    faultyPeople === 0
      ? ""
      : isOne
        ? say("{name}’s next email can’t be sent until you change it.", { name })
        : say("{people} waiting for you to change their next email.", {
            people: formatCount(faultyPeople, "person is", "people are"),
          }),
    bouncedPeople === 0
      ? ""
      : isOne
        ? say("{name}’s address bounced. Add a new one to continue the emails.", { name })
        : say("{addresses} bounced. Add new addresses to continue the emails.", {
            addresses: formatCount(bouncedPeople, "address", "addresses"),
          }),
  ].filter(Boolean);
}

/**
 * Shows a campaign that waits for the agent. If the campaign waits because of a single person, a
 * click opens the person, otherwise the campaign or its people.
 */
function CampaignRow({ item }: { item: CampaignInNeed }) {
  const { go } = useSession();
  const { campaignId, campaignName, firstPerson, heldPeople, faultyPeople, bouncedPeople, pauseReason } =
    item;
  const person = pauseReason === null && heldPeople + faultyPeople + bouncedPeople === 1 ? firstPerson : null;
  const open = () =>
    person === null
      ? go({
          // The list of people begins with the form for missing details.
          name: pauseReason === null && heldPeople > 0 ? "people" : "campaign",
          id: campaignId,
          title: campaignName,
        })
      : go({
          name: "recipient",
          id: person.recipientId,
          title: formatRecipientName(person),
          campaignId,
          campaignName,
        });
  return (
    <li class="row">
      <div class="row-main">
        <button type="button" class="card-link" onClick={open}>
          {person === null ? campaignName : formatRecipientName(person)}
        </button>
        {listCauses(item).map((cause) => (
          <p class="muted" key={cause}>
            {cause}
          </p>
        ))}
        {person !== null && <p class="fine">{campaignName}</p>}
      </div>
      <Icon name="next" />
    </li>
  );
}
