import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { RequestFailure } from "../data/api.ts";
import type { ResourceHandle } from "../data/use-resource.ts";
import { hasRole } from "../session/roles.ts";
import { useSession } from "../session/state.ts";
import { describeMissingSettings, getSettingRole, listMissingSettings } from "../words/outreach.ts";
import type { FailurePhrase, PlainPhrase } from "../words/phrases.ts";
import { say, sayMessage } from "../words/say.ts";
import { Button } from "./button.tsx";
import { Icon, type IconName } from "./icon.tsx";

const titles: Partial<Record<RequestFailure["code"], PlainPhrase>> = {
  offline: "No connection",
  forbidden: "You don’t have permission to do this",
  notFound: "This no longer exists",
};
const explanations: Partial<Record<RequestFailure["code"], FailurePhrase>> = {
  offline: "Doorknock can’t be reached. Check the connection and try again.",
  partMissing: "Part of this tab couldn’t be loaded. Try again, or reload the page.",
  forbidden: "Your role doesn’t allow this. Ask your administrator for access.",
  unavailable: "Doorknock is busy. Try again in a moment.",
  internal: "Something went wrong on our side. Try again in a moment.",
};

/**
 * Shows the notice of a failed request, in the part of the screen that needs the answer to the
 * request.
 */
export function FailureNotice({ failure, onRetry }: { failure: RequestFailure; onRetry?: () => void }) {
  const { alert, tokens, view, go } = useSession();
  const missing = listMissingSettings(failure.fields);
  const openable = missing.filter((one) => hasRole(tokens.role(), getSettingRole(one)));
  const isSettings = missing.length > 0;
  const title = isSettings
    ? say("Your office isn’t set up yet")
    : say(titles[failure.code] ?? "That didn’t work");
  const explanation = isSettings
    ? describeMissingSettings(missing, openable.length > 0)
    : sayMessage(explanations[failure.code] ?? failure.message);
  useEffect(() => {
    alert.value = `${title}. ${explanation}`;
  }, [alert, title, explanation]);
  return (
    <div class="problem">
      <Icon name="warning" />
      <div>
        <strong>{title}</strong>
        <p>{explanation}</p>
        {failure.requestId && !isSettings && (
          <p class="fine">{say("Reference {requestId}", { requestId: failure.requestId })}</p>
        )}
        {openable.map(({ path, message }) => (
          <Button
            key={path}
            label={say("Fill this in: {message}", { message: sayMessage(message) })}
            onClick={() => go({ name: "settings", field: path, returnTo: view.value })}
          >
            {openable.length > 1 ? sayMessage(message) : say("Fill this in")}
          </Button>
        ))}
        {onRetry && failure.code !== "forbidden" && <Button onClick={onRetry}>{say("Try again")}</Button>}
      </div>
    </div>
  );
}

/**
 * Shows a placeholder that looks roughly like the content that is being loaded. CSS hides the
 * placeholder for the first 200 ms.
 */
export function Skeleton({ rows = 3 }: { rows?: number }) {
  return (
    <div class="skeleton" aria-hidden="true">
      {Array.from({ length: rows }, (_, index) => (
        <div class="skeleton-row" key={index} />
      ))}
    </div>
  );
}

type LoadingProps<T> = {
  resource: Pick<ResourceHandle<T>, "data" | "failure" | "reload">;
  rows?: number;
  children: (data: T) => ComponentChildren;
};

/**
 * Shows content from the Worker: a skeleton at first, then the data or the failure. A failed
 * refresh is shown above the data of the last load.
 */
export function LoadedContent<T>({ resource, rows = 3, children }: LoadingProps<T>) {
  const { data, failure, reload } = resource;
  const { ended } = useSession();
  // The notice at the top of the tab tells of a session that has ended.
  const isShownHere = failure && failure.code !== "sessionEnded" && ended.value === null;
  return (
    <>
      {isShownHere && <FailureNotice failure={failure} onRetry={reload} />}
      {data !== undefined ? children(data) : !failure && <Skeleton rows={rows} />}
    </>
  );
}

type EmptyProps = {
  icon: IconName;
  title: string;
  children?: ComponentChildren;
};

export function EmptyState({ icon, title, children }: EmptyProps) {
  return (
    <div class="empty">
      <span class="empty-icon">
        <Icon name={icon} />
      </span>
      <h3>{title}</h3>
      {children}
    </div>
  );
}

type NoteProps = { tone: "info" | "warning"; icon?: IconName; children: ComponentChildren };

export function Note({ tone, icon = tone === "warning" ? "warning" : "clock", children }: NoteProps) {
  return (
    <div class={`note ${tone}`}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}
