import { Component, type ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import { RequestFailure } from "../data/api.ts";
import {
  homePagePropertyId,
  type Session,
  SessionContext,
  type SessionEnd,
  useSession,
} from "../session/state.ts";
import { Button } from "../ui/button.tsx";
import { FailureNotice } from "../ui/feedback.tsx";
import type { PlainPhrase } from "../words/phrases.ts";
import { say } from "../words/say.ts";
import { CampaignsView } from "./campaigns.tsx";
import { LazyView } from "./lazy-view.tsx";
import { OfficeOutreachFrame } from "./office-outreach.tsx";

/**
 * The views that are loaded on first use. The list of campaigns is not among these views, because
 * the tab opens with that list.
 */
const loaders = {
  launch: () => import("./launch/launch.tsx").then(({ LaunchView: View }) => ({ View })),
  campaign: () => import("./campaign/campaign.tsx").then(({ CampaignView: View }) => ({ View })),
  steps: () => import("./step-change/step-change.tsx").then(({ StepChangeView: View }) => ({ View })),
  people: () => import("./people/people.tsx").then(({ PeopleView: View }) => ({ View })),
  recipient: () => import("./recipient/recipient.tsx").then(({ RecipientView: View }) => ({ View })),
  sequences: () => import("./sequence/sequences.tsx").then(({ SequencesView: View }) => ({ View })),
  sequence: () => import("./sequence/sequence.tsx").then(({ SequenceView: View }) => ({ View })),
  settings: () => import("./settings/settings.tsx").then(({ SettingsView: View }) => ({ View })),
  home: () => import("./home/home.tsx").then(({ AgentHomePageView: View }) => ({ View })),
};

function CurrentView() {
  const session = useSession();
  const view = session.view.value;
  if (view.name === "launch") return <LazyView key="launch" load={loaders.launch} props={{}} />;
  if (view.name === "campaign" || view.name === "steps" || view.name === "people") {
    return <LazyView key={`${view.name} ${view.id}`} load={loaders[view.name]} props={view} />;
  }
  if (view.name === "recipient") {
    return <LazyView key={`recipient ${view.id}`} load={loaders.recipient} props={view} />;
  }
  if (view.name === "sequences") return <LazyView key="sequences" load={loaders.sequences} props={{}} />;
  if (view.name === "sequence") {
    return <LazyView key={`sequence ${view.id}`} load={loaders.sequence} props={view} />;
  }
  if (view.name === "settings") return <LazyView key="settings" load={loaders.settings} props={view} />;
  if (session.propertyId === homePagePropertyId)
    return <LazyView key="home" load={loaders.home} props={{}} />;
  return <CampaignsView />;
}

const signInAgain = "Running campaigns will continue. Sign in to your CRM again, then reconnect.";
const notSignedIn = ["Your CRM couldn’t sign you in", signInAgain] as const;
const blocked = [
  "This page can’t reach Doorknock",
  "Tell the people who look after your CRM. The browser’s console names the reason.",
] as const;
const endTexts: Readonly<Record<SessionEnd, readonly [title: PlainPhrase, text: PlainPhrase]>> = {
  sessionEnded: [
    "Your session has ended",
    "Running campaigns will continue. Reconnect to see and change them.",
  ],
  tokenTimedOut: ["Your CRM takes too long to sign you in", signInAgain],
  tokenFailed: notSignedIn,
  tokenUnusable: notSignedIn,
  tokenRefused: notSignedIn,
  blockedByPolicy: blocked,
  originNotAllowed: blocked,
};

/**
 * Shows the notice that the session has ended. The current view stays on the screen below the
 * notice, so that the agent's choices are not lost.
 */
function SessionEnded() {
  const { ended, reconnect } = useSession();
  if (ended.value === null) return null;
  const [title, text] = endTexts[ended.value];
  return (
    <div class="session-ended" role="alert">
      <div>
        <strong>{say(title)}</strong>
        <p>{say(text)}</p>
      </div>
      <Button kind="primary" onClick={reconnect}>
        {say("Reconnect")}
      </Button>
    </div>
  );
}

function LiveRegions() {
  const { status, alert } = useSession();
  return (
    <>
      <p class="unseen" role="status">
        {status.value}
      </p>
      <p class="unseen" role="alert">
        {alert.value}
      </p>
    </>
  );
}

type CrashProps = {
  session: Session;
  children: ComponentChildren;
};

class CrashBoundary extends Component<CrashProps, { hasCrashed: boolean }> {
  override state = { hasCrashed: false };
  override componentDidCatch(error: unknown) {
    this.setState({ hasCrashed: true });
    const message = error instanceof Error ? error.message : String(error);
    this.props.session.emit("error", { code: "crashed", message });
  }
  override render() {
    if (!this.state.hasCrashed) return this.props.children;
    const reload = () => {
      this.props.session.cache.clear();
      this.props.session.draft.value = null;
      this.props.session.go({ name: "campaigns" });
      this.setState({ hasCrashed: false });
    };
    return (
      <FailureNotice
        failure={new RequestFailure("badAnswer", "Something went wrong in this tab.")}
        onRetry={reload}
      />
    );
  }
}

/**
 * Reports the facts in the host's records about the property to the Worker, while the tab is on the
 * page.
 */
function useListingReports(session: Session): void {
  useEffect(() => {
    if (session.propertyId === homePagePropertyId) return;
    let isShown = true;
    let end = () => {
      isShown = false;
    };
    import("../session/listing-reporter.ts").then(({ startListingReports }) => {
      if (isShown) end = startListingReports(session);
    }, session.noteMissingPart);
    return () => end();
  }, [session]);
}

export function App({ session }: { session: Session }) {
  useListingReports(session);
  return (
    <SessionContext.Provider value={session}>
      <LiveRegions />
      <SessionEnded />
      <CrashBoundary session={session}>
        <OfficeOutreachFrame>
          <CurrentView />
        </OfficeOutreachFrame>
      </CrashBoundary>
    </SessionContext.Provider>
  );
}
