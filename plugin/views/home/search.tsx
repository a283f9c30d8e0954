import type { ComponentChildren } from "preact";
import { limits } from "../../../shared/limits.ts";
import type { FoundCampaign, FoundPerson, FoundProperty, SearchResult } from "../../../shared/search.ts";
import { createAgentHomeApi } from "../../data/home-api.ts";
import { waitForSettledChoice } from "../../data/settled.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState, LoadedContent } from "../../ui/feedback.tsx";
import { formatRecipientName } from "../../words/recipient.ts";
import { formatCount, say } from "../../words/say.ts";
import { campaignStatusLabels } from "../../words/words.ts";

/** The time in ms without typing after which the view asks the Worker. */
const typingMs = 200;

/** Tells whether a text is long enough for a search. */
export const isLongEnoughToSearch = (text: string) =>
  text.replace(/[^\p{L}\p{N}]/gu, "").length >= limits.searchMinLength;

type FieldProps = { text: string; onSearch: (text: string) => void };

/** Shows the field in which an agent searches the office's people, properties and campaigns. */
export function SearchField({ text, onSearch }: FieldProps) {
  const label = say("Search people, addresses and campaigns");
  return (
    <search class="home-search">
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        maxLength={limits.searchLength}
        value={text}
        onInput={({ currentTarget }) => onSearch(currentTarget.value)}
        onKeyDown={(event) => {
          // Escape empties the field. If the field is already empty, the host gets the key.
          if (event.key !== "Escape" || text === "") return;
          event.stopPropagation();
          onSearch("");
        }}
      />
    </search>
  );
}

/** `onFilter` narrows the home's list of campaigns to one property. */
type FilterProps = { onFilter: (propertyId: string) => void };

/** Lists the people, properties and campaigns that match the search. */
export function SearchResults({ text, onFilter }: { text: string } & FilterProps) {
  const words = text.trim().replace(/\s+/g, " ");
  const result = useResource<SearchResult>(`search ${words}`, ({ api }) => ({
    fetch: async (signal) => {
      await waitForSettledChoice(signal, typingMs);
      return await createAgentHomeApi(api).search(words, signal);
    },
    shouldPoll: () => false,
  }));
  return (
    <LoadedContent resource={result}>
      {(found) => <FoundLists found={found} words={words} onFilter={onFilter} />}
    </LoadedContent>
  );
}

function FoundLists({ found, words, onFilter }: { found: SearchResult; words: string } & FilterProps) {
  const { people, properties, campaigns, hasMore } = found;
  const count = people.length + properties.length + campaigns.length;
  if (count === 0) {
    return (
      <div role="status">
        <EmptyState icon="mail" title={say("Nothing matches “{words}”", { words })}>
          <p class="muted">{say("Try the beginning of a name, an email address or a street.")}</p>
        </EmptyState>
      </div>
    );
  }
  return (
    <div class="found">
      <FoundList title={say("People")} items={people}>
        {(person) => <PersonRow person={person} key={person.recipientId} />}
      </FoundList>
      <FoundList title={say("Properties")} items={properties}>
        {(property) => <PropertyRow property={property} onFilter={onFilter} key={property.propertyId} />}
      </FoundList>
      <FoundList title={say("Campaigns")} items={campaigns}>
        {(campaign) => <CampaignRow campaign={campaign} key={campaign.id} />}
      </FoundList>
      {hasMore && <p class="fine">{say("There are more matches. Keep typing to narrow the list.")}</p>}
      <p class="unseen" role="status">
        {formatCount(count, "result")}
      </p>
    </div>
  );
}

type ListProps<Item> = {
  title: string;
  items: readonly Item[];
  children: (item: Item) => ComponentChildren;
};

function FoundList<Item>({ title, items, children }: ListProps<Item>) {
  if (items.length === 0) return null;
  return (
    <section>
      <h3 class="group-title">{title}</h3>
      <ul class="rows">{items.map(children)}</ul>
    </section>
  );
}

type RowProps = {
  title: string;
  details: readonly (string | null)[];
  onOpen: () => void;
  children?: ComponentChildren;
};

function FoundRow({ title, details, onOpen, children }: RowProps) {
  return (
    <li class="row">
      <div class="row-main">
        <button type="button" class="card-link" onClick={onOpen}>
          {title}
        </button>
        <p class="muted cut">{details.filter(Boolean).join(" · ")}</p>
      </div>
      {children}
    </li>
  );
}

function PersonRow({ person }: { person: FoundPerson }) {
  const { go } = useSession();
  const { recipientId, campaignId, campaignName, campaigns, email, address } = person;
  const name = formatRecipientName(person);
  const where = campaigns > 1 ? formatCount(campaigns, "campaign") : campaignName;
  return (
    <FoundRow
      title={name}
      details={[name === email ? null : email, address, where]}
      onOpen={() => go({ name: "recipient", id: recipientId, title: name, campaignId, campaignName })}
    />
  );
}

/** Shows a property that matches the search. A click opens the host's own page of the property. */
function PropertyRow({ property, onFilter }: { property: FoundProperty } & FilterProps) {
  const { emit } = useSession();
  const { propertyId, address, people } = property;
  return (
    <FoundRow
      title={address}
      details={[formatCount(people, "person", "people")]}
      onOpen={() => emit("open-property", { propertyId })}
    >
      <Button
        kind="quiet"
        label={say("Campaigns at {address}", { address })}
        onClick={() => onFilter(propertyId)}
      >
        {say("Campaigns")}
      </Button>
    </FoundRow>
  );
}

function CampaignRow({ campaign }: { campaign: FoundCampaign }) {
  const { go } = useSession();
  const { id, name, status } = campaign;
  return (
    <FoundRow
      title={name}
      details={[say(campaignStatusLabels[status].text)]}
      onOpen={() => go({ name: "campaign", id, title: name })}
    />
  );
}
