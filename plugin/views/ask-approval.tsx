import { useState } from "preact/hooks";
import type { TemplateApprovalInput } from "../../shared/template-approval.ts";
import type { RequestFailure } from "../data/api.ts";
import { createLetterApprovalApi } from "../data/settings-api.ts";
import { useSession } from "../session/state.ts";
import { useAction } from "../ui/action.ts";
import { Button } from "../ui/button.tsx";
import { FailureNotice, Note } from "../ui/feedback.tsx";
import { say, sayMessage } from "../words/say.ts";

const prefix = "templates.";

/**
 * Tells whether the only reason for a refused request is that a team lead has to approve letters.
 */
export const isOnlyAboutApproval = ({ fields }: RequestFailure): boolean => {
  const paths = Object.keys(fields);
  return paths.length > 0 && paths.every((path) => path.startsWith(prefix));
};

type Props = {
  failure: RequestFailure;
  /** The letters that a team lead is asked to approve. */
  letters: TemplateApprovalInput;
};

/**
 * Shows the note on letters that a team lead has to approve, and a button that sends the request.
 */
export function LetterApprovalNote({ failure, letters }: Props) {
  const { api, status } = useSession();
  const action = useAction();
  const [isAsked, setIsAsked] = useState(false);
  const isWaiting =
    isAsked || Object.values(failure.reasons).every(({ code }) => code === "templatesWaiting");
  const ask = () =>
    action.run(async () => {
      await createLetterApprovalApi(api).ask(letters);
      setIsAsked(true);
      status.value = say("Sent to your team leads.");
    });
  return (
    <Note tone={isWaiting ? "info" : "warning"}>
      {isAsked ? (
        <p>{say("Your team leads have been asked. Try again once they’ve approved the emails.")}</p>
      ) : (
        <p>{sayMessage(failure.message)}</p>
      )}
      {!isWaiting && (
        <Button isBusy={action.isBusy} onClick={ask}>
          {say("Ask for approval")}
        </Button>
      )}
      {action.failure && <FailureNotice failure={action.failure} />}
    </Note>
  );
}
