import { useState } from "preact/hooks";
import { limits } from "../../../shared/limits.ts";
import type { TemplateApproval } from "../../../shared/template-approval.ts";
import type { Tenant, TenantPatch } from "../../../shared/tenant.ts";
import { createLetterApprovalApi } from "../../data/settings-api.ts";
import { useResource } from "../../data/use-resource.ts";
import { useSession } from "../../session/state.ts";
import { type ActionState, useAction } from "../../ui/action.ts";
import { Button } from "../../ui/button.tsx";
import { EmailFrame } from "../../ui/email-frame.tsx";
import { FailureNotice, LoadedContent } from "../../ui/feedback.tsx";
import { formatCount, say } from "../../words/say.ts";
import { SettingsSection, useHasRole } from "./section.tsx";

type Props = { tenant: Tenant; onSave: (patch: TenantPatch) => Promise<void> };

type Decide = (letters: readonly TemplateApproval[], note: string | null) => void;

function ReturnForm({ onReturn, onClose }: { onReturn: (note: string) => void; onClose: () => void }) {
  const [note, setNote] = useState("");
  return (
    <>
      <label class="field">
        <span>{say("What needs to change?")}</span>
        <textarea
          rows={2}
          maxLength={limits.noteLength}
          value={note}
          onInput={(event) => setNote(event.currentTarget.value)}
        />
      </label>
      <div class="form-actions">
        <Button isDisabled={note.trim() === ""} onClick={() => onReturn(note.trim())}>
          {say("Return")}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {say("Cancel")}
        </Button>
      </div>
    </>
  );
}

type LetterProps = { letter: TemplateApproval; action: ActionState; onDecide: Decide };

/**
 * Shows a letter that waits for approval. A click shows the letter's text, and a team lead can
 * approve or return the letter.
 */
function WaitingLetter({ letter, action, onDecide }: LetterProps) {
  const { format } = useSession();
  const mayDecide = useHasRole("teamLead");
  const [open, setOpen] = useState<"text" | "return" | null>(null);
  const { name, subject, bodyHtml, bodyText, askedBy, askedAt } = letter;
  const asked = { name: askedBy.name ?? askedBy.id, time: format.date(askedAt) };
  return (
    <li class="card">
      <h4>{name}</h4>
      {subject !== "" && <p>{subject}</p>}
      <p class="fine">{say("Requested by {name} on {time}.", asked)}</p>
      {open === "text" && <EmailFrame html={bodyHtml} text={bodyText} title={name} />}
      {open === "return" ? (
        <ReturnForm onReturn={(note) => onDecide([letter], note)} onClose={() => setOpen(null)} />
      ) : (
        <div class="form-actions">
          {mayDecide && (
            <Button
              label={say("Approve {name}", { name })}
              isDisabled={action.isBusy}
              onClick={() => onDecide([letter], null)}
            >
              {say("Approve")}
            </Button>
          )}
          {mayDecide && (
            <Button kind="quiet" label={say("Return {name}", { name })} onClick={() => setOpen("return")}>
              {say("Return…")}
            </Button>
          )}
          <Button
            kind="quiet"
            label={open === "text" ? say("Hide {name}", { name }) : say("Read {name}", { name })}
            onClick={() => setOpen(open === "text" ? null : "text")}
          >
            {open === "text" ? say("Hide") : say("Read")}
          </Button>
        </div>
      )}
    </li>
  );
}

/**
 * Shows the letters that wait for a team lead's approval, and the switch that requires an approval
 * of letters before a launch.
 */
export function TemplateApprovalsSection({ tenant, onSave }: Props) {
  const { api, status } = useSession();
  const approvals = createLetterApprovalApi(api);
  const mayChange = useHasRole("admin");
  const mayDecide = useHasRole("teamLead");
  const action = useAction();
  const waiting = useResource("template approvals", () => ({ fetch: (signal) => approvals.waiting(signal) }));
  const decide: Decide = (letters, note) =>
    action.run(async () => {
      const hashes = letters.map(({ hash }) => hash);
      await approvals.decide(
        note === null ? { hashes, verdict: "approved" } : { hashes, verdict: "returned", note },
      );
      status.value = note === null ? say("Approved.") : say("Returned with your note.");
      waiting.reload();
    });
  const approvePresets = () =>
    action.run(async () => {
      await approvals.ask({ presets: true });
      status.value = say("The presets are approved.");
      waiting.reload();
    });
  return (
    <SettingsSection title={say("Approval of emails")} changedBy="teamLead">
      <label class="check">
        <input
          type="checkbox"
          checked={tenant.requiresTemplateApproval}
          disabled={action.isBusy || !mayChange}
          onChange={(event) => {
            const requiresTemplateApproval = event.currentTarget.checked;
            action.run(() => onSave({ requiresTemplateApproval }));
          }}
        />
        <span>{say("Agents can only use emails that a team lead has approved")}</span>
      </label>
      <p class="fine">{say("Campaigns already running continue. A changed email needs approval again.")}</p>
      <LoadedContent resource={waiting} rows={1}>
        {({ items }) => (
          <>
            {items.length === 0 && <p class="muted">{say("No emails are waiting for approval.")}</p>}
            {mayDecide && (
              <div class="form-actions">
                {items.length > 1 && (
                  <Button isBusy={action.isBusy} onClick={() => decide(items, null)}>
                    {say("Approve {emails}", { emails: formatCount(items.length, "email") })}
                  </Button>
                )}
                {tenant.requiresTemplateApproval && (
                  <Button kind="quiet" isBusy={action.isBusy} onClick={approvePresets}>
                    {say("Approve every preset as is")}
                  </Button>
                )}
              </div>
            )}
            <ul class="list">
              {items.map((letter) => (
                <WaitingLetter letter={letter} action={action} onDecide={decide} key={letter.hash} />
              ))}
            </ul>
          </>
        )}
      </LoadedContent>
      {action.failure && <FailureNotice failure={action.failure} />}
    </SettingsSection>
  );
}
