import { useState } from "preact/hooks";
import type { TestSendResult, WordingTestSendInput } from "../../../shared/template.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";

type Props = {
  content: WordingTestSendInput["content"];
  /** The owner whose values the email contains. If empty, the email contains example values. */
  shownFor: Pick<WordingTestSendInput, "recipient" | "property">;
};

/**
 * Shows the button that sends the unsaved email to a sender's own mailbox, so that the agent sees
 * the email in a mail program.
 */
export function LetterTestSendButton({ content, shownFor }: Props) {
  const { api, status, mayAct } = useSession();
  const { run, isBusy, failure } = useAction();
  const [senderId, setSenderId] = useState<number | null>(null);
  const [sentTo, setSentTo] = useState<string | null>(null);
  const senders = useResource("senders", ({ api: caller }) => ({
    fetch: (signal) => caller.senders(signal),
  }));
  const items = senders.data?.items ?? [];
  const sender = items.find(({ id }) => id === senderId) ?? items[0];
  if (!mayAct() || sender === undefined) return null;
  const mailbox = sender.replyTo ?? sender.fromEmail;
  const send = () =>
    run(async () => {
      const body: WordingTestSendInput = { senderId: sender.id, content, ...shownFor };
      const { to } = await api.request<TestSendResult>("/templates/test-send", { method: "POST", body });
      setSentTo(to);
      status.value = say("Sent to {mailbox}.", { mailbox: to });
    });
  return (
    <div class="test-send">
      <Button icon="send" isBusy={isBusy} onClick={send}>
        {say("Send me this one")}
      </Button>
      {items.length > 1 && (
        <select
          aria-label={say("Send the test to")}
          value={sender.id}
          onChange={({ currentTarget }) => setSenderId(Number(currentTarget.value))}
        >
          {items.map(({ id, fromEmail, replyTo }) => (
            <option value={id} key={id}>
              {replyTo ?? fromEmail}
            </option>
          ))}
        </select>
      )}
      <p class="fine">
        {sentTo === null
          ? say("It goes to {mailbox}, marked as a test.", { mailbox })
          : say("Sent to {mailbox}.", { mailbox: sentTo })}
      </p>
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}
