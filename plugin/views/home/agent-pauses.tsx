import { useState } from "preact/hooks";
import type { OfficeAgent } from "../../../shared/agent.ts";
import { createAgentHomeApi } from "../../data/home-api.ts";
import { type ResourceHandle, useResource } from "../../data/use-resource.ts";
import { hasRole } from "../../session/roles.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { FailureNotice, Note } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";

export type OfficeAgents = ResourceHandle<{ items: OfficeAgent[] }>;

/** Loads the agents of the office for the home. */
export function useOfficeAgents(): OfficeAgents {
  return useResource("agents", ({ api }) => ({
    fetch: (signal) => createAgentHomeApi(api).agents(signal),
    shouldPoll: ({ items }) => items.some(({ pausedAt }) => pausedAt !== null),
  }));
}

/**
 * Shows whose outreach is paused, with buttons that resume the outreach. Offers a team lead to
 * pause an agent's outreach, and an agent to pause their own.
 */
export function AgentPauses({ agents }: { agents: OfficeAgents }) {
  const { tokens, format } = useSession();
  const [isAsking, setIsAsking] = useState(false);
  const items = agents.data?.items ?? [];
  const running = items.filter(({ pausedAt, mayPause }) => mayPause && pausedAt === null);
  const isLead = hasRole(tokens.role(), "teamLead");
  return (
    <>
      {items.map(
        (agent) =>
          agent.pausedAt !== null && (
            <PausedNote agent={agent} since={format.instant(agent.pausedAt)} agents={agents} key={agent.id} />
          ),
      )}
      {running.length > 0 && (
        <div class="office-actions is-top">
          <Button kind="quiet" onClick={() => setIsAsking(true)}>
            {isLead ? say("Pause an agent’s outreach…") : say("Pause my outreach…")}
          </Button>
        </div>
      )}
      {isAsking && (
        <PauseDialog running={running} isLead={isLead} agents={agents} onClose={() => setIsAsking(false)} />
      )}
    </>
  );
}

/** Changes the pause of an agent, and then loads every planned email on the screen anew. */
function useAgentChange(agents: OfficeAgents) {
  const { api, cache, epoch, status } = useSession();
  const action = useAction();
  const change = (agent: OfficeAgent, kind: "pause" | "resume", onDone: () => void = () => undefined) =>
    action.run(async () => {
      agents.set(await createAgentHomeApi(api).changeAgent(agent.id, kind));
      status.value =
        kind === "pause"
          ? say("{name}’s outreach is paused.", { name: agent.name })
          : say("{name}’s outreach is resumed.", { name: agent.name });
      onDone();
      cache.delete("campaigns");
      epoch.value++;
    });
  return { ...action, change };
}

function PausedNote({ agent, since, agents }: { agent: OfficeAgent; since: string; agents: OfficeAgents }) {
  const { change, isBusy, failure } = useAgentChange(agents);
  const { name, pausedBy } = agent;
  return (
    <div class="office-stopped">
      <Note tone="warning">
        <p>
          <strong>
            {pausedBy === null
              ? say("{name}’s outreach has been paused since {since}.", { name, since })
              : say("{name}’s outreach was paused by {pausedBy} on {since}.", { name, pausedBy, since })}
          </strong>{" "}
          {say("No emails from their campaigns will go out until it’s resumed.")}
          {!agent.mayPause && agent.isMe && ` ${say("A team lead or an administrator can resume it.")}`}
        </p>
        {agent.mayPause && (
          <Button isBusy={isBusy} onClick={() => change(agent, "resume")}>
            {say("Resume {name}’s outreach", { name })}
          </Button>
        )}
      </Note>
      {failure && <FailureNotice failure={failure} />}
    </div>
  );
}

type DialogProps = {
  running: readonly OfficeAgent[];
  isLead: boolean;
  agents: OfficeAgents;
  onClose: () => void;
};

function PauseDialog({ running, isLead, agents, onClose }: DialogProps) {
  const { change, isBusy, failure } = useAgentChange(agents);
  const [chosen, setChosen] = useState(isLead ? "" : (running[0]?.id ?? ""));
  const agent = running.find(({ id }) => id === chosen);
  return (
    <ConfirmDialog
      title={isLead ? say("Pause an agent’s outreach?") : say("Pause your outreach?")}
      confirm={say("Pause outreach")}
      kind="danger"
      isBusy={isBusy}
      failure={failure}
      onConfirm={() => agent && change(agent, "pause", onClose)}
      onClose={onClose}
    >
      {isLead && (
        <label class="field">
          <span>{say("Agent")}</span>
          <select value={chosen} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
            <option value="">{say("Choose an agent")}</option>
            {running.map(({ id, name }) => (
              <option value={id} key={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <p>
        {isLead
          ? say(
              "No emails go out from the campaigns that the agent launched, and no tasks come up, until the outreach is resumed. Everybody else’s outreach continues.",
            )
          : say(
              "No emails go out from the campaigns that you launched, and no tasks come up, until you resume your outreach.",
            )}
      </p>
    </ConfirmDialog>
  );
}
