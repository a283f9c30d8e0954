import { useMemo, useState } from "preact/hooks";
import type { ListingFinding } from "../../../shared/listing-finding.ts";
import type { RecipientAction, RecipientDetail } from "../../../shared/recipient.ts";
import type { HoldReason } from "../../../shared/vocabulary.ts";
import { createRecipientActionsApi } from "../../data/recipient-actions-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { usePersonNews } from "../../session/person-news.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { FailureNotice, LoadedContent, Note } from "../../ui/feedback.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import {
  describeRecipientStatus,
  describeRecipientTimeZone,
  formatRecipientName,
  recipientOutcomeLabels,
} from "../../words/recipient.ts";
import { say, sayReason, translatedTable } from "../../words/say.ts";
import { ListingRuleSourceLine } from "../listing-source.tsx";
import { AgentAnswers } from "../reply/answers.tsx";
import { ReplyStandingNote } from "../reply/standing.tsx";
import { OpenTaskList } from "../tasks.tsx";
import { SaveAddressRecordButton } from "./address-record.tsx";
import { RecipientConsent } from "./consent.tsx";
import { RecipientForm } from "./edit.tsx";
import { ComingEmails } from "./emails.tsx";
import { FillInButton, lacksValueNow, MissingValuesForm } from "./missing-values.tsx";
import { OldValuesForm } from "./old-values.tsx";
import { ReplyQuestion } from "./reply-question.tsx";
import { RepresentativeButton } from "./representative.tsx";
import { SendNowButton, UndoSendNowNotice } from "./send-now.tsx";
import { SnoozeButton } from "./snooze.tsx";
import { RecipientTimeline } from "./timeline.tsx";

const said = translatedTable<RecipientAction>({
  pause: "Paused. They won’t get any emails until you resume.",
  resume: "Resumed.",
  stop: "Stopped. They won’t get any more emails from this campaign.",
});

type ActionsProps = {
  recipient: RecipientDetail;
  onChange: (recipient: RecipientDetail) => void;
};

