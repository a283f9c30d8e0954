import { limits } from "../../shared/limits.ts";

/**
 * The values of one recipient that templates read as `recipient.*` and `property.*`. `byHand`: when
 * an agent last changed or removed a value, by path. The other values came with the launch.
 * `confirmed`: when an agent last filled in a value that was already known.
 */
export type RecipientTemplateData = {
  recipient: Record<string, unknown>;
  property: Record<string, unknown>;
  byHand?: Readonly<Record<string, number>>;
  confirmed?: Readonly<Record<string, number>>;
};

/**
 * Matches the names of the values that the Worker itself reads: names, addresses and the fields
 * that the listing guard needs.
 */
const ownNames =
  /name|representative|salutation|phone|address|street|unit|city|county|state|province|postal|zip|country|status|price|key|id$/i;
/**
 * A value whose name `ownNames` matches is always kept if the value has at most this many bytes.
 */
const longestOwnBytes = 500;

/**
 * Returns the data of one recipient, cut to the size limit if possible. Values that neither the
 * sequence's templates nor the Worker use are left out, the largest first. A host's record may have
 * a page of notes or sixty photos.
 * @param usedPaths the variables of the sequence's templates, such as `recipient.firstName`
 */
export function fitTemplateData(
  data: RecipientTemplateData,
  usedPaths: readonly string[],
): RecipientTemplateData {
  if (!isTemplateDataOversized(data)) return data;
  const used = new Set(usedPaths.map((path) => path.split(".").slice(0, 2).join(".")));
  const unused = (["recipient", "property"] as const)
    .flatMap((root) =>
      Object.entries(data[root]).map(([name, value]) => ({ root, name, bytes: countBytes(value) })),
    )
    .filter(({ root, name }) => !used.has(root) && !used.has(`${root}.${name}`))
    .filter(({ name, bytes }) => bytes > longestOwnBytes || !ownNames.test(name))
    .toSorted((one, other) => other.bytes - one.bytes);
  let excess = countBytes(data) - limits.templateDataBytes;
  const dropped = unused.filter(({ name, bytes }) => {
    const isNeeded = excess > 0;
    if (isNeeded) excess -= bytes + countBytes(name) + 1;
    return isNeeded;
  });
  const keep = (root: "recipient" | "property") => {
    const names = new Set(dropped.filter((one) => one.root === root).map(({ name }) => name));
    return Object.fromEntries(Object.entries(data[root]).filter(([name]) => !names.has(name)));
  };
  return { recipient: keep("recipient"), property: keep("property") };
}

export const isTemplateDataOversized = (data: RecipientTemplateData) =>
  countBytes(data) > limits.templateDataBytes;

/**
 * Returns a fault for each recipient whose data exceeds the size limit. The keys of the result are
 * fields of the request.
 */
export function findOversizedTemplateDataFaults(
  data: readonly RecipientTemplateData[],
): Record<string, string> {
  const fields: Record<string, string> = {};
  data.forEach((each, index) => {
    if (isTemplateDataOversized(each)) {
      fields[`recipients.${index}.templateData`] =
        `must be at most ${limits.templateDataBytes} bytes together with property`;
    }
  });
  return fields;
}

/** Returns the size of a value as JSON, which is the form in which the value is stored. */
function countBytes(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}
