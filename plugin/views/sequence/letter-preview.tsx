import { useState } from "preact/hooks";
import type { SequenceLetter } from "../../../shared/sequence.ts";
import type { EmailPreview } from "../../../shared/template.ts";
import { useResource } from "../../data/use-resource.ts";
import type { Contact } from "../../host/mapping.ts";
import { toShownRecipient } from "../../session/shown-recipient.ts";
import { useSession } from "../../session/state.ts";
import { EmailFrame, EmailText } from "../../ui/email-frame.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { say, translatedTable } from "../../words/say.ts";
import { sayVariableLabel } from "../../words/variable-name.ts";
import { LetterTestSendButton } from "./letter-test-send.tsx";

const looks = translatedTable({ desktop: "Desktop", phone: "Phone", dark: "Dark", text: "Text" });
type Look = keyof typeof looks;

/** Changes the HTML of an email so that the email looks as in a mail program with a dark theme. */
const darken = (html: string) =>
  html
    .replace("@media (prefers-color-scheme: dark)", "@media all")
    .replaceAll("color-schemes: light dark", "color-schemes: dark")
    .replaceAll("color-scheme: light dark", "color-scheme: dark");

function ShownEmail({
  email: { html, text },
  look,
  name,
}: {
  email: EmailPreview;
  look: Look;
  name: string;
}) {
  if (look === "text") return <EmailText text={text} />;
  return (
    <EmailFrame
      key={look}
      html={look === "dark" ? darken(html) : html}
      text={text}
      title={say("This email as {name} gets it", { name })}
    />
  );
}

/**
 * Shows the choice of the preview's screen, such as a phone, and the choice of the owner if the
 * property has several owners.
 */
function PreviewChoices({
  contacts,
  chosen,
  onChoose,
  look,
  onLook,
}: {
  contacts: readonly Contact[];
  chosen: Contact | undefined;
  onChoose: (key: string) => void;
  look: Look;
  onLook: (look: Look) => void;
}) {
  return (
    <div class="preview-choices">
      <fieldset class="choices" aria-label={say("How to show it")}>
        {Object.entries(looks).map(([name, label]) => (
          <button
            type="button"
            key={name}
            class="button quiet"
            aria-pressed={look === name}
            onClick={() => onLook(name as Look)}
          >
            {label}
          </button>
        ))}
      </fieldset>
      {contacts.length > 1 && (
        <select
          aria-label={say("Show it for")}
          value={chosen?.key}
          onChange={({ currentTarget }) => onChoose(currentTarget.value)}
        >
          {contacts.map(({ key, name }) => (
            <option value={key} key={key}>
              {say("For {name}", { name })}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

/**
 * Shows a letter as an owner would get the letter. The Worker renders the letter with the same code
 * as a sent email.
 */
export function LetterPreview({
  letter,
  threadSubject,
}: {
  letter: SequenceLetter;
  threadSubject: string | null;
}) {
  const { contacts, property } = useSession();
  const [key, setKey] = useState<string | null>(null);
  const [look, setLook] = useState<Look>("desktop");
  const contact = contacts.value.find((one) => one.key === key) ?? contacts.value[0];
  const content = { ...letter, subject: letter.subject.trim() || threadSubject || "…" };
  const shownFor =
    contact === undefined ? {} : { recipient: toShownRecipient(contact), property: property.value };
  const request = {
    content,
    ...(threadSubject === null || threadSubject.trim() === "" ? {} : { threadSubject }),
    ...shownFor,
  };
  const preview = useResource(`letter ${JSON.stringify(request)}`, ({ api }) => ({
    fetch: (signal) => api.preview(request, signal),
  }));
  const name = contact?.name ?? say("an owner");
  return (
    <>
      <PreviewChoices
        contacts={contacts.value}
        chosen={contact}
        onChoose={setKey}
        look={look}
        onLook={setLook}
      />
      <LoadedContent resource={preview} rows={2}>
        {(email) => (
          <div class={`preview ${look}`}>
            {email.missingVariables.length > 0 && (
              <p class="missing-list">
                {say("Missing for {name}: {details}", {
                  name,
                  details: email.missingVariables.map(sayVariableLabel).join(", "),
                })}
              </p>
            )}
            <dl class="envelope">
              <dt>{say("To")}</dt>
              <dd>{name}</dd>
              <dt>{say("Subject")}</dt>
              <dd class="strong">{email.subject}</dd>
            </dl>
            <ShownEmail email={email} look={look} name={name} />
          </div>
        )}
      </LoadedContent>
      <LetterTestSendButton content={content} shownFor={shownFor} />
    </>
  );
}
