import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { Tenant } from "../../shared/tenant.ts";
import type { Role } from "../../shared/vocabulary.ts";
import { useResource } from "../data/use-resource.ts";
import { homePagePropertyId, useSession } from "../session/state.ts";
import { useAction } from "../ui/action.ts";
import { Button } from "../ui/button.tsx";
import { say } from "../words/say.ts";
import { LazyView } from "./lazy-view.tsx";
import type { OutreachChange } from "./outreach-dialog.tsx";

/**
 * Tells whether a role may stop the whole office's outreach. The Worker also checks the role at
 * each request.
 */
export const canStopOutreach = (role: Role | null) => role === "teamLead" || role === "admin";

const loadDialog = () => import("./outreach-dialog.tsx").then(({ OutreachDialog: View }) => ({ View }));

const loadBanner = () => import("./stopped-banner.tsx").then(({ StoppedBanner: View }) => ({ View }));
const loadApprovals = () =>
  import("./settings/approvals.tsx").then(({ CampaignApprovalsNote: View }) => ({ View }));

/**
 * Shows the frame around every view. If the office's outreach is stopped, the frame says so;
 * otherwise the frame offers a button that stops the outreach.
 */
export function OfficeOutreachFrame({ children }: { children: ComponentChildren }) {
  const { view, tokens, api, cache, status, epoch, propertyId, go, mayAct } = useSession();
  const { data: tenant, set } = useResource<Tenant>("tenant", ({ api }) => ({
    fetch: (signal) => api.tenant(signal),
    shouldPoll: ({ stoppedAt }) => stoppedAt !== null,
  }));
  const action = useAction();
  const [asked, setAsked] = useState<OutreachChange | null>(null);
  if (tenant === undefined) return <>{children}</>;
  const isStopped = tenant.stoppedAt !== null;
  const maySteer = canStopOutreach(tokens.role());
  const close = () => {
    setAsked(null);
    action.forget();
  };
  const carryOut = (change: OutreachChange) =>
    action.run(async () => {
      set({ ...tenant, ...(await api.setOutreach(change)) });
      status.value = change === "stop" ? say("All outreach is stopped.") : say("Outreach resumed.");
      setAsked(null);
      // A stop or a resume changes every planned email on the screen.
      cache.delete("campaigns");
      epoch.value++;
    });
  // The agent's home page concerns the whole office, so this page also has the office's buttons.
  const isHome = propertyId === homePagePropertyId;
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
      {isStopped && (
        <LazyView
          load={loadBanner}
          props={{ tenant, onResume: maySteer ? () => setAsked("resume") : null }}
          isQuiet
        />
      )}
      {isHome && actions}
      {children}
      {!isHome && actions}
      {asked && (
        <LazyView
          load={loadDialog}
          props={{
            change: asked,
            office: tenant.name,
            action,
            onConfirm: () => carryOut(asked),
            onClose: close,
          }}
          isQuiet
        />
      )}
    </>
  );
}
