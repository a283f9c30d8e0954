/** The facts about a tenant that law and licensing boards want in every email. */
export type TenantDisclosure = {
  name: string;
  postalAddress: string;
  license: string | null;
  /** Null if the office has said that no such line applies. */
  equalHousingLine: string | null;
};

export type TenantFault = {
  field: `tenant.${"name" | "postalAddress" | "license" | "equalHousingLine"}`;
  message: string;
};

/**
 * Returns the fields a tenant must fill in before any email leaves in its name.
 * - Name and postal address: CAN-SPAM Act, 15 U.S.C. §7704(a)(5).
 * - License number: state advertising rules. Either the brokerage has a number, or every sender has
 *   one.
 * - Fair-housing line, unless the office set the line to null on purpose.
 * @param senders all senders of the campaign
 */
export function findTenantFaults(
  office: TenantDisclosure,
  senders: readonly { license: string | null }[],
): TenantFault[] {
  const faults: TenantFault[] = [];
  if (isBlank(office.name)) faults.push({ field: "tenant.name", message: "must not be empty" });
  if (isBlank(office.postalAddress)) {
    faults.push({ field: "tenant.postalAddress", message: "is needed: the law wants it in every email" });
  }
  if (isBlank(office.license) && senders.some(({ license }) => isBlank(license))) {
    faults.push({ field: "tenant.license", message: "is needed, or a license of each sender's own" });
  }
  if (office.equalHousingLine !== null && isBlank(office.equalHousingLine)) {
    faults.push({
      field: "tenant.equalHousingLine",
      message: "must not be blank; set it to null where none applies",
    });
  }
  return faults;
}

const isBlank = (text: string | null) => text === null || text.trim() === "";