function RecipientActions({ recipient, onChange }: ActionsProps) {
  const { api, status, mayAct } = useSession();
  const { run, isBusy, failure, forget } = useAction();
  const [isStopping, setIsStopping] = useState(false);
  const act = (action: RecipientAction) =>
    run(async () => {
      onChange(await createRecipientActionsApi(api).act(recipient.id, action));
      status.value = said[action];
      setIsStopping(false);
    });
  const { status: standingNow } = recipient;
  if (!mayAct() || standingNow === "completed" || standingNow === "stopped") return null;
  const close = () => {
    forget();
    setIsStopping(false);
  };
  return (
    <>
      {standingNow === "active" && (
        <SendNowButton recipient={recipient} onChange={onChange} isDisabled={isBusy} />
      )}
      {standingNow === "active" && (
        <Button icon="pause" isDisabled={isBusy} onClick={() => act("pause")}>
          {say("Pause")}
        </Button>
      )}
      {standingNow === "paused" &&
        (lacksValueNow(recipient) ? (
          <FillInButton recipient={recipient} />
        ) : (
          <Button icon="play" isDisabled={isBusy} onClick={() => act("resume")}>
            {recipient.whyNotYet?.reason === "faultyEmail" ? say("Try again") : say("Resume")}
          </Button>
        ))}
      {standingNow === "active" && (
        <SnoozeButton recipient={recipient} isBusy={isBusy} run={run} onChange={onChange} />
      )}
      <Button icon="stop" isDisabled={isBusy} onClick={() => setIsStopping(true)}>
        {say("Stop")}
      </Button>
      {failure && !isStopping && <FailureNotice failure={failure} />}
      {isStopping && (
        <ConfirmDialog
          title={say("Stop emails to {name}?", { name: formatRecipientName(recipient) })}
          confirm={say("Stop emails")}
          kind="danger"
          isBusy={isBusy}
          failure={failure}
          onConfirm={() => act("stop")}
          onClose={close}
        >
          <p>
            {say(
              "They won’t get any more emails from “{campaignName}”. Everyone else in the campaign continues.",
              { campaignName: recipient.campaignName },
            )}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

/** The reasons for which an email is held until a person does something. */
const reasonsForAttention: HoldReason[] = [
  "missingVariables",
  "faultyEmail",
  "factTooOld",
  "unattestedClaim",
  "senderPaused",
  "outcomeUnknown",
  "tenantStopped",
  "agentPaused",
  "tooLate",
  "needsConsent",
  "needsRepresentative",
  "undecidedReply",
  "listingWithdrawn",
  "statusUnconfirmed",
  "statusStale",
];

/**
 * Tells whether another part of the view already shows why the next step waits. The line above
 * shows a planned time, `OpenTaskList` an open task, and `UndoSendNowNotice` an email that is sent
 * in a moment.
 */
const isShownElsewhere = ({ whyNotYet, nextSendAt, sendNowRecallUntil }: RecipientDetail) =>
  (whyNotYet?.reason === "notDue" && nextSendAt !== null) ||
  whyNotYet?.reason === "waitingForTask" ||
  (whyNotYet?.reason === "sendingSoon" && sendNowRecallUntil !== null);

/**
 * Shows why the listing guard has stopped the emails. The listing guard prevents emails to the
 * owners of listed homes.
 */
function ListingStop({ finding }: { finding: ListingFinding }) {
  return (
    <Note tone="warning">
      <p>
        {say("Stopped.~one")} {sayReason(finding.reason, finding.message)}
      </p>
      <ListingRuleSourceLine finding={finding} />
    </Note>
  );
}

/**
 * Shows the recipient's next email or task and, if Doorknock holds the email or task, the reason.
 */
function NextStep({ recipient }: { recipient: RecipientDetail }) {
  const { format, tokens } = useSession();
  const { nextStepPosition, nextStepKind, nextSendAt, timeZone, awayUntil } = recipient;
  const whyNotYet = isShownElsewhere(recipient) ? null : recipient.whyNotYet;
  const isSnoozed = whyNotYet?.reason === "snoozed";
  const away =
    awayUntil && isSnoozed
      ? `${say("Away until {awayUntil}", { awayUntil: format.calendarDay(awayUntil) })}.`
      : null;
  const state = describeRecipientStatus(recipient);
  const zone = describeRecipientTimeZone(recipient);
  const { listing } = recipient;
  if (listing && recipient.status === "stopped") return <ListingStop finding={listing} />;
  if (state && recipient.status !== "paused") return <Note tone="info">{state}</Note>;
  const isDue = nextSendAt !== null && Date.parse(nextSendAt) <= tokens.now();
  const isHeld = whyNotYet !== null && reasonsForAttention.includes(whyNotYet.reason);
  return (
    <div class="next-touch">
      {nextStepPosition && (
        <p class="line">
          <strong>
            {recipient.taskExpiresAt ? say("Now") : say("Next")}:{" "}
            {nextStepKind === "task" ? say("task~step") : say("email~step")} {nextStepPosition}
          </strong>
          {recipient.taskExpiresAt && <span class="muted">{say("waiting for you")}</span>}
          {nextSendAt && (
            <span class="muted">
              {isDue ? (isHeld ? say("held") : say("due now")) : format.instant(nextSendAt, timeZone)}
            </span>
          )}
        </p>
      )}
      {awayUntil && !away && (
        <p class="fine">{say("Away until {awayUntil}", { awayUntil: format.calendarDay(awayUntil) })}</p>
      )}
      {zone && <p class="fine">{zone}</p>}
      {whyNotYet && (
        <Note tone={reasonsForAttention.includes(whyNotYet.reason) ? "warning" : "info"}>
          <p>
            {away ?? sayReason(listing?.reason, whyNotYet.message)}
            {isSnoozed &&
              whyNotYet.until &&
              ` ${say("No emails will go out before {time}.", { time: format.instant(whyNotYet.until, timeZone) })}`}
          </p>
          {whyNotYet.until && whyNotYet.until !== nextSendAt && (
            <p class="fine">
              {whyNotYet.reason === "senderBusy"
                ? say("Goes out about {time}", { time: format.instant(whyNotYet.until, timeZone) })
                : say("Next check: {time}", { time: format.instant(whyNotYet.until, timeZone) })}
            </p>
          )}
          {listing && <ListingRuleSourceLine finding={listing} />}
        </Note>
      )}
    </div>
  );
}

type Props = {
  id: number;
  title: string;
  campaignId: number;
  campaignName: string;
};

export function RecipientView({ id, title, campaignId, campaignName: givenName }: Props) {
  const { go, mayAct } = useSession();
  const recipient = useResource(`recipient ${id}`, ({ api }) => ({
    fetch: (signal) => createRecipientActionsApi(api).recipient(id, signal),
    shouldPoll: ({ status }: RecipientDetail) => status === "active",
  }));
  const { data } = recipient;
  usePersonNews(useMemo(() => data && [data], [data]));
  const campaignName = data?.campaignName ?? givenName;
  const back = {
    label: campaignName,
    onClick: () => go({ name: "campaign", id: campaignId, title: campaignName }),
  };
  return (
    <>
      <ViewHeader
        title={data ? formatRecipientName(data) : title}
        badge={
          data && (
            <Badge
              tone={recipientOutcomeLabels[data.outcome].tone}
              text={say(recipientOutcomeLabels[data.outcome].text)}
            />
          )
        }
        detail={data && (data.email ?? say("No email address"))}
        back={back}
      >
        {data && <RecipientActions recipient={data} onChange={recipient.set} />}
      </ViewHeader>
      <LoadedContent resource={recipient} rows={4}>
        {(loaded) => (
          <>
            <OpenTaskList
              of={{ recipientId: loaded.id }}
              isLive={loaded.status === "active"}
              onClosed={recipient.reload}
            />
            {mayAct() && <ReplyQuestion recipient={loaded} onChange={recipient.set} />}
            {mayAct() && <ReplyStandingNote recipient={loaded} onChange={recipient.set} />}
            <AgentAnswers recipient={loaded} onChange={recipient.set} />
            {mayAct() && (
              <UndoSendNowNotice recipient={loaded} onChange={recipient.set} onEnd={recipient.reload} />
            )}
            <NextStep recipient={loaded} />
            {mayAct() && <RepresentativeButton recipient={loaded} onChange={recipient.set} />}
            {mayAct() && <MissingValuesForm recipient={loaded} onChange={recipient.set} />}
            {mayAct() && <OldValuesForm recipient={loaded} onChange={recipient.set} />}
            <RecipientConsent recipient={loaded} onChange={recipient.set} />
            {mayAct() && <RecipientForm recipient={loaded} onChange={recipient.set} />}
            <ComingEmails recipient={loaded} onChange={recipient.set} />
            <RecipientTimeline recipient={loaded} onChange={recipient.set} />
            <SaveAddressRecordButton recipient={loaded} />
          </>
        )}
      </LoadedContent>
    </>
  );
}
