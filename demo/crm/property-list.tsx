import type { PropertyRecord } from "../data/records.ts";
import { writeToOwners } from "./doorknock.ts";
import { formatMoney, formatNumber } from "./format.ts";
import { cities, openDrawer, openOutreachPage, searchText, selectedCity, shownProperties } from "./state.ts";

export function PropertyList() {
  return (
    <>
      <div class="list-head">
        <h1>Properties</h1>
        <div class="filters">
          <label>
            <span class="visually-hidden">Search by address or owner</span>
            <input
              type="search"
              placeholder="Address or owner"
              value={searchText.value}
              onInput={(event) => {
                searchText.value = event.currentTarget.value;
              }}
            />
          </label>
          <label>
            <span class="visually-hidden">City</span>
            <select
              value={selectedCity.value}
              onChange={(event) => {
                selectedCity.value = event.currentTarget.value;
              }}
            >
              <option value="">All cities</option>
              {cities.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
          {shownProperties.value.length > 0 && (
            <button type="button" class="write-to-owners" onClick={writeToShownOwners}>
              Write to these owners
            </button>
          )}
        </div>
      </div>
      <table class="properties">
        <thead>
          <tr>
            <th>Property</th>
            <th>Owner</th>
            <th>Status</th>
            <th class="number">Estimate</th>
            <th class="details">Details</th>
          </tr>
        </thead>
        <tbody>
          {shownProperties.value.map((property) => (
            <Row key={property.id} property={property} />
          ))}
        </tbody>
      </table>
      {shownProperties.value.length === 0 && (
        <p class="nothing">
          No property matches.{" "}
          <button type="button" onClick={clearFilters}>
            Clear the filters
          </button>
        </p>
      )}
    </>
  );
}

/** Hands the listed properties to Doorknock, on the page with the outreach of every property. */
function writeToShownOwners(): void {
  openOutreachPage();
  writeToOwners(shownProperties.value);
}

function Row({ property }: { property: PropertyRecord }) {
  const [street, ...place] = property.UnparsedAddress.split(", ");
  return (
    // Keyboards and screen readers use the button inside the row. A click anywhere on the row has
    // the same effect.
    <tr onClick={() => openDrawer(property)}>
      <td>
        <button type="button" class="row-open" id={`open-${property.id}`}>
          {street}
        </button>
        <span class="place">{place.join(", ")}</span>
      </td>
      <td class="owner">{property.OwnerName}</td>
      <td>
        <StatusBadge status={property.StandardStatus} />
      </td>
      <td class="number">{formatMoney(property.estimatedValue)}</td>
      <td class="details">
        {property.BedroomsTotal} bd · {property.BathroomsTotalInteger} ba ·{" "}
        {formatNumber(property.LivingArea)} sq ft
      </td>
    </tr>
  );
}

export function StatusBadge({ status }: { status: PropertyRecord["StandardStatus"] }) {
  return <span class={`status ${status.toLowerCase().replace(" ", "-")}`}>{status}</span>;
}

function clearFilters(): void {
  searchText.value = "";
  selectedCity.value = "";
}
