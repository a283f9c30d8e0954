/**
 * A property record of this CRM. Names that begin with a capital letter come from the RESO Data
 * Dictionary. Names that begin with a small letter are the CRM's own.
 */
export type PropertyRecord = {
  id: string;
  UnparsedAddress: string;
  StreetNumber: string;
  StreetName: string;
  StreetSuffix?: string;
  UnitNumber?: string;
  City: string;
  StateOrProvince: string;
  PostalCode: string;
  CountyOrParish: string;
  ParcelNumber: string;
  PropertySubType: string;
  StandardStatus: "Active" | "Pending" | "Expired" | "Off Market";
  ListPrice?: number;
  estimatedValue: number;
  BedroomsTotal: number;
  BathroomsTotalInteger: number;
  LivingArea: number;
  LotSizeSquareFeet?: number;
  YearBuilt: number;
  YearsCurrentOwner: number;
  OccupantType: "Owner" | "Tenant" | "Vacant";
  OwnerName: string;
  note: string;
  contacts: ContactRecord[];
  activities: Activity[];
};

export type ContactRecord = {
  ContactKey: string;
  FullName: string;
  FirstName?: string;
  LastName?: string;
  Email?: string;
  MobilePhone?: string;
  /**
   * The owner's postal address, which differs from the property's address if the owner lives
   * elsewhere.
   */
  MailingAddress: string;
  TimeZone: string;
  /**
   * The way in which the CRM learned of the person, and the date of the event, such as a court
   * filing.
   */
  Source?: string;
  SourceDate?: string;
  kind: "Owner" | "Co-owner" | "Company" | "Trustee" | "Estate contact";
};

export type Activity = {
  on: string;
  text: string;
};
