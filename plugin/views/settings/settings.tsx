import { useMemo } from "preact/hooks";
import type { Tenant, TenantPatch } from "../../../shared/tenant.ts";
import { createSettingsApi } from "../../data/settings-api.ts";
import { useResource } from "../../data/use-resource.ts";
import type { ShownView } from "../../session/remembered-state.ts";
import { useSession } from "../../session/state.ts";
import { LoadedContent } from "../../ui/feedback.tsx";
import { ViewHeader } from "../../ui/header.tsx";
import { say } from "../../words/say.ts";
import { LazyView } from "../lazy-view.tsx";
import { CampaignApprovalsSection } from "./approvals.tsx";
import { ClaimsSection } from "./claims.tsx";
import { DoNotSolicitSection } from "./do-not-solicit-lists.tsx";
import { ListingGuardSection } from "./listings.tsx";
import { OfficeSection } from "./office.tsx";
import { PoliciesSection } from "./policies.tsx";
import { EmailRecordsSection } from "./records.tsx";
import { returnLabels } from "./section.tsx";
import { SendersSection } from "./senders.tsx";
import { useSettingsStyleSheet } from "./sheet.ts";
import { SourceRulesSection } from "./sources.tsx";
import { TemplateApprovalsSection } from "./template-approvals.tsx";
import { DomainVolumesSection } from "./volumes.tsx";

/** Loads the section with the start rules, which few offices change. */
const loadStartRules = () => import("./start-rules.tsx").then(({ StartRulesSection: View }) => ({ View }));

/**
 * Shows the office's settings. Every agent can read the settings. For each change, the Worker
 * checks whether the agent's role allows the change.
 */
export function SettingsView({ returnTo }: { returnTo: ShownView }) {
  const session = useSession();
  const settings = useMemo(() => createSettingsApi(session.api), [session]);
  const tenant = useResource<Tenant>("tenant", ({ api }) => ({ fetch: (signal) => api.tenant(signal) }));
  const changed = (now: Tenant) => {
    tenant.set(now);
    // The frame around the view shows the office's name, so all views, including the frame, must
    // load their data again.
    session.epoch.value++;
  };
  const save = async (patch: TenantPatch) => changed(await session.api.changeTenant(patch));
  return (
    <>
      <ViewHeader
        title={say("Office settings")}
        back={{ label: returnLabels[returnTo.name], onClick: () => session.go(returnTo) }}
      />
      <div class="settings" ref={useSettingsStyleSheet()}>
        <LoadedContent resource={tenant} rows={6}>
          {(known) => (
            <>
              <CampaignApprovalsSection />
              <TemplateApprovalsSection tenant={known} onSave={save} />
              <OfficeSection tenant={known} onSave={save} />
              <SendersSection settings={settings} />
              <ClaimsSection tenant={known} settings={settings} onChange={changed} />
              <DoNotSolicitSection settings={settings} />
              <ListingGuardSection tenant={known} onSave={save} />
              <LazyView load={loadStartRules} props={{}} isQuiet />
              <PoliciesSection tenant={known} onSave={save} />
              <SourceRulesSection tenant={known} onSave={save} />
              <DomainVolumesSection tenant={known} />
              <EmailRecordsSection />
            </>
          )}
        </LoadedContent>
      </div>
    </>
  );
}
