import { useRef, useState } from "preact/hooks";
import { RequestFailure } from "../data/api.ts";
import { useSession } from "../session/state.ts";

export type ActionState = {
  isBusy: boolean;
  failure: RequestFailure | null;
  run: (work: () => Promise<void>) => void;
  forget: () => void;
};

/**
 * Returns `run`, which runs one action at a time, and the state of that action. A second click does
 * nothing until the first action has finished.
 */
export function useAction(): ActionState {
  const { noteFailure } = useSession();
  const isRunning = useRef(false);
  const [state, setState] = useState<{ isBusy: boolean; failure: RequestFailure | null }>({
    isBusy: false,
    failure: null,
  });
  const attempt = async (work: () => Promise<void>) => {
    isRunning.current = true;
    setState({ isBusy: true, failure: null });
    let failure: RequestFailure | null = null;
    try {
      await work();
    } catch (cause) {
      failure =
        cause instanceof RequestFailure
          ? cause
          : new RequestFailure("internal", "Something went wrong in this tab.");
      noteFailure(failure);
    }
    isRunning.current = false;
    setState({ isBusy: false, failure });
  };
  return {
    ...state,
    run: (work) => {
      if (!isRunning.current) void attempt(work);
    },
    forget: () => setState({ isBusy: false, failure: null }),
  };
}
