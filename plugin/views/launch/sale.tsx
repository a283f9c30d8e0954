import { limits } from "../../../shared/limits.ts";
import { type SaleRole, saleRoles } from "../../../shared/vocabulary.ts";
import { formatNearbySaleNews } from "../../../shared/words/nearby-sale.ts";
import type { NearbySaleFields } from "../../session/launch-draft.ts";
import { useSession } from "../../session/state.ts";
import { say, translatedTable } from "../../words/say.ts";
import type { LaunchViewData } from "./view-data.ts";

const roleNames = translatedTable<SaleRole>({
  listingSide: "My office listed it",
  buyersSide: "My office represented the buyers",
  neither: "Another brokerage sold it",
});

/**
 * Shows the fields for the nearby sale that the emails mention. The Worker builds the emails'
 * sentence about the sale from these fields.
 */
export function LaunchSaleFields({ view }: { view: LaunchViewData }) {
  const { tokens } = useSession();
  const { draft, change, nearbySale } = view;
  const { sale } = draft;
  const set = (part: Partial<NearbySaleFields>) => change({ sale: { ...sale, ...part } });
  const today = new Date(tokens.now()).toISOString().slice(0, 10);
  const isTooEarly = sale.closedOn > today;
  return (
    <section>
      <h3 class="group-title">{say("Which sale")}</h3>
      <div class="fields">
        <label class="field">
          <span>{say("Address of the home that sold")}</span>
          <input
            type="text"
            autocomplete="off"
            maxLength={limits.nameLength}
            value={sale.address}
            onInput={(event) => set({ address: event.currentTarget.value })}
          />
        </label>
        <label class="field">
          <span>{say("Your office’s role")}</span>
          <select
            value={sale.role ?? ""}
            onChange={(event) =>
              set({ role: saleRoles.find((role) => role === event.currentTarget.value) ?? null })
            }
          >
            <option value="">{say("Choose…")}</option>
            {saleRoles.map((role) => (
              <option value={role} key={role}>
                {roleNames[role]}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <span>{say("Closing date")}</span>
          <input
            type="date"
            max={today}
            value={sale.closedOn}
            aria-invalid={isTooEarly ? "true" : undefined}
            onInput={(event) => set({ closedOn: event.currentTarget.value })}
          />
        </label>
        {sale.role === "neither" && (
          <label class="field">
            <span>{say("Where it’s on record, such as your MLS")}</span>
            <input
              type="text"
              autocomplete="off"
              maxLength={limits.nameLength}
              value={sale.source}
              onInput={(event) => set({ source: event.currentTarget.value })}
            />
          </label>
        )}
      </div>
      {isTooEarly && (
        <p class="fine missing" role="alert">
          {say("You can only mention a sale that has closed.")}
        </p>
      )}
      {nearbySale && <p class="fine">“{formatNearbySaleNews(nearbySale, tokens.now(), view.language)}”</p>}
    </section>
  );
}
