import { useState } from "preact/hooks";
import type { Sender } from "../../../shared/sender.ts";
import type { TemplateApprovalInput } from "../../../shared/template-approval.ts";
import type { Tenant } from "../../../shared/tenant.ts";
import type { RecipientSource } from "../../../shared/vocabulary.ts";
import { RequestFailure } from "../../data/api.ts";
import { createLaunchApi } from "../../data/launch-api.ts";
import { fillPropertyDetails } from "../../session/launch-details.ts";
import { getLaunchedDraftKey } from "../../session/launch-draft.ts";
import { buildLaunchRequest } from "../../session/launch-request.ts";
import { countEmails } from "../../session/launch-sequence.ts";
import { listPersonalWordings } from "../../session/launch-wordings.ts";
import { buildRecordWithStatusTime } from "../../session/listing-report.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { Note } from "../../ui/feedback.tsx";
import { formatNames } from "../../words/candidate.ts";
import { notListedStatement } from "../../words/listing.ts";
import { formatFirstSendDate } from "../../words/planned-dates.ts";
import { formatCount, say } from "../../words/say.ts";
import { formatSources } from "../../words/source.ts";
import { isOnlyAboutApproval, LetterApprovalNote } from "../ask-approval.tsx";
import { canApproveCampaigns } from "../campaign/approval.tsx";
import { isOnlyAboutClaims, LaunchClaimsNote } from "./claims.tsx";
import { CollisionsNote, useCollisions } from "./collisions.tsx";
import { LaunchConsentsNote } from "./consents.tsx";
import { PlannedDate, type PlannedDates, usePlannedDates } from "./dates.tsx";
import { listContactFaults } from "./faults.ts";
import { findLaunchObstacle, isLiftedByStatement, ListingNote } from "./listing-note.tsx";
import { LaunchRepresentativesNote } from "./representatives.tsx";
import type { LaunchViewData } from "./view-data.ts";
import { LaunchWarnings } from "./warnings.tsx";

type Props = {
  view: LaunchViewData;
  sender: Sender;
  onClose: () => void;
};

/** The state of the dialog's checkboxes: true for a ticked box. */
type Ticks = { ignoresCollisions: boolean; statesNotListed: boolean };

function useLaunch({ view, sender, onClose }: Props, { ignoresCollisions, statesNotListed }: Ticks) {
  const session = useSession();
  const action = useAction();
  const { draft, preset, chosen } = view;
  const launch = () =>
    action.run(async () => {
      const { propertyId, launchKeys } = session;
      const request = buildLaunchRequest({
        preset,
        sender,
        timing: draft,
        recipients: chosen,
        property: fillPropertyDetails(buildRecordWithStatusTime(session), draft.details),
        propertyId,
        ignoresCollisions,
        unknownPolicy: draft.unknownPolicy,
        refusalNote: draft.refusalNote,
        listingStatement: statesNotListed ? say(notListedStatement) : null,
        nearbySale: view.nearbySale,
        status: "active",
        wordings: draft.wordings,
      });
      const campaign = await createLaunchApi(session.api)
        .launch(request, launchKeys.getKey(request))
        .catch((error: unknown) => keepContactFaults(error, view));
      launchKeys.forgetKey();
      session.cache.delete("campaigns");
      session.cache.delete("launch");
      session.cache.set(`campaign ${campaign.id}`, campaign);
      session.cache.set(getLaunchedDraftKey(campaign.id), draft);
      session.draft.value = null;
      if (campaign.status === "waitingForApproval") {
        session.status.value = say("Waiting for a team lead’s approval.");
      } else {
        session.status.value = say("Launched to {recipients}.", {
          recipients: formatCount(chosen.length, "recipient"),
        });
        session.emit("campaign-launched", { campaignId: campaign.id, recipients: chosen.length });
      }
      onClose();
      session.go({ name: "campaign", id: campaign.id, title: campaign.name });
    });
  return { action, launch };
}

/**
 * `start` is the way in which the launch starts: `approval` if a team lead has to decide first,
 * null if no launch is possible now.
 */
type SummaryProps = {
  view: LaunchViewData;
  sender: Sender;
  dates: PlannedDates;
  start: "planned" | "approval" | null;
};

function LaunchSummary({ view, sender, dates, start }: SummaryProps) {
  const { format } = useSession();
  const firstEmail = view.preset.steps.findIndex(({ task }) => task === undefined);
  return (
    <dl class="envelope">
      <dt>{say("Sequence")}</dt>
      <dd>
        {view.preset.name}, {formatCount(countEmails(view.preset), "email")}
      </dd>
      <dt>{say("To")}</dt>
      <dd>{formatNames(view.chosen)}</dd>
      <dt>{say("From")}</dt>
      <dd>
        {sender.fromName}, {sender.fromEmail}
      </dd>
      {start === "approval" && (
        <>
          <dt>{say("First email")}</dt>
          <dd>{say("After a team lead approves it")}</dd>
        </>
      )}
      {start === "planned" && firstEmail >= 0 && (dates.data || !dates.failure) && (
        <>
          <dt>{say("First email")}</dt>
          <dd>
            <PlannedDate dates={dates} text={(known) => formatFirstSendDate(known, firstEmail, format)} />
          </dd>
        </>
      )}
    </dl>
  );
}

/**
 * Shows the recipients whose emails will wait after the launch, and the events that stop the
 * sequence.
 */
