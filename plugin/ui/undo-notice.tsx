import { useEffect, useState } from "preact/hooks";
import { formatCount, say } from "../words/say.ts";
import { useAction } from "./action.ts";
import { Button } from "./button.tsx";
import { FailureNotice, Note } from "./feedback.tsx";

/**
 * Counts down a time span that starts with the first render. Returns the whole seconds that are
 * left, and calls `onEnd` once the span is over.
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

type Props = {
  /** The time in ms for which the agent can undo the action, counted from the first render. */
  spanMs: number;
  /** The text before the number of seconds: "Launched. No emails will go out for another". */
  text: string;
  label: string;
  onUndo: () => Promise<void>;
  onEnd: () => void;
};

/**
 * Shows the notice with which the agent can still undo an action. The countdown is hidden from
 * screen readers, because a screen reader would read out every second.
 */
export function UndoNotice({ spanMs, text, label, onUndo, onEnd }: Props) {
  const { run, isBusy, failure } = useAction();
  const seconds = useCountdown(spanMs, onEnd);
  if (seconds === 0 && !isBusy) return failure && <FailureNotice failure={failure} />;
  return (
    <>
      <Note tone="info">
        <p>
          {text} <span aria-hidden="true">{formatCount(seconds, "second")}</span>
          <span class="unseen">{say("few seconds")}</span>.
        </p>
        <Button isBusy={isBusy} onClick={() => run(onUndo)}>
          {label}
        </Button>
      </Note>
      {failure && <FailureNotice failure={failure} />}
    </>
  );
}
