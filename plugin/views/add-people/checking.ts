import { limits } from "../../../shared/limits.ts";
import type { RecipientCheck, RecipientsCheck } from "../../../shared/recipient-check.ts";
import type { AddingTerms, PeopleApi } from "../../data/people-api.ts";
import type { NewPerson } from "./file/people.ts";
import { createParts, isTooLarge } from "./parts.ts";

/** A person who may be added, and what adding them would do. */
export type CheckedPerson = { person: NewPerson; check: RecipientCheck };

/** What adding people would do. `room`: how many more people the campaign takes. */
export type CheckedPeople = {
  people: CheckedPerson[];
  refusal: RecipientsCheck["refusal"];
  room: number;
};

const tooLarge: RecipientCheck = { verdict: "faulty", fields: { templateData: "has too much text" } };

/**
 * Asks the Worker what adding each of these people would do, part by part.
 * @param onProgress is told how many people are checked
 */
export async function checkPeople(
  api: Pick<PeopleApi, "check">,
  people: readonly NewPerson[],
  terms: AddingTerms,
  onProgress: (done: number) => void,
  signal?: AbortSignal,
): Promise<CheckedPeople> {
  const parts = createParts(people, limits.recipientsPerRequest);
  const checked: CheckedPerson[] = [];
  let [refusal, room]: [RecipientsCheck["refusal"], number] = [null, limits.recipientsPerCampaign];
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
      refusal ??= answer.refusal;
      room = answer.room;
      parts.drop(part.length);
    } catch (cause) {
      if (!isTooLarge(cause)) throw cause;
      if (parts.halve()) continue;
      checked.push(...part.map((person) => ({ person, check: tooLarge })));
      parts.drop(1);
    }
    onProgress(checked.length);
  }
  return { people: checked, refusal, room };
}