function WaitingNotes({ chosen, missing }: LaunchViewData) {
  const waiting = chosen.filter(({ email }) => email === null).length;
  const incomplete = chosen.filter(({ key }) => missing[key]);
  return (
    <>
      {waiting > 0 && (
        <Note tone="info">
          {say("{recipients} no email address. Their emails will start once you add one.", {
            recipients: formatCount(waiting, "recipient has", "recipients have"),
          })}
        </Note>
      )}
      {incomplete.length > 0 && (
        <Note tone="warning">
          {say(
            "Some details are missing for {names}. Emails that use them will wait until you fill them in.",
            { names: incomplete.map(({ name }) => name).join(", ") },
          )}
        </Note>
      )}
      <p class="muted">{say("Stops for everyone at this property when anyone replies or opts out.")}</p>
    </>
  );
}

/**
 * Returns the sources of the chosen contacts for which a launch needs a team lead's approval.
 * Returns no sources if this agent may approve launches.
 */
function useSourcesToApprove({ chosen }: LaunchViewData): RecipientSource[] {
  const { cache, tokens } = useSession();
  const { approvalSources = [] } = (cache.get("tenant") ?? {}) as Partial<Tenant>;
  if (canApproveCampaigns(tokens.role())) return [];
  return approvalSources.filter((source) => chosen.some((person) => person.source === source));
}

/** Names the contacts that the Worker refused at the last try, with the reasons. */
function RefusedContactsNote({ offered, chosen, draft }: LaunchViewData) {
  const refused = offered.filter(({ contact }) => draft.faults[contact.key] !== undefined);
  if (refused.length === 0) return null;
  return (
    <Note tone="warning">
      {refused.map(({ contact }) => (
        <p key={contact.key}>
          {say("{name} won’t get this campaign. {fault}.", {
            name: contact.name,
            fault: draft.faults[contact.key] ?? "",
          })}
        </p>
      ))}
      {chosen.length > 0 && <p>{say("You can still launch to the others.")}</p>}
    </Note>
  );
}

/**
 * Unticks the contacts that the Worker refused and keeps the reasons, so that the agent can launch
 * with the other contacts. Always throws the error again.
 */
function keepContactFaults(error: unknown, { draft, chosen, change }: LaunchViewData): never {
  const faults = error instanceof RequestFailure ? listContactFaults(error, chosen) : {};
  const keys = Object.keys(faults);
  if (keys.length > 0) {
    const unticked = Object.fromEntries(keys.map((key) => [key, false]));
    change({ faults: { ...draft.faults, ...faults }, ticked: { ...draft.ticked, ...unticked } });
  }
  throw error;
}

/** Builds the request that asks a team lead to approve the letters of the launch. */
function listLettersToApprove({
  preset,
  chosen,
  draft: { wordings },
}: LaunchViewData): TemplateApprovalInput {
  const letters = chosen
    .flatMap(({ key }) => listPersonalWordings(wordings, preset, key))
    .map(({ stepNumber: _step, isElse: _else, ...wording }) => wording);
  return { sequenceId: preset.id, letters, name: preset.name };
}

export function LaunchConfirmDialog(props: Props) {
  const { view, sender, onClose } = props;
  const collisions = useCollisions(view.chosen);
  const [ignoresCollisions, setIgnoresCollisions] = useState(false);
  const [statesNotListed, setStatesNotListed] = useState(false);
  const { action, launch } = useLaunch(props, { ignoresCollisions, statesNotListed });
  const toApprove = useSourcesToApprove(view);
  const confirm = toApprove.length > 0 ? say("Ask for approval") : say("Launch");
  const dates = usePlannedDates(view, view.chosen);
  const listing = findLaunchObstacle(dates.data);
  const mayLaunch = listing === null || (statesNotListed && isLiftedByStatement(listing));
  const start = mayLaunch ? (toApprove.length > 0 ? "approval" : "planned") : null;
  const isExplained = Object.keys(view.draft.faults).length > 0 && action.failure?.code === "invalidRequest";
  const claims = action.failure && isOnlyAboutClaims(action.failure) ? action.failure : null;
  const templates = action.failure && isOnlyAboutApproval(action.failure) ? action.failure : null;
  const failure = isExplained || claims || templates ? null : action.failure;
  return (
    <ConfirmDialog
      title={say("Launch to {recipients}?", { recipients: formatCount(view.chosen.length, "recipient") })}
      confirm={failure ? say("Try again") : confirm}
      isBusy={action.isBusy}
      failure={failure}
      isDisabled={!mayLaunch || view.chosen.length === 0}
      onConfirm={launch}
      onClose={onClose}
    >
      <LaunchSummary view={view} sender={sender} dates={dates} start={start} />
      {listing && (
        <ListingNote
          finding={listing}
          statesNotListed={statesNotListed}
          onState={setStatesNotListed}
          onReleased={dates.reload}
        />
      )}
      <LaunchRepresentativesNote view={view} plan={dates.data} />
      <LaunchConsentsNote view={view} plan={dates.data} />
      {collisions && mayLaunch && (
        <CollisionsNote
          chosen={view.chosen}
          collisions={collisions}
          ignoresCollisions={ignoresCollisions}
          onChange={setIgnoresCollisions}
        />
      )}
      {claims && <LaunchClaimsNote failure={claims} onAttested={action.forget} />}
      {templates && <LetterApprovalNote failure={templates} letters={listLettersToApprove(view)} />}
      <RefusedContactsNote {...view} />
      {toApprove.length > 0 && mayLaunch && (
        <Note tone="info">
          {say(
            "A team lead has to approve campaigns to people from {sources}. No emails will go out until then.",
            { sources: formatSources(toApprove) },
          )}
        </Note>
      )}
      {mayLaunch && <LaunchWarnings warnings={dates.data?.warnings ?? []} />}
      {mayLaunch && <WaitingNotes {...view} />}
    </ConfirmDialog>
  );
}
