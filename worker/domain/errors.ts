import type { ListingFinding } from "../../shared/listing-finding.ts";
import type { ErrorCode } from "../../shared/vocabulary.ts";

type HomeFinding = ListingFinding & { propertyId: string | null };

/**
 * The error that the API shows to its client. `code` is one of a closed list, `message` is for a
 * person, and `fields` maps a dotted path in the request to the fault there. `findings` has each
 * home about which the listing guard forbids emails, with the reason.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly fields: Readonly<Record<string, string>> | undefined;
  readonly findings: readonly HomeFinding[] | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    fields?: Readonly<Record<string, string>>,
    findings?: readonly HomeFinding[],
  ) {
    super(message);
    this.code = code;
    this.fields = fields;
    this.findings = findings;
  }
}
