import { useState } from "preact/hooks";
import { parseEmailAddress } from "../../../shared/email-address.ts";
import type { Contact } from "../../host/mapping.ts";
import { type LaunchCandidate, mostContactsTickedAtFirst } from "../../session/launch-candidates.ts";
import type { MissingDetail } from "../../session/launch-details.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { useFirstFieldFocus, useOpenerFocus } from "../../ui/form-focus.ts";
import { matchesCandidate } from "../../words/candidate.ts";
import { say } from "../../words/say.ts";
import { sayVariableLabel } from "../../words/variable-name.ts";
import { ClosedPropertyNote, PropertyAnswersNote } from "./history.tsx";
import { RecipientSearch } from "./recipient-search.tsx";
import type { LaunchViewData } from "./view-data.ts";

type RowProps = {
  candidate: LaunchCandidate;
  missing: MissingDetail[] | undefined;
  onTick: (isTicked: boolean) => void;
};

function CandidateRow({ candidate, missing, onTick }: RowProps) {
  const { contact, isSelectable, isSelected, note, history } = candidate;
  return (
    <label class={`choice ${isSelectable ? "" : "disabled"}`}>
      <input
        type="checkbox"
        checked={isSelected}
        disabled={!isSelectable}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
      <span>
        <span class="choice-name">{contact.name}</span>
        {contact.email && <span class="muted cut">{contact.email}</span>}
        {note && <span class="fine">{note}</span>}
        {history && <span class="fine">{history}</span>}
        {isSelected && missing && (
          <span class="fine missing">
            {say("Missing: {details}. Emails that use it will wait.", {
              details: missing.map(({ path }) => sayVariableLabel(path)).join(", "),
            })}
          </span>
        )}
      </span>
    </label>
  );
}

const buildTypedContact = (name: string, email: string): Contact => {
  const [firstName = null, ...rest] = name.split(" ");
  return {
    key: `typed ${email}`,
    contactKey: null,
    source: "agent",
    sourceDate: null,
    name: name || email,
    fullName: name || null,
    firstName: firstName || null,
    lastName: rest.join(" ") || null,
    email,
    timeZone: null,
    data: {},
  };
};

function AddContactForm({ onAdd, onClose }: { onAdd: (contact: Contact) => void; onClose: () => void }) {
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [isWrong, setIsWrong] = useState(false);
  const form = useFirstFieldFocus<HTMLFormElement>();
  const add = (event: Event) => {
    event.preventDefault();
    const address = parseEmailAddress(email);
    setIsWrong(address === null);
    if (address !== null) onAdd(buildTypedContact(name.replace(/\s+/g, " ").trim(), address));
  };
  return (
    <form ref={form} class="add-person" onSubmit={add} noValidate>
      <label class="field">
        <span>{say("Name")}</span>
        <input
          type="text"
          autocomplete="off"
          maxLength={200}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </label>
      <label class="field">
        <span>{say("Email address")}</span>
        <input
          type="email"
          autocomplete="off"
          value={email}
          aria-invalid={isWrong}
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
      </label>
      {isWrong && (
        <p class="fine missing" role="alert">
          {say("Enter an email address, such as mary@example.com")}
        </p>
      )}
      <div class="form-actions">
        <button type="submit" class="button secondary">
          {say("Add")}
        </button>
        <Button kind="quiet" onClick={onClose}>
          {say("Cancel")}
        </Button>
      </div>
    </form>
  );
}

export function LaunchRecipients({ view }: { view: LaunchViewData }) {
  const { draft, change, offered, missing } = view;
  const { status } = useSession();
  const [isAdding, setIsAdding] = useState(false);
  const opener = useOpenerFocus(isAdding);
  const [shown, setShown] = useState(mostContactsTickedAtFirst);
  const [text, setText] = useState("");
  const isLong = offered.length > mostContactsTickedAtFirst;
  const found = isLong ? offered.filter((candidate) => matchesCandidate(candidate, text)) : offered;
  const add = (contact: Contact) => {
    const others = draft.added.filter(({ key }) => key !== contact.key);
    change({ added: [...others, contact] });
    setShown(offered.length + 1);
    setText("");
    setIsAdding(false);
    status.value = say("{name} added.", { name: contact.name });
  };
  return (
    <section>
      <div class="section-head">
        <h3 class="group-title">{say("Recipients")}</h3>
        {!isAdding && (
          <Button ref={opener} kind="quiet" icon="plus" onClick={() => setIsAdding(true)}>
            {say("Add a person")}
          </Button>
        )}
      </div>
      <ClosedPropertyNote view={view} />
      <PropertyAnswersNote view={view} />
      {isAdding && <AddContactForm onAdd={add} onClose={() => setIsAdding(false)} />}
      {offered.length === 0 && !isAdding && (
        <p class="muted">{say("This property has no contacts yet. Add the person you want to email.")}</p>
      )}
      {isLong && <RecipientSearch view={view} text={text} found={found} onSearch={setText} />}
      {isLong && found.length === 0 && (
        <p class="muted">{say("Nobody matches “{text}”.", { text: text.trim() })}</p>
      )}
      {found.length > 0 && (
        <fieldset class="rows">
          <legend class="unseen">{say("Recipients")}</legend>
          {found.slice(0, shown).map((candidate) => {
            const { key } = candidate.contact;
            const tick = (isTicked: boolean) => change({ ticked: { ...draft.ticked, [key]: isTicked } });
            return <CandidateRow candidate={candidate} missing={missing[key]} onTick={tick} key={key} />;
          })}
        </fieldset>
      )}
      {found.length > shown && <Button onClick={() => setShown(shown + 25)}>{say("Show more")}</Button>}
    </section>
  );
}
