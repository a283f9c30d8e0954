import { useState } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { Sender } from "../../../shared/sender.ts";
import type { SequenceSummary } from "../../../shared/sequence.ts";
import type { StartRule } from "../../../shared/start-rule.ts";
import { type PropertyStatus, type StartMode, startModes } from "../../../shared/vocabulary.ts";
import { createSequenceApi } from "../../data/sequence-api.ts";
import { createStartRulesApi } from "../../data/start-rules-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { FailureNotice, LoadedContent, Note } from "../../ui/feedback.tsx";
import { useFirstFieldFocus } from "../../ui/form-focus.ts";
import { say } from "../../words/say.ts";
import { exitStatusTexts } from "../../words/sequence-rules.ts";
import { startModeTexts, startStatuses } from "../../words/start-rule.ts";

type Props = {
  /** The rule to change; null for a new rule. */
  rule: StartRule | null;
  /** The statuses that have a rule already. */
  taken: readonly PropertyStatus[];
  onSaved: (rules: { items: StartRule[] }) => void;
  onClose: () => void;
};

type Offered = { sequences: SequenceSummary[]; senders: Sender[] };

/** The greatest number of the office's sequences that the form offers, the newest first. */
const sequencesListed = 100;

/** Shows the form that saves a start rule of the office. */
export function StartRuleForm(props: Props) {
  const offered = useResource<Offered>("choices for a start rule", ({ api }) => ({
    fetch: async (signal) => {
      const [sequences, senders] = await Promise.all([
        createSequenceApi(api).list(false, null, sequencesListed, signal),
        api.senders(signal),
      ]);
      return { sequences: sequences.items.filter(({ scope }) => scope === "office"), senders: senders.items };
    },
  }));
  return (
    <LoadedContent resource={offered} rows={3}>
      {(data) =>
        data.sequences.length === 0 || data.senders.length === 0 ? (
          <Note tone="warning">{say("Add a sender first. Your administrator can set one up.")}</Note>
        ) : (
          <RuleFields {...props} offered={data} />
        )
      }
    </LoadedContent>
  );
}

type Fields = {
  status: PropertyStatus;
  sequenceId: string;
  senderId: number;
  mode: StartMode;
  dailyLimit: string;
};

function readFields({ rule, taken, offered: { sequences, senders } }: Props & { offered: Offered }): Fields {
  const usable = senders.find(({ isPaused }) => !isPaused) ?? senders[0];
  const known = sequences.some(({ id }) => id === rule?.sequenceId);
  return {
    status: rule?.status ?? startStatuses.find((one) => !taken.includes(one)) ?? "Expired",
    sequenceId: (known ? rule?.sequenceId : sequences[0]?.id) ?? "",
    senderId: rule?.senderId ?? usable?.id ?? 0,
    mode: rule?.mode ?? "propose",
    dailyLimit: String(rule?.dailyLimit ?? 10),
  };
}

function RuleFields(props: Props & { offered: Offered }) {
  const { rule, taken, offered, onSaved, onClose } = props;
  const { api, status } = useSession();
  const { run, isBusy, failure } = useAction();
  const form = useFirstFieldFocus<HTMLFormElement>();
  const [fields, setFields] = useState(() => readFields(props));
  const change = (part: Partial<Fields>) => setFields({ ...fields, ...part });
  const save = (event: Event) => {
    event.preventDefault();
    run(async () => {
      const { status: chosen, dailyLimit, ...rest } = fields;
      const body = { ...rest, dailyLimit: Number(dailyLimit) };
      const now = await createStartRulesApi(api).save(chosen, body);
      status.value = say("Saved.");
      onSaved(now);
    });
  };
  const statuses = startStatuses.filter((one) => rule !== null || !taken.includes(one));
  return (
    <form ref={form} class="card" onSubmit={save}>
      <div class="fields">
        {rule === null && (
          <SelectField
            label={say("When a home becomes")}
            value={fields.status}
            options={statuses.map((one) => [one, exitStatusTexts[one]])}
            onChoose={(value) => change({ status: value as PropertyStatus })}
          />
        )}
        <SelectField
          label={say("Sequence")}
          value={fields.sequenceId}
          options={offered.sequences.map(({ id, name }) => [id, name])}
          onChoose={(sequenceId) => change({ sequenceId })}
        />
        <SelectField
          label={say("From")}
          value={String(fields.senderId)}
          options={offered.senders.map(({ id, fromName, fromEmail }) => [
            String(id),
            `${fromName} <${fromEmail}>`,
          ])}
          onChoose={(value) => change({ senderId: Number(value) })}
        />
        <SelectField
          label={say("What the rule does")}
          value={fields.mode}
          options={startModes.map((one) => [one, startModeTexts[one]])}
          onChoose={(value) => change({ mode: value as StartMode })}
        />
        {fields.mode === "launch" && (
          <label class="field">
            <span>{say("Most launches a day")}</span>
            <input
              type="number"
              required
              min={1}
              max={limits.startsPerDay}
              value={fields.dailyLimit}
              onInput={({ currentTarget }) => change({ dailyLimit: currentTarget.value })}
            />
          </label>
        )}
      </div>
      {fields.mode === "launch" && (
        <p class="fine">
          {say(
            "Launches are in your name. What exceeds the limit, or fails a check, waits in the home. People from probate or pre-foreclosure records wait for a team lead’s approval.",
          )}
        </p>
      )}
      {failure && <FailureNotice failure={failure} />}
      <div class="form-actions">
        <button type="submit" class="button primary" aria-busy={isBusy}>
          {say("Save")}
        </button>
        <Button kind="quiet" onClick={onClose}>
          {say("Cancel")}
        </Button>
      </div>
    </form>
  );
}

type SelectProps = {
  label: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  onChoose: (value: string) => void;
};

function SelectField({ label, value, options, onChoose }: SelectProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onChoose(currentTarget.value)}>
        {options.map(([one, text]) => (
          <option value={one} key={one}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
