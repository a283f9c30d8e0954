import { useEffect } from "preact/hooks";
import type { CampaignRecipient } from "../../shared/recipient.ts";
import type { RecipientOutcome } from "../../shared/vocabulary.ts";
import type { DoorknockEventDetail, DoorknockEventType } from "../host/host.ts";
import type { ToldNews } from "./remembered-state.ts";
import { useSession } from "./state.ts";

type Person = Pick<CampaignRecipient, "id" | "campaignId" | "propertyId" | "outcome" | "email"> &
  Partial<Pick<CampaignRecipient, "contactKey" | "status">>;
type News = { type: DoorknockEventType; detail: Partial<DoorknockEventDetail> };

const eventsByOutcome: Partial<Record<RecipientOutcome, DoorknockEventType>> = {
  replied: "replied",
  bounced: "bounced",
  unsubscribed: "unsubscribed",
  // The host treats a complaint as an opt-out.
  complained: "unsubscribed",
};

/** Returns the news about people that the host was not told of, and notes them in `told`. */
export function findPersonNews(people: readonly Person[], told: ToldNews): News[] {
  return people.flatMap((person) => {
    const { id, campaignId, propertyId, email, contactKey } = person;
    const detail = {
      ...{ recipientId: id, campaignId, email },
      ...(contactKey === undefined ? {} : { contactKey }),
      // On the agent's home page, the element itself shows no property.
      ...(propertyId === null ? {} : { propertyId }),
    };
    const known = told.addresses.get(id);
    told.addresses.set(id, email);
    const types = [
      eventsByOutcome[person.outcome],
      person.status === "completed" ? ("completed" as const) : undefined,
    ].filter((type) => type !== undefined && !told.keys.has(`${type} ${id}`));
    for (const type of types) told.keys.add(`${type} ${id}`);
    const isNewAddress = known !== undefined && known !== email && email !== null;
    return [...types, isNewAddress ? ("contact-updated" as const) : undefined].flatMap((type) =>
      type === undefined ? [] : [{ type, detail }],
    );
  });
}

/** Tells the host the news about people whom the tab shows. */
export function usePersonNews(people: readonly Person[] | undefined): void {
  const { emit, told } = useSession();
  useEffect(() => {
    for (const { type, detail } of findPersonNews(people ?? [], told)) emit(type, detail);
  }, [people, emit, told]);
}
