import { signal } from "@preact/signals";

/** The state of adding past weeks of emails to the demo. */
const state = signal<"none" | "adding" | "added" | "failed">("none");

async function addPastWeeks(): Promise<void> {
  state.value = "adding";
  try {
    const { ok } = await fetch("/demo/past", { method: "POST" });
    state.value = ok ? "added" : "failed";
  } catch {
    state.value = "failed";
  }
}

const texts = {
  none: "Add past weeks of emails and replies",
  adding: "Adding past weeks…",
  failed: "That failed. Try again",
};

/**
 * Renders the button that adds past weeks of emails, so that the Outreach page has figures to show.
 */
export function PastWeeksButton() {
  if (state.value === "added") return null;
  return (
    <p class="past-weeks">
      Demo:{" "}
      <button type="button" disabled={state.value === "adding"} onClick={() => void addPastWeeks()}>
        {texts[state.value]}
      </button>
    </p>
  );
}
