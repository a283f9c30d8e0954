import { useEffect, useRef } from "preact/hooks";
import type { ListingCheck } from "../../shared/listing-check.ts";
import type { ListingAnswer } from "../../shared/vocabulary.ts";
import { useResource } from "../data/use-resource.ts";
import { useSession } from "../session/state.ts";
import { useAction } from "../ui/action.ts";
import { Button } from "../ui/button.tsx";
import { FailureNotice } from "../ui/feedback.tsx";
import { listedStatement, notListedStatement, releasedStatement } from "../words/listing.ts";
import type { PlainPhrase } from "../words/phrases.ts";
import { formatCount, say, sayReason } from "../words/say.ts";

const statements: Record<ListingAnswer, { words: PlainPhrase; said: PlainPhrase }> = {
  notListed: { words: notListedStatement, said: "Noted. Their emails will continue." },
  listed: { words: listedStatement, said: "Noted. The owners won’t get any more emails." },
  released: { words: releasedStatement, said: "Release recorded. Their emails will continue." },
};

const sumOwners = (items: readonly ListingCheck[]) => items.reduce((sum, { owners }) => sum + owners, 0);

/** Returns the question of the card: "Still expired? 12 owners". */
function formatQuestion(items: readonly ListingCheck[]): string {
  const [status, ...others] = new Set(items.map((item) => item.status));
  const isOneStatus = status !== undefined && others.length === 0;
  const question = isOneStatus
    ? say("Still {status}?", { status: status.toLowerCase() })
    : say("Still not listed?");
  return `${question} ${formatCount(sumOwners(items), "owner")}`;
}

/**
 * Loads the homes whose status an agent has to check. Loads the homes again after the Worker has
 * received a report about this property.
 */
function useListingChecks() {
  const { reported } = useSession();
  const checks = useResource("listing-checks", ({ api }) => ({
    fetch: (signal) => api.listingChecks(signal),
  }));
  const taken = reported.value;
  const seen = useRef(taken);
  useEffect(() => {
    if (seen.current !== taken) checks.reload();
    seen.current = taken;
  }, [taken]);
  return checks;
}

type RowProps = { item: ListingCheck; isBusy: boolean; onAnswer: (said: ListingAnswer) => void };

function ListingCheckRow({ item, isBusy, onAnswer }: RowProps) {
  const { label, message, code, reason } = item;
  const isWithdrawn = code === "listingWithdrawn";
  return (
    <li class="line">
      <span>
        {label}
        {isWithdrawn && <span class="fine">{sayReason(reason, message)}</span>}
      </span>
      <Button
        kind="quiet"
        isDisabled={isBusy}
        label={
          isWithdrawn
            ? say("The owner of {label} was released in writing", { label })
            : say("{label} is listed", { label })
        }
        onClick={() => onAnswer(isWithdrawn ? "released" : "listed")}
      >
        {isWithdrawn ? say("Released in writing") : say("No, it’s listed")}
      </Button>
    </li>
  );
}

/**
 * Shows the homes whose owners' emails wait until an agent has checked the listing's status. One
 * button answers for all homes at once, except for homes with a withdrawn listing. Shows nothing if
 * no email waits.
 */
export function ListingChecksCard({ onAnswered }: { onAnswered: () => void }) {
  const { api, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const checks = useListingChecks();
  const items = checks.data?.items ?? [];
  if (items.length === 0) return null;
  const unchecked = items.filter(({ code }) => code !== "listingWithdrawn");
  const answer = (answered: readonly ListingCheck[], said: ListingAnswer) =>
    run(async () => {
      const propertyIds = answered.map(({ propertyId }) => propertyId);
      checks.set(
        await api.answerListingChecks({ propertyIds, answer: said, words: say(statements[said].words) }),
      );
      status.value = say(statements[said].said);
      onAnswered();
    });
  return (
    <section class="tasks listing-checks">
      <h3 class="group-title">{formatQuestion(items)}</h3>
      <p class="muted">
        {say(
          "Their emails are on hold until someone confirms that the home isn’t listed with another broker.",
        )}
      </p>
      <ul class="list">
        {items.map((item) => (
          <ListingCheckRow
            item={item}
            isBusy={isBusy}
            onAnswer={(said) => answer([item], said)}
            key={item.propertyId}
          />
        ))}
      </ul>
      {unchecked.length > 0 && (
        <div class="actions">
          <Button icon="check" isBusy={isBusy} onClick={() => answer(unchecked, "notListed")}>
            {unchecked.length === 1 ? say("It’s not listed") : say("None of them are listed")}
          </Button>
        </div>
      )}
      {failure && <FailureNotice failure={failure} />}
    </section>
  );
}
