import { useRef } from "preact/hooks";
import type { ContactHistory } from "../../../shared/contact-history.ts";
import { limits } from "../../../shared/limits.ts";
import { createLaunchApi } from "../../data/launch-api.ts";
import { type ResourceHandle, useResource } from "../../data/use-resource.ts";
import type { Contact } from "../../host/mapping.ts";
import type { PropertyContactHistory } from "../../session/launch-candidates.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { describeAnswer, describeRefusal } from "../../words/contact-history.ts";
import { formatCount, say } from "../../words/say.ts";
import type { LaunchViewData } from "./view-data.ts";

/** The longest contact key that the Worker accepts. */
const longestContactKey = 100;

const toAsked = ({ email, contactKey }: Contact) => ({
  email,
  ...(contactKey && contactKey.length <= longestContactKey ? { contactKey } : {}),
});

/**
 * Loads the history of emails to these contacts and about the property. For a very long list, asks
 * only about the first contacts. After the list has changed, returns the last history until the new
 * history is loaded.
 */
export function usePropertyContactHistory(
  contacts: readonly Contact[],
): ResourceHandle<PropertyContactHistory> {
  const { propertyId } = useSession();
  const asked = contacts.slice(0, limits.recipientsPerRequest);
  const body = { contacts: asked.map(toAsked) };
  const { data, ...state } = useResource<ContactHistory>(`history ${JSON.stringify(body)}`, ({ api }) => ({
    fetch: (signal) => createLaunchApi(api).contactHistory(propertyId, body, signal),
  }));
  const last = useRef<PropertyContactHistory | undefined>(undefined);
  if (data !== undefined) {
    const marks = asked.flatMap(({ key }, index) => {
      const known = data.contacts[index];
      return known === undefined ? [] : [[key, known] as const];
    });
    last.current = { ...data, marks: new Map(marks) };
  }
  return { ...state, data: last.current, set: () => undefined };
}

/** The greatest number of refusals or answers that a note lists. */
const sentencesShown = 3;

function Sentences({ all }: { all: readonly string[] }) {
  return (
    <>
      {all.slice(0, sentencesShown).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {all.length > sentencesShown && (
        <p>{say("And {count}.", { count: formatCount(all.length - sentencesShown, "more", "more") })}</p>
      )}
    </>
  );
}

/**
 * Shows that somebody at the property has refused emails, or that a contact is the wrong person for
 * the property. A team lead may still write to people at the property.
 */
export function ClosedPropertyNote({ view }: { view: LaunchViewData }) {
  const { draft, change, memory } = view;
  const { format } = useSession();
  if (memory.closedBy.length === 0 && !view.hasWrongPerson) return null;
  const isClosed = memory.closedBy.length > 0;
  if (!isClosed && !memory.mayOverride) return null;
  const isUndecided = memory.closedBy.every(({ kind }) => kind === "undecided");
  return (
    <Note tone={isClosed ? "warning" : "info"}>
      {isClosed && (
        <>
          <Sentences all={memory.closedBy.map((one) => describeRefusal(one, format))} />
          <p>
            {isUndecided
              ? say(
                  "No one here can be emailed until someone says what the reply means. Open the campaign below, then the recipient.",
                )
              : say("No one at this property can be emailed anymore.")}
            {!memory.mayOverride && !isUndecided && ` ${say("A team lead can allow it by adding a note.")}`}
          </p>
        </>
      )}
      {memory.mayOverride && (
        <>
          <label class="check">
            <input
              type="checkbox"
              checked={draft.refusalNote !== null}
              onChange={({ currentTarget }) => change({ refusalNote: currentTarget.checked ? "" : null })}
            />
            {say("Email them anyway")}
          </label>
          {draft.refusalNote !== null && (
            <label class="field">
              <span>{say("Why? Your note is kept in the office’s log.")}</span>
              <input
                type="text"
                maxLength={limits.noteLength}
                value={draft.refusalNote}
                onInput={({ currentTarget }) => change({ refusalNote: currentTarget.value })}
              />
            </label>
          )}
        </>
      )}
    </Note>
  );
}

/**
 * Shows the earlier answers of people at this property, each with the person and the date. If there
 * are answers, the launch view ticks no contact at first.
 */
export function PropertyAnswersNote({ view: { memory } }: { view: LaunchViewData }) {
  const { format, go } = useSession();
  const [newest] = memory.answers;
  if (newest === undefined) return null;
  const { campaignId, campaignName } = newest;
  return (
    <Note tone="info" icon="reply">
      <Sentences all={memory.answers.map((one) => describeAnswer(one, format))} />
      {memory.closedBy.length === 0 && (
        <p>{say("No one is selected yet. Choose who you still want to email.")}</p>
      )}
      {campaignId !== null && campaignName !== null && (
        <Button onClick={() => go({ name: "campaign", id: campaignId, title: campaignName })}>
          {say("Open “{campaign}”", { campaign: campaignName })}
        </Button>
      )}
    </Note>
  );
}
