import { useEffect, useState } from "preact/hooks";
import type { Campaign } from "../../../shared/campaign.ts";
import { englishReasonTexts } from "../../../shared/words/reason-texts.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, Note } from "../../ui/feedback.tsx";
import { formatCount } from "../../words/words.ts";
import { ApprovalNotice } from "./approval.tsx";

type Props = {
  campaign: Campaign;
  onChange: (campaign: Campaign) => void;
  onReload: () => void;
};

/**
 * Returns the whole seconds left of a time span that starts with the first render. Calls `onEnd`
 * once the span is over.
 */
function useCountdown(spanMs: number, onEnd: () => void): number {
  const [endsAt] = useState(() => performance.now() + spanMs);
  const left = () => Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  useEffect(() => {
    const timer = setInterval(() => {
      setSeconds(left());
      if (left() > 0) return;
      clearInterval(timer);
      onEnd();
    }, 250);
    return () => clearInterval(timer);
  }, [endsAt]);
  return seconds;
}

/**
 * Returns how long the launch can still be undone. The agent's clock may differ from the server's,
 * so the result is never longer than the span that the server allowed.
 */
function getRecallLeftMs({ recallUntil, launchedAt }: Campaign, now: number): number {
  if (recallUntil === null || launchedAt === null) return 0;
  const until = Date.parse(recallUntil);
  return Math.min(until - now, until - Date.parse(launchedAt));
}

/**
 * The notice that a launch can still be undone. The countdown is hidden from screen readers,
 * because a screen reader would read out every second.
 */
function UndoLaunchNotice({ campaign, onChange, onReload, spanMs }: Props & { spanMs: number }) {
  const { api, cache, emit, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const seconds = useCountdown(spanMs, onReload);
  if (seconds === 0 && !isBusy) return failure && <FailureNotice failure={failure} />;
  const undo = () =>
    run(async () => {
      onChange(await api.recall(campaign.id));
      cache.delete("campaigns");
      status.value = "Launch undone. Nothing was sent.";
      emit("campaign-recalled", { campaignId: campaign.id });
    });
  return (
    <>
      <Note tone="info">
        <p>
          Launched. Nothing leaves for another{" "}
          <span aria-hidden="true">{formatCount(seconds, "second")}</span>
          <span class="unseen">few seconds</span>.
        </p>
        <Button isBusy={isBusy} onClick={undo}>
          Undo launch
        </Button>
      </Note>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

/**
 * The notice that says why a campaign paused by itself, and what to do before the campaign is
 * resumed.
 */
function AutoPauseNotice({ campaign }: { campaign: Campaign }) {
  if (campaign.status !== "paused" || campaign.pauseReason === null) return null;
  return (
    <Note tone="warning">
      <p>
        <strong>Paused by itself.</strong> {englishReasonTexts.pause[campaign.pauseReason]}
      </p>
      <p>Look through the addresses before you resume. It pauses again only if that goes on from there.</p>
    </Note>
  );
}

/**
 * The notice about emails that a pause or an outage has made too late. One click lets these emails
 * go, at the sender's pace.
 */
function LateEmailsNotice({ campaign, onChange }: Props) {
  const { api, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const { needsConfirmation } = campaign.backlog;
  if (campaign.status !== "active" || needsConfirmation === 0) return null;
  const confirm = () =>
    run(async () => {
      onChange(await api.confirmLate(campaign.id));
      status.value = "Confirmed. They go one by one now.";
    });
  const people = formatCount(needsConfirmation, "person is", "people are");
  return (
    <>
      <Note tone="warning">
        <p>
          {people} more than {campaign.maxLatenessHours} hours late. Nothing goes to them until you say so.
        </p>
        <Button isBusy={isBusy} onClick={confirm}>
          Send them anyway
        </Button>
      </Note>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}

/** The notices at the top of a campaign. */
export function CampaignNotices(props: Props) {
  const { campaign } = props;
  const { tokens } = useSession();
  const spanMs = campaign.status === "active" ? getRecallLeftMs(campaign, tokens.now()) : 0;
  return (
    <>
      {spanMs > 0 && <UndoLaunchNotice key={campaign.recallUntil} {...props} spanMs={spanMs} />}
      <ApprovalNotice {...props} />
      <AutoPauseNotice campaign={campaign} />
      <LateEmailsNotice {...props} />
    </>
  );
}
