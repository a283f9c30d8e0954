import { advanceClock, clockFault, getDemoNow, isAdvancingClock } from "./clock.ts";
import { formatMoment } from "./format.ts";

const steps = [
  ["1h", "+1 hour"],
  ["1d", "+1 day"],
  ["3d", "+3 days"],
] as const;

/**
 * Renders the bar with which a visitor moves the demo's clock forward. The bar is not part of the
 * CRM.
 */
export function DemoBar({ isMailbox = false }: { isMailbox?: boolean }) {
  const now = getDemoNow();
  return (
    <section class="demo-bar" aria-label="Demo controls">
      <span class="demo-time" role="status">
        {clockFault.value ?? (
          <>
            <span class="demo-label">Demo time </span>
            {now && <time dateTime={now.toISOString()}>{formatMoment(now)}</time>}
            <span class="demo-label"> in Denver</span>
          </>
        )}
      </span>
      <span class="demo-buttons">
        {steps.map(([by, label]) => (
          <button
            key={by}
            type="button"
            disabled={isAdvancingClock.value}
            onClick={() => void advanceClock(by)}
          >
            {label}
          </button>
        ))}
        {isMailbox ? (
          <a href="/" target="doorknock-crm">
            CRM
          </a>
        ) : (
          <a href="/demo/mailbox" target="doorknock-mailbox">
            Mailbox
          </a>
        )}
      </span>
    </section>
  );
}
