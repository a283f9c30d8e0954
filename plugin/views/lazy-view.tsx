import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import { missingPart, useSession } from "../session/state.ts";
import { loadViewStyleSheet } from "../style/style.ts";
import { FailureNotice, Skeleton } from "../ui/feedback.tsx";
import { loadViewWords } from "../words/say.ts";

/**
 * Shows a part of the tab, and loads the code of the part on first use. The caller must always pass
 * the same `load`. If `isQuiet` is true, shows nothing while the code loads, because the loaded
 * part may also show nothing. If the code can't be loaded, always shows a notice.
 */
export function LazyView<P extends object>({
  load,
  props,
  isQuiet = false,
}: {
  load: () => Promise<{ View: ComponentType<P> }>;
  props: P;
  isQuiet?: boolean;
}) {
  const { noteMissingPart } = useSession();
  const [loaded, setLoaded] = useState<{ View: ComponentType<P> } | "failed" | null>(null);
  const fetchView = () => {
    setLoaded(null);
    Promise.all([load(), loadViewWords(), loadViewStyleSheet()]).then(
      ([view]) => setLoaded(view),
      async () => {
        if (!(await noteMissingPart())) setLoaded("failed");
      },
    );
  };
  // `load` is not a dependency, because a view's loader never changes while the view is mounted.
  useEffect(fetchView, []);
  if (loaded === null) return isQuiet ? null : <Skeleton />;
  if (loaded === "failed") return <FailureNotice failure={missingPart} onRetry={fetchView} />;
  return <loaded.View {...props} />;
}
