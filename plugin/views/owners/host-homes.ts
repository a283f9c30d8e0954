import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import type { RecipientInput } from "../../../shared/recipient.ts";
import { homesEvent, type LaunchedHome, takeLaunchedHomes } from "../../host/launched-homes.ts";
import { type Contact, toApiProperty, toContacts } from "../../host/mapping.ts";
import { toRecipientInput } from "../../session/contact-recipient.ts";
import { shortenRecordToFit } from "../../session/fit-record.ts";
import { useSession } from "../../session/state.ts";
import { hashText, type NewPerson } from "../add-people/file/people.ts";

/** The contacts of the host's homes, and the number of homes without any contact. */
export type HostPeople = { people: NewPerson[]; homes: number; emptyHomes: number };

/** The greatest number of people of one request, among whom the size of the request is divided. */
const peoplePerRequest = 200;

/** Returns the people of the homes that the host gave to `Doorknock.launch`. */
export function listHostPeople(homes: readonly LaunchedHome[]): HostPeople {
  const people = homes.flatMap(({ propertyId, property, contacts }) => {
    const record = shortenRecordToFit(toApiProperty(property, propertyId), "property", "", peoplePerRequest);
    return toContacts(contacts).map((contact): NewPerson => {
      const input = toRecipientInput(contact, record, propertyId, { letters: "", people: peoplePerRequest });
      return { line: null, input: addContactKey(contact, input) };
    });
  });
  const emptyHomes = homes.filter(({ contacts }) => contacts.length === 0).length;
  return { people, homes: homes.length, emptyHomes };
}

/** Adds a key to a person who has neither a key nor an address, so that nobody is added twice. */
function addContactKey({ name }: Contact, input: RecipientInput): RecipientInput {
  if (input.email !== null || input.contactKey !== undefined) return input;
  return { ...input, contactKey: `typed-${hashText(`${name} ${input.propertyId ?? ""}`.toLowerCase())}` };
}

const cacheKey = "launchedHomes";

/**
 * Returns the homes that the host gave to `Doorknock.launch`; null if the agent opened the view.
 * The session's cache keeps the homes, so another agent on the same page never sees them.
 */
export function useHostHomes(place: RefObject<HTMLElement>): readonly LaunchedHome[] | null {
  const { cache } = useSession();
  const [homes, setHomes] = useState(
    () => (cache.get(cacheKey) as readonly LaunchedHome[] | undefined) ?? null,
  );
  useLayoutEffect(() => {
    const root = place.current?.getRootNode();
    if (!(root instanceof ShadowRoot)) return undefined;
    const { host } = root;
    const take = () => {
      const given = takeLaunchedHomes(host);
      if (given === null) return;
      cache.set(cacheKey, given);
      setHomes(given);
    };
    take();
    host.addEventListener(homesEvent, take);
    return () => host.removeEventListener(homesEvent, take);
  }, []);
  return homes;
}

export function forgetHostHomes(cache: Map<string, unknown>): void {
  cache.delete(cacheKey);
}
