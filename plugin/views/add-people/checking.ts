import { limits } from "../../../shared/limits.ts";
import type { RecipientCheck, RecipientsCheck } from "../../../shared/recipient-check.ts";
import type { AddedPeopleFacts, PeopleApi } from "../../data/people-api.ts";
import type { NewPerson } from "./file/people.ts";
import { createRequestParts, isRequestTooLarge } from "./parts.ts";

/** A person who may be added, and the Worker's verdict about adding the person. */
export type CheckedPerson = { person: NewPerson; check: RecipientCheck };

/** The parts of the Worker's answer that concern the whole campaign and not a single person. */
type AboutCampaign = Omit<RecipientsCheck, "items">;

/** The Worker's verdicts about adding people. */
export type CheckedPeople = AboutCampaign & { people: CheckedPerson[] };

const tooLarge: RecipientCheck = { verdict: "faulty", fields: { templateData: "has too much text" } };

/**
 * Asks the Worker for a verdict about adding each of these people, with one request after another.
 * @param onProgress gets the number of people checked so far
 */
export async function checkPeople(
  api: Pick<PeopleApi, "check">,
  people: readonly NewPerson[],
  terms: AddedPeopleFacts,
  onProgress: (done: number) => void,
  signal?: AbortSignal,
): Promise<CheckedPeople> {
  const parts = createRequestParts(people, limits.recipientsPerRequest);
  const checked: CheckedPerson[] = [];
  let about: AboutCampaign = {
    ...{ refusal: null, room: limits.recipientsPerCampaign },
    ...{ recipients: 0, warnsAbove: null },
  };
  while (parts.rest.length > 0) {
    const part = parts.next();
    try {
      const inputs = part.map(({ input }) => input);
      const answer = await api.check(inputs, terms, signal);
      checked.push(
        ...part.map((person, index) => ({
          person,
          check: answer.items[index] ?? { verdict: "ready" as const },
        })),
      );
      const { items: _, ...newest } = answer;
      about = { ...newest, refusal: about.refusal ?? newest.refusal };
      parts.drop(part.length);
    } catch (cause) {
      if (!isRequestTooLarge(cause)) throw cause;
      if (parts.halve()) continue;
      checked.push(...part.map((person) => ({ person, check: tooLarge })));
      parts.drop(1);
    }
    onProgress(checked.length);
  }
  return { people: checked, ...about };
}
