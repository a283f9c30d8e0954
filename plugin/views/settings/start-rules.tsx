import { useState } from "preact/hooks";
import type { StartRule } from "../../../shared/start-rule.ts";
import { createStartRulesApi } from "../../data/start-rules-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { ConfirmDialog } from "../../ui/dialog.tsx";
import { LoadedContent } from "../../ui/feedback.tsx";
import { say } from "../../words/say.ts";
import { exitStatusTexts } from "../../words/sequence-rules.ts";
import { startModeTexts, startStatuses } from "../../words/start-rule.ts";
import { SettingsSection, useHasRole } from "./section.tsx";
import { StartRuleForm } from "./start-rule-form.tsx";

const nameStatus = (status: StartRule["status"]) => {
  const named = startStatuses.find((one) => one === status);
  return named === undefined ? status : exitStatusTexts[named];
};

/**
 * Shows the office's start rules: which sequence a property's new status proposes or launches.
 */
export function StartRulesSection() {
  const { api } = useSession();
  const mayChange = useHasRole("teamLead");
  const rules = useResource<{ items: StartRule[] }>("start rules", (session) => ({
    fetch: (signal) => createStartRulesApi(session.api).rules(signal),
  }));
  const [open, setOpen] = useState<StartRule | "new" | null>(null);
  const [removed, setRemoved] = useState<StartRule | null>(null);
  const startRules = createStartRulesApi(api);
  return (
    <SettingsSection title={say("Start rules")} changedBy="teamLead">
      <p class="fine">
        {say(
          "When your CRM reports a home’s new status, a rule proposes or launches a sequence to its owners. Every check of a launch applies.",
        )}
      </p>
      <LoadedContent resource={rules} rows={2}>
        {({ items }) => (
          <>
            {items.length > 0 && (
              <ul class="list">
                {items.map((rule) => (
                  <RuleCard
                    key={rule.status}
                    rule={rule}
                    onChange={mayChange ? () => setOpen(rule) : null}
                    onRemove={() => setRemoved(rule)}
                  />
                ))}
              </ul>
            )}
            {open !== null && (
              <StartRuleForm
                key={open === "new" ? "new" : open.status}
                rule={open === "new" ? null : open}
                taken={items.map(({ status }) => status)}
                onSaved={(now) => {
                  rules.set(now);
                  setOpen(null);
                }}
                onClose={() => setOpen(null)}
              />
            )}
            {open === null && mayChange && items.length < startStatuses.length && (
              <div class="form-actions">
                <Button icon="plus" onClick={() => setOpen("new")}>
                  {say("Add a rule")}
                </Button>
              </div>
            )}
          </>
        )}
      </LoadedContent>
      {removed && (
        <RemoveDialog
          rule={removed}
          onRemove={async () => {
            await startRules.remove(removed.status);
            const items = rules.data?.items.filter(({ status }) => status !== removed.status) ?? [];
            rules.set({ items });
            setRemoved(null);
          }}
          onClose={() => setRemoved(null)}
        />
      )}
    </SettingsSection>
  );
}

type CardProps = { rule: StartRule; onChange: (() => void) | null; onRemove: () => void };

function RuleCard({ rule, onChange, onRemove }: CardProps) {
  const { status, sequenceName, mode, dailyLimit, savedBy } = rule;
  const name = nameStatus(status);
  const limit = mode === "launch" ? say("at most {count} a day", { count: dailyLimit }) : null;
  const by = savedBy.name === null ? null : say("by {name}", { name: savedBy.name });
  return (
    <li class="card rule-card">
      <div class="card-head">
        <h4>{`${name} → ${sequenceName ?? say("a deleted sequence")}`}</h4>
      </div>
      <p class="fine">{[startModeTexts[mode], limit, by].filter(Boolean).join(" · ")}</p>
      {onChange && (
        <div class="form-actions">
          <Button label={say("Change the rule for {status}", { status: name })} onClick={onChange}>
            {say("Change")}
          </Button>
          <Button
            kind="quiet"
            label={say("Remove the rule for {status}", { status: name })}
            onClick={onRemove}
          >
            {say("Remove…")}
          </Button>
        </div>
      )}
    </li>
  );
}

type RemoveProps = { rule: StartRule; onRemove: () => Promise<void>; onClose: () => void };

function RemoveDialog({ rule, onRemove, onClose }: RemoveProps) {
  const { run, isBusy, failure } = useAction();
  return (
    <ConfirmDialog
      title={say("Remove the rule for {status}?", { status: nameStatus(rule.status) })}
      confirm={say("Remove")}
      kind="danger"
      isBusy={isBusy}
      failure={failure}
      onConfirm={() => run(onRemove)}
      onClose={onClose}
    >
      <p>{say("What it has proposed disappears from the home. Its campaigns continue.")}</p>
    </ConfirmDialog>
  );
}
