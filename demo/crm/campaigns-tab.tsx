import { useCallback } from "preact/hooks";
import type { PropertyRecord } from "../data/records.ts";
import { type CampaignsElement, toDoorknockProperty } from "./doorknock.ts";

/**
 * Renders the Campaigns tab: the `doorknock-campaigns` element with this property and its contacts.
 */
export function CampaignsTab({ property }: { property: PropertyRecord }) {
  const fill = useCallback(
    (element: CampaignsElement | null) => {
      if (element === null) return;
      element.property = toDoorknockProperty(property);
      element.contacts = property.contacts;
    },
    [property],
  );
  return <doorknock-campaigns property-id={property.id} ref={fill} />;
}
