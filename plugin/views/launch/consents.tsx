import { useState } from "preact/hooks";
import type { CampaignPlan } from "../../../shared/campaign-plan.ts";
import type { Contact } from "../../host/mapping.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/feedback.tsx";
import { describeConsent } from "../../words/consent.ts";
import { say } from "../../words/say.ts";
import { ConsentForm } from "../consent-form.tsx";
import type { LaunchViewData } from "./view-data.ts";

/**
 * A contact who gets emails only with a recorded consent, or whose consent the agent has just
 * recorded.
 */
type Asked = { contact: Contact; isAbroad: boolean; isGuarded: boolean };

/** Returns the chosen contacts who get emails only with a consent, in the order of the plan. */
function listContactsToAsk({ chosen }: LaunchViewData, plan: CampaignPlan | undefined): Asked[] {
  return chosen
    .map((contact, index) => ({
      contact,
      isAbroad: plan?.items[index]?.needsConsent === true,
      isGuarded: (plan?.items[index]?.listing ?? null) !== null,
    }))
    .filter(({ contact, isAbroad, isGuarded }) => isAbroad || isGuarded || contact.consent !== undefined);
}

function ConsentQuestion({ view, asked }: { view: LaunchViewData; asked: Asked }) {
  const { format, status } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const { contact, isAbroad } = asked;
  const { [contact.key]: _, ...others } = view.draft.consents;
  if (contact.consent !== undefined) {
    return (
      <>
        <p>
          {contact.name}: {describeConsent(contact.consent, format)}
        </p>
        <div class="recipient-edit">
          <Button
            kind="quiet"
            label={say("Remove the consent of {name}", { name: contact.name })}
            onClick={() => view.change({ consents: others })}
          >
            {say("Remove")}
          </Button>
        </div>
      </>
    );
  }
  return (
    <>
      <p>
        {isAbroad
          ? say(
              "{name}’s mailing address is outside the US. Their emails will wait until their consent is recorded.",
              { name: contact.name },
            )
          : say("Did {name} agree to get emails from you? Record it here.", { name: contact.name })}
      </p>
      {isOpen ? (
        <ConsentForm
          name={contact.fullName ?? ""}
          onSave={(consent) => {
            view.change({ consents: { ...others, [contact.key]: consent } });
            status.value = say("Consent noted. It’s recorded with the launch.");
          }}
          onClose={() => setIsOpen(false)}
        />
      ) : (
        <Button
          label={say("Record the consent of {name}", { name: contact.name })}
          onClick={() => setIsOpen(true)}
        >
          {say("Record consent")}
        </Button>
      )}
    </>
  );
}

/**
 * Shows the note that lists the people who get emails only with a consent. The agent records the
 * consents here.
 */
export function LaunchConsentsNote({ view, plan }: { view: LaunchViewData; plan: CampaignPlan | undefined }) {
  const asked = listContactsToAsk(view, plan);
  if (asked.length === 0) return null;
  return (
    <Note tone="info" icon="check">
      {asked.map((one) => (
        <ConsentQuestion view={view} asked={one} key={one.contact.key} />
      ))}
    </Note>
  );
}
