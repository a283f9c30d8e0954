import { useMemo, useState } from "preact/hooks";
import type { Campaign } from "../../../shared/campaign.ts";
import { createPeopleApi } from "../../data/people-api.ts";
import { homePagePropertyId, useSession } from "../../session/state.ts";
import sheet from "../../style/add-people.css?inline";
import { createStyleSheetHook } from "../../style/late-sheet.ts";
import { Button } from "../../ui/button.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import type { PlainPhrase } from "../../words/phrases.ts";
import { formatCount, say } from "../../words/say.ts";
import { PeopleCheckStep } from "./check.tsx";
import { ContactChoice } from "./contact-choice.tsx";
import {
  type AddingWay,
  collectDraftPeople,
  emptyAddingDraft,
  getCommonPropertyRecord,
  useAddingDraft,
} from "./draft.ts";
import { AddByHandForm } from "./hand-form.tsx";
import { AddingProgress } from "./progress.tsx";
import { findAddingRun, forgetAddingRun, startAddingRun } from "./run.ts";
import { TableStep } from "./table-step.tsx";

const useSheet = createStyleSheetHook(sheet);

const wayTexts: Readonly<Record<AddingWay, PlainPhrase>> = {
  hand: "By hand",
  contacts: "Contacts",
  host: "From your CRM",
  paste: "Paste",
  file: "CSV file",
};

type Props = { campaign: Campaign; onClose: () => void };

/**
 * Shows the view in which an agent adds people to a campaign: by hand, from the host's contacts,
 * from pasted text, or from a file.
 */
export function AddPeopleView({ campaign, onClose }: Props) {
  const ref = useSheet();
  const session = useSession();
  const { draft, change } = useAddingDraft(campaign.id);
  const [run, setRun] = useState(() => findAddingRun(session, campaign.id));
  const api = useMemo(() => createPeopleApi(session.api, campaign.id), [session.api, campaign.id]);
  const found = useMemo(() => collectDraftPeople(draft, campaign), [draft, campaign.propertyId]);
  const terms = useMemo(
    () => ({
      statement: draft.statement === "" ? null : draft.statement,
      property: getCommonPropertyRecord(session, draft, campaign),
    }),
    [draft.statement, draft.way],
  );
  const startOver = () => {
    forgetAddingRun(session, campaign.id);
    change(emptyAddingDraft);
    setRun(null);
  };
  return (
    <div ref={ref} class="add-people">
      <ViewHeader
        title={say("Add people")}
        detail={campaign.name}
        back={{ label: say("Back to people"), onClick: onClose }}
      />
      {run !== null ? (
        <AddingProgress
          run={run}
          onStartOver={startOver}
          onClose={onClose}
          onReview={
            campaign.status === "draft"
              ? () => session.go({ name: "campaign", id: campaign.id, title: campaign.name })
              : null
          }
        />
      ) : draft.isChecking ? (
        <PeopleCheckStep
          {...{ api, draft, found, terms, change }}
          onAdd={(given) =>
            setRun(startAddingRun(session, api, { campaignId: campaign.id, terms, ...given }))
          }
        />
      ) : (
        <>
          <WayChoice
            campaign={campaign}
            way={draft.way}
            onChoose={(way) => change({ way, people: [], given: null })}
          />
          {draft.way === "hand" && <AddByHandForm {...{ campaign, draft, change }} />}
          {draft.way === "contacts" && <ContactChoice {...{ draft, change }} />}
          {(draft.way === "paste" || draft.way === "file") && (
            <TableStep key={draft.way} {...{ campaign, draft, change, found }} />
          )}
          <CheckButton
            count={found.people.length}
            needsSource={(draft.way === "paste" || draft.way === "file") && draft.source === null}
            onClick={() => change({ isChecking: true, statement: "" })}
          />
        </>
      )}
    </div>
  );
}

type ChoiceProps = { campaign: Campaign; way: AddingWay; onChoose: (way: AddingWay) => void };

/**
 * Shows the choice of the way in which people are added. The host's contacts are a choice only if
 * the tab shows the campaign's property and the host has set contacts.
 */
function WayChoice({ campaign, way, onChoose }: ChoiceProps) {
  const { contacts, propertyId } = useSession();
  const isHere = propertyId !== homePagePropertyId && (campaign.propertyId ?? propertyId) === propertyId;
  const ways = (["hand", "contacts", "host", "paste", "file"] as const).filter((one) => {
    if (one === "host") return way === "host";
    return one !== "contacts" || (isHere && contacts.value.length > 0);
  });
  return (
    <fieldset class="choices">
      <legend class="unseen">{say("How to add people")}</legend>
      {ways.map((one) => (
        <button
          type="button"
          class="button secondary"
          key={one}
          aria-pressed={one === way}
          onClick={() => one !== way && onChoose(one)}
        >
          {say(wayTexts[one])}
        </button>
      ))}
    </fieldset>
  );
}

type CheckProps = { count: number; needsSource: boolean; onClick: () => void };

function CheckButton({ count, needsSource, onClick }: CheckProps) {
  if (count === 0) return null;
  return (
    <div class="add-people-bar">
      {needsSource && <span class="fine missing">{say("First, say how your office knows them.")}</span>}
      <Button kind="primary" isDisabled={needsSource} onClick={onClick}>
        {say("Check {people}", { people: formatCount(count, "person", "people") })}
      </Button>
    </div>
  );
}
