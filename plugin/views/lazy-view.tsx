import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { RequestFailure } from "../data/api.ts";
import { FailureNotice, Skeleton } from "../ui/feedback.tsx";

/** Shows a part of the tab whose code is loaded on first use. `load` must never change. */
export function LazyView<P extends object>({
  load,
  props,
}: {
  load: () => Promise<{ View: ComponentType<P> }>;
  props: P;
}) {
  const [loaded, setLoaded] = useState<{ View: ComponentType<P> } | "failed" | null>(null);
  const fetchView = () => {
    setLoaded(null);
    load().then(setLoaded, () => setLoaded("failed"));
  };
  // `load` is no dependency, because a view's loader never changes while the view is mounted.
  useEffect(fetchView, []);
  if (loaded === null) return <Skeleton />;
  if (loaded === "failed") {
    return (
      <FailureNotice
        failure={new RequestFailure("offline", "This view could not be loaded.")}
        onRetry={fetchView}
      />
    );
  }
  return <loaded.View {...props} />;
}
