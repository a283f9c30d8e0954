import { useState } from "preact/hooks";
import type { CapturedMail } from "./mail.ts";
import { actionMessage, isPerformingAction, performAction } from "./state.ts";

/**
 * Renders a button for each action that a person or the person's mail service can take on an email.
 * Each action calls a real route of the product.
 */
export function MailActions({ mail }: { mail: CapturedMail }) {
  const [isReplying, setReplying] = useState(false);
  // An email without a recipient id is a reply that Doorknock forwarded to the agent. A bounce or
  // complaint about such an email has no effect.
  const isOfCampaign = mail.recipientId > 0;
  const tracked = mail.links.filter(({ url }) => new URL(url).pathname.startsWith("/c/"));
  return (
    <>
      <div class="actions">
        <Button label="Open" can={mail.pixelUrl !== null} onPress={() => performAction({ action: "open" })} />
        {tracked.length === 0 && <Button label="Click link" can={false} onPress={() => undefined} />}
        {tracked.map(({ url, label }) => (
          <Button
            key={url}
            label={tracked.length === 1 ? "Click link" : `Click “${label.slice(0, 24)}”`}
            can
            onPress={() => performAction({ action: "click", url })}
          />
        ))}
        <Button
          label="Reply"
          can={isOfCampaign}
          isExpanded={isReplying}
          onPress={() => setReplying(!isReplying)}
        />
        <Button
          label="Unsubscribe"
          can={mail.oneClickUrl !== null}
          onPress={() => performAction({ action: "unsubscribe" })}
        />
        <Button label="Bounce" can={isOfCampaign} onPress={() => performAction({ action: "bounce" })} />
        <Button
          label="Mark as spam"
          can={isOfCampaign}
          onPress={() => performAction({ action: "complain" })}
        />
      </div>
      {isReplying && <ReplyForm onSent={() => setReplying(false)} />}
      <p class="news" role="status">
        {actionMessage.value}
      </p>
    </>
  );
}

function Button(props: { label: string; can: boolean; isExpanded?: boolean; onPress: () => unknown }) {
  return (
    <button
      type="button"
      disabled={!props.can || isPerformingAction.value}
      aria-expanded={props.isExpanded}
      onClick={() => void props.onPress()}
    >
      {props.label}
    </button>
  );
}

function ReplyForm({ onSent }: { onSent: () => void }) {
  const [text, setText] = useState("Thanks for writing. Could you call me on Thursday afternoon?");
  const [isAutomatic, setAutomatic] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    if (await performAction({ action: "reply", text, isAutomatic })) onSent();
  };
  return (
    <form class="reply" onSubmit={(event) => void send(event)}>
      <label>
        Your reply
        <textarea rows={4} required value={text} onInput={(event) => setText(event.currentTarget.value)} />
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={isAutomatic}
          onChange={(event) => setAutomatic(event.currentTarget.checked)}
        />
        Send it as an out-of-office reply (the sequence continues)
      </label>
      <button type="submit" disabled={isPerformingAction.value}>
        Send reply
      </button>
    </form>
  );
}
