import { useRef, useState } from "preact/hooks";
import type { Campaign } from "../../../shared/campaign.ts";
import { parseEmailAddress } from "../../../shared/email-address.ts";
import { limits } from "../../../shared/limits.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { say } from "../../words/say.ts";
import type { AddingDraft } from "./draft.ts";
import { getPersonKey } from "./file/repeated.ts";
import { buildHandTypedPerson, type HandTypedFields } from "./hand-person.ts";
import { formatPerson } from "./left-out.ts";

type Props = {
  campaign: Campaign;
  draft: AddingDraft;
  change: (part: Partial<AddingDraft>) => void;
};

const noFields: HandTypedFields = { name: "", email: "", propertyId: "" };

/** Shows the form in which an agent types people, one after another. */
export function AddByHandForm({ campaign, draft, change }: Props) {
  const { status } = useSession();
  const [fields, setFields] = useState(noFields);
  const [fault, setFault] = useState<"email" | "nobody" | null>(null);
  const first = useRef<HTMLInputElement>(null);
  const set = (part: Partial<HandTypedFields>) => setFields({ ...fields, ...part });
  const add = (event: Event) => {
    event.preventDefault();
    const isWrong = fields.email.trim() !== "" && parseEmailAddress(fields.email) === null;
    const isNobody = fields.email.trim() === "" && fields.name.trim() === "";
    setFault(isWrong ? "email" : isNobody ? "nobody" : null);
    if (isWrong || isNobody) return;
    const person = buildHandTypedPerson(fields);
    const others = draft.people.filter((one) => getPersonKey(one) !== getPersonKey(person));
    change({ people: [...others, person] });
    status.value = say("{name} added.", { name: formatPerson(person) });
    setFields({ ...noFields, propertyId: fields.propertyId });
    first.current?.focus();
  };
  return (
    <>
      <form class="add-person" onSubmit={add} noValidate>
        <label class="field">
          <span>{say("Name")}</span>
          <input
            ref={first}
            type="text"
            autocomplete="off"
            maxLength={limits.nameLength}
            value={fields.name}
            onInput={({ currentTarget }) => set({ name: currentTarget.value })}
          />
        </label>
        <label class="field">
          <span>{say("Email address")}</span>
          <input
            type="email"
            autocomplete="off"
            value={fields.email}
            aria-invalid={fault === "email"}
            onInput={({ currentTarget }) => set({ email: currentTarget.value })}
          />
        </label>
        {campaign.propertyId === null && (
          <label class="field">
            <span>{say("Property ID")}</span>
            <input
              type="text"
              autocomplete="off"
              maxLength={100}
              value={fields.propertyId}
              onInput={({ currentTarget }) => set({ propertyId: currentTarget.value })}
            />
          </label>
        )}
        {fault !== null && (
          <p class="fine missing" role="alert">
            {fault === "email"
              ? say("Enter an email address, such as mary@example.com")
              : say("Enter a name or an email address")}
          </p>
        )}
        <div class="form-actions">
          <button type="submit" class="button secondary">
            {say("Add to the list")}
          </button>
        </div>
      </form>
      <TypedPeople draft={draft} change={change} />
    </>
  );
}

function TypedPeople({ draft: { people }, change }: Pick<Props, "draft" | "change">) {
  if (people.length === 0) return null;
  return (
    <ul class="rows" aria-label={say("People to add")}>
      {people.map((person) => (
        <li class="row" key={getPersonKey(person)}>
          <span class="row-main">
            {formatPerson(person)}
            {person.input.email === null && <p class="fine">{say("Will wait for an email address")}</p>}
          </span>
          <Button
            kind="quiet"
            icon="close"
            label={say("Remove {name}", { name: formatPerson(person) })}
            onClick={() => change({ people: people.filter((one) => one !== person) })}
          />
        </li>
      ))}
    </ul>
  );
}
