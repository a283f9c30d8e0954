import { useId, useState } from "preact/hooks";
import {
  type FilledDetail,
  fillDetail,
  groupMissingDetails,
  listFilledDetails,
  type MissingLaunchDetail,
  removeDetail,
} from "../../session/launch-details.ts";
import { useSession } from "../../session/state.ts";
import { Button } from "../../ui/button.tsx";
import { OutsideValuesNote, ValueInput } from "../../ui/value-input.tsx";
import { formatList } from "../../words/list.ts";
import { formatCount, say } from "../../words/say.ts";
import { sayFieldLabel, sayVariableLabel } from "../../words/variable-name.ts";
import type { LaunchViewData } from "./view-data.ts";

/** The texts that the agent has typed but not saved yet. The keys come from `toFieldKey`. */
type Typed = Readonly<Record<string, string>>;

/** A field of the form, and the keys of the contacts who get the field's value. */
type Field = { gap: MissingLaunchDetail; key: string; contactKeys: string[]; people: string };

const toFieldKey = (name: string, contactKey: string | null) => JSON.stringify([name, contactKey]);

/** Returns the fields for a value: one field for all people, or one field for each person. */
function listFields(gap: MissingLaunchDetail, isSeparate: boolean): Field[] {
  const contactKeys = gap.people.map(({ key }) => key);
  if (gap.isOfProperty) return [{ gap, key: toFieldKey(gap.path, null), contactKeys, people: "" }];
  if (isSeparate || gap.people.length === 1) {
    return gap.people.map(({ key, name }) => ({
      gap,
      key: toFieldKey(gap.path, key),
      contactKeys: [key],
      people: say("to {name}", { name }),
    }));
  }
  const people = say("to {name}", { name: formatCount(contactKeys.length, "person", "people") });
  return [{ gap, key: toFieldKey(gap.path, null), contactKeys, people }];
}

function describeEmails(stepNumbers: readonly number[]): string {
  const [first = "", ...others] = stepNumbers.map(String);
  if (others.length === 0) return say("email {stepNumber}", { stepNumber: first });
  return say("emails {stepNumbers}", { stepNumbers: formatList([first, ...others]) });
}

function GapFields({
  gap,
  typed,
  onType,
}: {
  gap: MissingLaunchDetail;
  typed: Typed;
  onType: (typed: Typed) => void;
}) {
  const [isSeparate, setIsSeparate] = useState(false);
  const fields = listFields(gap, isSeparate);
  const shown = new Set(fields.map(({ key }) => key));
  const mayBeSeparate = !gap.isOfProperty && gap.people.length > 1;
  return (
    <>
      {fields.map(({ key, people }) => (
        <ValueInput
          key={key}
          label={sayFieldLabel(gap.name)}
          purpose={say("for {emails} {people}", { emails: describeEmails(gap.stepNumbers), people })}
          text={typed[key] ?? ""}
          onType={(text) => onType({ ...typed, [key]: text })}
        />
      ))}
      {mayBeSeparate && (
        <div class="form-actions">
          <Button
            kind="quiet"
            label={`${isSeparate ? say("Use one value for everyone") : say("Fill in each person")}: ${sayVariableLabel(gap.path)}`}
            onClick={() => {
              // Drops the texts in fields that disappear, so that the launch does not use these
              // texts.
              onType(Object.fromEntries(Object.entries(typed).filter(([key]) => !shown.has(key))));
              setIsSeparate(!isSeparate);
            }}
          >
            {isSeparate ? say("Use one value for everyone") : say("Fill in each person")}
          </Button>
        </div>
      )}
    </>
  );
}

function FilledList({
  filled,
  onClear,
}: {
  filled: FilledDetail[];
  onClear: (detail: FilledDetail) => void;
}) {
  return (
    <ul class="filled-details">
      {filled.map((detail) => {
        const { name, value, contact } = detail;
        const label = sayFieldLabel(name);
        const whose = contact === null ? "" : ` ${say("for {name}", { name: contact.name })}`;
        return (
          <li key={toFieldKey(name, contact?.key ?? null)}>
            <span class="fine">
              {label}
              {whose}: “{value}”
            </span>
            <Button
              kind="quiet"
              label={`${say("Change {detail}", { detail: label })}${whose}`}
              onClick={() => onClear(detail)}
            >
              {say("Change")}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

/**
 * Shows the form for the values that are missing in the chosen contacts' emails. One entry can set
 * the same value for several contacts. The values become part of the launch and are not written to
 * the host's CRM.
 */
export function MissingDetailsForm({ view }: { view: LaunchViewData }) {
  const { draft, change, missing, chosen } = view;
  const { status } = useSession();
  const [typed, setTyped] = useState<Typed>({});
  const titleId = useId();
  const { gaps, others } = groupMissingDetails(missing, chosen);
  const filled = listFilledDetails(draft.details, chosen);
  if (gaps.length + others.length + filled.length === 0) return null;
  const fields = gaps.flatMap((gap) => [...listFields(gap, false), ...listFields(gap, true)]);
  const given = fields.flatMap(({ gap, key, contactKeys }) => {
    const text = typed[key]?.trim();
    return text ? [{ gap, contactKeys, text }] : [];
  });
  const save = (event: Event) => {
    event.preventDefault();
    const details = given.reduce(
      (before, { gap, contactKeys, text }) => fillDetail(before, gap, contactKeys, text),
      draft.details,
    );
    change({ details });
    setTyped({});
    status.value = say("Saved for this launch.");
  };
  const clear = (detail: FilledDetail) => {
    const path = `${detail.contact === null ? "property" : "recipient"}.${detail.name}`;
    change({ details: removeDetail(draft.details, detail) });
    setTyped({ ...typed, [toFieldKey(path, detail.contact?.key ?? null)]: detail.value });
  };
  return (
    <section aria-labelledby={titleId}>
      <h3 id={titleId} class="group-title">
        {gaps.length + others.length > 0 ? say("Missing details") : say("Details you filled in")}
      </h3>
      {gaps.length > 0 && (
        <form class="fields" onSubmit={save}>
          {gaps.map((gap) => (
            <GapFields gap={gap} typed={typed} onType={setTyped} key={gap.path} />
          ))}
          <div class="form-actions">
            <button type="submit" class="button secondary" disabled={given.length === 0}>
              {say("Save details")}
            </button>
          </div>
        </form>
      )}
      <OutsideValuesNote details={formatList(others.map(sayVariableLabel))} />
      {filled.length > 0 && <FilledList filled={filled} onClear={clear} />}
    </section>
  );
}
