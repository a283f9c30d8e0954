import type { GateReason } from "../../shared/gate-reason.ts";
import type { ListingFinding } from "../../shared/listing-finding.ts";
import type { ErrorCode } from "../../shared/vocabulary.ts";

type HomeFinding = ListingFinding & { propertyId: string | null };

/** The details of a refusal by a gate (a check before a launch or an email), besides the texts. */
type GateDetails = {
  reason: GateReason;
  /** The reason behind each text in `fields`. */
  fieldReasons: Readonly<Record<string, GateReason>>;
  /** Each home about which the listing guard forbids emails, with the reason. */
  findings?: readonly HomeFinding[] | undefined;
};

/**
 * The error that the API shows to its client. `code` is one of a closed list, `message` is for a
 * person, and `fields` maps a dotted path in the request to the fault there. `gate` has each reason
 * as a code with values, so that a client can write its own words.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly fields: Readonly<Record<string, string>> | undefined;
  readonly gate: GateDetails | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    fields?: Readonly<Record<string, string>>,
    gate?: GateDetails,
  ) {
    super(message);
    this.code = code;
    this.fields = fields;
    this.gate = gate;
  }
}
