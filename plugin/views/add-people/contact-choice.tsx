import { useState } from "preact/hooks";
import { isEmailAddress } from "../../../shared/email-address.ts";
import type { Contact } from "../../host/mapping.ts";
import { toRecipientInput } from "../../session/contact-recipient.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { PeopleSearchField } from "../../ui/people-search-field.tsx";
import { say } from "../../words/say.ts";
import type { AddingDraft } from "./draft.ts";
import { hashText, type NewPerson } from "./file/people.ts";

type Props = { draft: AddingDraft; change: (part: Partial<AddingDraft>) => void };

const shownAtFirst = 25;
const searchedFrom = 8;

/** Shows the host's contacts of the property. The agent ticks the contacts to add. */
export function ContactChoice({ draft, change }: Props) {
  const { contacts, propertyId } = useSession();
  const [text, setText] = useState("");
  const [shown, setShown] = useState(shownAtFirst);
  const words = text.trim().toLocaleLowerCase();
  const found = contacts.value.filter(({ name, email }) =>
    `${name} ${email ?? ""}`.toLocaleLowerCase().includes(words),
  );
  const chosen = new Set(draft.people.map(({ input }) => toKey(input)));
  const toPerson = (contact: Contact): NewPerson => {
    const fit = { letters: "", people: contacts.value.length };
    const input = toRecipientInput(contact, {}, propertyId, fit);
    const needsKey = contact.email === null && input.contactKey === undefined;
    return { line: null, input: needsKey ? { ...input, contactKey: nameContact(contact) } : input };
  };
  const set = (wanted: readonly Contact[], isTicked: boolean) => {
    const keys = new Set(wanted.map((one) => toKey(toPerson(one).input)));
    const others = draft.people.filter(({ input }) => !keys.has(toKey(input)));
    change({ people: isTicked ? [...others, ...wanted.map(toPerson)] : others });
  };
  const selectable = found.filter(isUsable);
  return (
    <>
      {contacts.value.length > searchedFrom && <PeopleSearchField text={text} onSearch={setText} />}
      <div class="actions">
        <Button kind="quiet" isDisabled={selectable.length === 0} onClick={() => set(selectable, true)}>
          {say("Select all {count}", { count: selectable.length })}
        </Button>
        <Button kind="quiet" isDisabled={chosen.size === 0} onClick={() => change({ people: [] })}>
          {say("Select none")}
        </Button>
      </div>
      {found.length === 0 && <p class="muted">{say("Nobody matches “{text}”.", { text: text.trim() })}</p>}
      {found.length > 0 && (
        <fieldset class="rows">
          <legend class="unseen">{say("Contacts")}</legend>
          {found.slice(0, shown).map((contact) => (
            <ContactRow
              key={contact.key}
              contact={contact}
              isTicked={chosen.has(toKey(toPerson(contact).input))}
              onTick={(isTicked) => set([contact], isTicked)}
            />
          ))}
        </fieldset>
      )}
      {found.length > shown && <Button onClick={() => setShown(shown + 25)}>{say("Show more")}</Button>}
    </>
  );
}

/** Returns a contact key for a contact for whom the host has neither a key nor an address. */
const nameContact = ({ name }: Contact) => `typed-${hashText(name.toLowerCase())}`;
const toKey = ({ email, contactKey }: NewPerson["input"]) => `${email ?? ""}\n${contactKey ?? ""}`;
const isUsable = ({ email }: Contact) => email === null || isEmailAddress(email);

type RowProps = { contact: Contact; isTicked: boolean; onTick: (isTicked: boolean) => void };

function ContactRow({ contact, isTicked, onTick }: RowProps) {
  const mayBe = isUsable(contact);
  return (
    <label class={mayBe ? "choice" : "choice disabled"}>
      <input
        type="checkbox"
        checked={isTicked}
        disabled={!mayBe}
        onChange={({ currentTarget }) => onTick(currentTarget.checked)}
      />
      <span>
        <span class="choice-name">{contact.name}</span>
        {contact.email !== null && <span class="muted cut">{contact.email}</span>}
        {contact.email === null && <span class="fine">{say("Will wait for an email address")}</span>}
        {!mayBe && <span class="fine">{say("This email address doesn’t look right")}</span>}
      </span>
    </label>
  );
}
