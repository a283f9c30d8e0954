import { findPropertyHomeKeys } from "./compliance/address-keys.ts";
import { findPropertyState } from "./compliance/property-state.ts";

/** The fields of a recipient's row that are computed from the property's address. */
export type RecipientHomeFields = {
  /** The two-letter code of the property's state; null if the state is unknown. */
  propertyState: string | null;
  /**
   * The keys under which a do-not-solicit list would name the home; null if the home's address is
   * unknown.
   */
  addressKeys: string[] | null;
};

export const findHomeFields = (property: Readonly<Record<string, unknown>>): RecipientHomeFields => ({
  propertyState: findPropertyState(property),
  addressKeys: findPropertyHomeKeys(property),
});
