import type { StepAnalytics } from "../../../shared/analytics.ts";
import { useSession } from "../../session/state.ts";
import { useFiguresStyleSheet } from "../../ui/figures-sheet.ts";
import { ProportionBar } from "../../ui/proportion-bar.tsx";
import { say } from "../../words/say.ts";
import { type FunnelRow, listFunnelRows } from "./funnel-rows.ts";

/**
 * Shows how many people got each email, and how many people replied or left the campaign after the
 * email.
 */
export function CampaignFunnel({ steps }: { steps: readonly StepAnalytics[] }) {
  const rows = listFunnelRows(steps);
  return rows.length === 0 ? null : <FunnelTable rows={rows} />;
}

function FunnelTable({ rows }: { rows: readonly FunnelRow[] }) {
  const { format } = useSession();
  const place = useFiguresStyleSheet();
  return (
    <div ref={place} class="funnel">
      <table class="figure-table">
        <caption class="unseen">{say("How far people got")}</caption>
        <thead>
          <tr>
            <th scope="col">{say("Step")}</th>
            <th scope="col">{say("Sent")}</th>
            <th scope="col">{say("Fewer")}</th>
            <th scope="col">{say("Replied")}</th>
            <th scope="col">{say("Left otherwise")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ position, sent, fewer, replied, left, share }, index) => (
            <tr key={position}>
              <th scope="row">
                {say("Step {position}", { position })}
                <ProportionBar share={share} />
              </th>
              <td>{format.number(sent)}</td>
              <td>{index === 0 ? "" : format.number(fewer)}</td>
              <td>{format.number(replied)}</td>
              <td>{format.number(left)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="fine">
        {say(
          "“Fewer” counts the people who got the email before and not this one. “Left otherwise” counts bounces, unsubscribes and spam reports.",
        )}
      </p>
    </div>
  );
}
