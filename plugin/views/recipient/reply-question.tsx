import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { TimelineEvent } from "../../../shared/recipient.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, Note } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { type AnsweredRecipientProps, useReplyRecording } from "./use-reply.ts";

/** If a reply may be a refusal, asks the agent whether the person has refused emails. */
export function ReplyQuestion(props: AnsweredRecipientProps) {
  const events = props.recipient.messages.flatMap((message) => message.events);
  const refusing = events.find(({ mayRefuse }) => mayRefuse);
  if (refusing) return <RefusalQuestion {...props} event={refusing} />;
  const wanting = events.find(({ mayWantOut }) => mayWantOut);
  return wanting?.replyId ? <WantsOutQuestion {...props} event={wanting} replyId={wanting.replyId} /> : null;
}

type QuestionProps = AnsweredRecipientProps & { event: TimelineEvent };

function RefusalQuestion({ event, ...props }: QuestionProps) {
  const reply = useReplyRecording(props);
  const { record, isBusy } = reply;
  const { propertyId } = props.recipient;
  return (
    <Question title={say("Are they saying no?")} text={event.text} reply={reply}>
      {propertyId !== null && (
        <Button
          isDisabled={isBusy}
          onClick={() =>
            record(
              { outcome: "notSelling" },
              say("Noted. Your office won’t email anyone here until it’s sold."),
            )
          }
        >
          {say("They said they’re not selling")}
        </Button>
      )}
      <Button
        isDisabled={isBusy}
        onClick={() => record({ outcome: "noMore" }, say("Noted. Your office won’t email them again."))}
      >
        {say("They don’t want any more emails")}
      </Button>
      <Button isDisabled={isBusy} onClick={() => record({ outcome: "notRefused" }, say("Noted as a reply."))}>
        {say("No, just a reply")}
      </Button>
    </Question>
  );
}

function WantsOutQuestion({ event, replyId, ...props }: QuestionProps & { replyId: string }) {
  const reply = useReplyRecording(props);
  const { record, read, isBusy } = reply;
  return (
    <Question title={say("Do they want the emails to stop?")} text={event.text} reply={reply}>
      <Button
        isDisabled={isBusy}
        onClick={() => record({ outcome: "noMore" }, say("Noted. Your office won’t email them again."))}
      >
        {say("Yes, stop the emails")}
      </Button>
      <Button
        isDisabled={isBusy}
        onClick={() => read(replyId, { reading: "reply" }, say("Noted as a reply."))}
      >
        {say("No, just a reply")}
      </Button>
    </Question>
  );
}

type FrameProps = {
  title: string;
  text: string | null;
  reply: ReturnType<typeof useReplyRecording>;
  children: ComponentChildren;
};

function Question({ title, text, reply: { place, failure }, children }: FrameProps) {
  const titleId = useId();
  return (
    <div class="reply-question" ref={place}>
      <Note tone="warning" icon="reply">
        <p id={titleId}>
          <strong>{title}</strong>
        </p>
        {text && <p class="excerpt">“{text}”</p>}
        <p>{say("Until you answer, nobody at your office can email this property’s owners.")}</p>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
        <div class="choices" role="group" aria-labelledby={titleId}>
          {children}
        </div>
      </Note>
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}
