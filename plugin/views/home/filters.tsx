import type { OfficeAgent } from "../../../shared/agent.ts";
import { limits } from "../../../shared/limits.ts";
import { createSequenceApi } from "../../data/sequence-api.ts";
import { useResource } from "../../data/use-resource.ts";
import type { CampaignListFilter } from "../../session/remembered-state.ts";
import { Button } from "../../ui/button.tsx";
import { say } from "../../words/say.ts";

type Props = { filter: CampaignListFilter; onChange: (filter: CampaignListFilter) => void };
type AgentsProps = { agents: readonly OfficeAgent[] | undefined };

/**
 * Shows the fields that narrow the list of campaigns to an agent or a sequence, and the property to
 * which a search has narrowed the list.
 */
export function CampaignFilters({ filter, onChange, agents }: Props & AgentsProps) {
  const isFiltered = Boolean(filter.agent || filter.sequence || filter.property);
  return (
    <div class="campaign-filters">
      <AgentFilter filter={filter} onChange={onChange} agents={agents} />
      <SequenceFilter filter={filter} onChange={onChange} />
      {filter.property && (
        <Button
          kind="quiet"
          icon="close"
          label={say("Show campaigns of every property")}
          onClick={() => onChange({ ...filter, property: "" })}
        >
          {say("One property")}
        </Button>
      )}
      {isFiltered && (
        <Button kind="quiet" onClick={() => onChange(filter.status ? { status: filter.status } : {})}>
          {say("Clear filters")}
        </Button>
      )}
    </div>
  );
}

function AgentFilter({ filter, onChange, agents }: Props & AgentsProps) {
  const choices = agents?.map(({ id, name, isMe }) => ({
    id,
    name: isMe ? say("{name} (you)", { name }) : name,
  }));
  return (
    <ChoiceFilter
      label={say("Agent")}
      everything={say("Every agent")}
      value={filter.agent ?? ""}
      choices={choices}
      onChange={(agent) => onChange({ ...filter, agent })}
    />
  );
}

function SequenceFilter({ filter, onChange }: Props) {
  const sequences = useResource("sequences to filter by", ({ api }) => ({
    fetch: (signal) => createSequenceApi(api).list(false, null, limits.pageSize, signal),
  }));
  return (
    <ChoiceFilter
      label={say("Sequence")}
      everything={say("Every sequence")}
      value={filter.sequence ?? ""}
      choices={sequences.data?.items}
      onChange={(sequence) => onChange({ ...filter, sequence })}
    />
  );
}

type ChoiceProps = {
  label: string;
  everything: string;
  value: string;
  /** Undefined while the choices are loading. */
  choices: readonly { id: string; name: string }[] | undefined;
  onChange: (id: string) => void;
};

function ChoiceFilter({ label, everything, value, choices, onChange }: ChoiceProps) {
  // A link may name an agent or a sequence that the list does not have.
  const isMissing = value !== "" && !choices?.some(({ id }) => id === value);
  return (
    <select aria-label={label} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
      <option value="">{everything}</option>
      {choices?.map(({ id, name }) => (
        <option value={id} key={id}>
          {name}
        </option>
      ))}
      {isMissing && <option value={value}>{choices === undefined ? "…" : value}</option>}
    </select>
  );
}
