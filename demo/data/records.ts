/**
 * Records as this CRM stores them: names of the RESO Data Dictionary, and a few fields of its own
 * in lower case.
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
  /** The postal address. An absentee owner's address is not the property's. */
  MailingAddress: string;
  TimeZone: string;
  kind: "Owner" | "Co-owner" | "Company" | "Trustee" | "Personal representative";
};

export type Activity = {
  on: string;
  text: string;
};
