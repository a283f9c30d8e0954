import type { SequenceLetter } from "../../../shared/sequence.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { EmailFrame } from "../../ui/email-frame.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { toVariableLabel } from "../../words/variable.ts";

/**
 * A letter as the property's first contact would get it. The Worker fills in the letter with the
 * same code as an email that it sends.
 */
export function LetterPreview({
  letter,
  threadSubject,
}: {
  letter: SequenceLetter;
  threadSubject: string | null;
}) {
  const { contacts, property } = useSession();
  const [contact] = contacts.value;
  const request = {
    content: { ...letter, subject: letter.subject.trim() || threadSubject || "…" },
    ...(threadSubject === null || threadSubject.trim() === "" ? {} : { threadSubject }),
    ...(contact === undefined
      ? {}
      : {
          recipient: {
            ...contact.data,
            fullName: contact.name,
            ...(contact.email && { email: contact.email }),
          },
          property: property.value,
        }),
  };
  const preview = useResource(`letter ${JSON.stringify(request)}`, ({ api }) => ({
    fetch: (signal) => api.preview(request, signal),
  }));
  const name = contact?.name ?? "an owner";
  return (
    <LoadedContent resource={preview} rows={2}>
      {({ subject, html, text, missingVariables }) => (
        <div class="preview">
          {missingVariables.length > 0 && (
            <p class="missing-list">
              Missing for {name}: {missingVariables.map(toVariableLabel).join(", ")}
            </p>
          )}
          <dl class="envelope">
            <dt>To</dt>
            <dd>{name}</dd>
            <dt>Subject</dt>
            <dd class="strong">{subject}</dd>
          </dl>
          <EmailFrame html={html} text={text} title={`This email as ${name} gets it`} />
        </div>
      )}
    </LoadedContent>
  );
}
