import type { DomainVolume } from "../../shared/domain-volume.ts";
import type { Formats } from "./format.ts";
import { say } from "./say.ts";

/** Returns the sentence on what happens to a domain that sends too many emails in a day. */
export const describeBulkLimit = ({ bulkLimit }: DomainVolume, { number }: Pick<Formats, "number">): string =>
  say("At {bulkLimit} a day, Gmail and Microsoft permanently treat the domain as a bulk sender.", {
    bulkLimit: number(bulkLimit),
  });
