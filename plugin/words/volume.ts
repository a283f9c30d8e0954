import type { DomainVolume } from "../../shared/domain-volume.ts";
import type { Formats } from "./format.ts";
import { say } from "./say.ts";

/**
 * Returns the sentence that warns of the daily number of emails from which mailbox providers treat
 * a domain as a bulk sender.
 */
export const describeBulkSenderLimit = (
  { bulkLimit }: DomainVolume,
  { number }: Pick<Formats, "number">,
): string =>
  say("At {bulkLimit} a day, Gmail and Microsoft permanently treat the domain as a bulk sender.", {
    bulkLimit: number(bulkLimit),
  });
