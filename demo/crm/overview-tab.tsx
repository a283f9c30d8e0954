import type { PropertyRecord } from "../data/records.ts";
import { formatMoney, formatNumber } from "./format.ts";

export function OverviewTab({ property }: { property: PropertyRecord }) {
  return (
    <>
      <dl class="figures">
        <Figure label="Estimate" value={formatMoney(property.estimatedValue)} />
        {property.ListPrice !== undefined && (
          <Figure label="List price" value={formatMoney(property.ListPrice)} />
        )}
        <Figure label="Owned for" value={`${property.YearsCurrentOwner} years`} />
      </dl>
      <p class="remark">{property.note}</p>
      <dl class="facts">
        {listFacts(property).map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Figure({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function listFacts(property: PropertyRecord): [label: string, value: string][] {
  const lot = property.LotSizeSquareFeet;
  return [
    ["Type", property.PropertySubType],
    ["Bedrooms", String(property.BedroomsTotal)],
    ["Bathrooms", String(property.BathroomsTotalInteger)],
    ["Living area", `${formatNumber(property.LivingArea)} sq ft`],
    ...(lot === undefined ? [] : [["Lot", `${formatNumber(lot)} sq ft`] satisfies [string, string]]),
    ["Built", String(property.YearBuilt)],
    ["Occupied by", property.OccupantType === "Vacant" ? "Nobody" : property.OccupantType],
    ["County", property.CountyOrParish],
    ["Parcel", property.ParcelNumber],
  ];
}
