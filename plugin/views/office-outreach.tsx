import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Tenant } from "../../shared/tenant.ts";
import type { Role } from "../../shared/vocabulary.ts";
import { useResource } from "../data/use-resource.ts";
import { homePlace, useSession } from "../session/state.ts";
import { type ActionState, useAction } from "../ui/action.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { Note } from "../ui/feedback.tsx";
import { say, sayAround } from "../words/say.ts";
import { LazyView } from "./lazy-view.tsx";

/**
 * Returns true for a role that may stop the whole office's outreach. The Worker checks the role on
 * every request.
 */
export const canStopOutreach = (role: Role | null) => role === "teamLead" || role === "admin";

const explanations = {
  stop: {
    title: "Stop all outreach?",
    confirm: "Stop all outreach",
    said: "All outreach is stopped.",
  },
  resume: { title: "Resume all outreach?", confirm: "Resume", said: "Outreach resumed." },
} as const;
type Change = keyof typeof explanations;

type DialogProps = {
  change: Change;
  office: string;
  action: ActionState;
  onConfirm: () => void;
  onClose: () => void;
};

function OutreachDialog({ change, office, action, onConfirm, onClose }: DialogProps) {
  const { title, confirm } = explanations[change];
  return (
    <ConfirmDialog
      title={say(title)}
      confirm={say(confirm)}
      kind={change === "stop" ? "danger" : "primary"}
      isBusy={action.isBusy}
      failure={action.failure}
      onConfirm={onConfirm}
      onClose={onClose}
    >
      {change === "stop" ? (
        <>
          <p>
            {sayAround(
              "No emails will go out from {office} for any agent or property, including emails already queued.",
              { office: <strong>{office}</strong> },
            )}
          </p>
          <p>{say("Everyone keeps their place, replies still come in, and you can resume at any time.")}</p>
        </>
      ) : (
        <p>
          {sayAround(
            "Campaigns from {office} pick up where they left off, at each sender’s pace. Emails that are now too late wait until someone confirms them, campaign by campaign.",
            { office: <strong>{office}</strong> },
          )}
        </p>
      )}
    </ConfirmDialog>
  );
}

function StoppedBanner({ tenant, onResume }: { tenant: Tenant; onResume: (() => void) | null }) {
  const { format } = useSession();
  if (tenant.stoppedAt === null) return null;
  return (
    <div class="office-stopped">
      <Note tone="warning">
        <p>
          <strong>
            {say("All outreach from {office} has been stopped since {time}.", {
              office: tenant.name,
              time: format.instant(tenant.stoppedAt),
            })}
          </strong>{" "}
          {say("No emails will go out until it’s resumed.")}
          {onResume === null && ` ${say("A team lead or an administrator can resume it.")}`}
        </p>
        {onResume && <Button onClick={onResume}>{say("Resume…")}</Button>}
      </Note>
    </div>
  );
}

const loadApprovals = () => import("./settings/approvals.tsx").then(({ ApprovalsNote: View }) => ({ View }));

/**
 * The frame around every view. The frame says that the office's outreach is stopped, or offers the
 * button that stops the outreach.
 */
export function OfficeOutreachFrame({ children }: { children: ComponentChildren }) {
  const { view, tokens, api, cache, status, epoch, propertyId, go, mayAct } = useSession();
  const { data: tenant, set } = useResource<Tenant>("tenant", ({ api }) => ({
    fetch: (signal) => api.tenant(signal),
    shouldPoll: ({ stoppedAt }) => stoppedAt !== null,
  }));
  const action = useAction();
  const [asked, setAsked] = useState<Change | null>(null);
  if (tenant === undefined) return <>{children}</>;
  const isStopped = tenant.stoppedAt !== null;
  const maySteer = canStopOutreach(tokens.role());
  const close = () => {
    setAsked(null);
    action.forget();
  };
  const carryOut = (change: Change) =>
    action.run(async () => {
      set({ ...tenant, ...(await api.setOutreach(change)) });
      status.value = say(explanations[change].said);
      setAsked(null);
      // A stop or a resume changes every planned email on the screen.
      cache.delete("campaigns");
      epoch.value++;
    });
  // The home is about the whole office, so the office's buttons stand at its top.
  const isHome = propertyId === homePlace;
  const actions = mayAct() && view.value.name === "campaigns" && (
    <div class={isHome ? "office-actions is-top" : "office-actions"}>
      {maySteer && <LazyView load={loadApprovals} props={{}} isQuiet />}
      {maySteer && !isStopped && (
        <Button kind="quiet" onClick={() => setAsked("stop")}>
          {say("Stop all outreach…")}
        </Button>
      )}
      <Button
        kind="quiet"
        onClick={() => go({ name: "settings", field: null, returnTo: { name: "campaigns" } })}
      >
        {say("Office settings")}
      </Button>
    </div>
  );
  return (
    <>
      <StoppedBanner tenant={tenant} onResume={maySteer ? () => setAsked("resume") : null} />
      {isHome && actions}
      {children}
      {!isHome && actions}
      {asked && (
        <OutreachDialog
          change={asked}
          office={tenant.name}
          action={action}
          onConfirm={() => carryOut(asked)}
          onClose={close}
        />
      )}
    </>
  );
}
