import { splitValues } from "../value-marks.ts";
import { encodeForUrl } from "./link-values.ts";

/** `unusable` names the variables whose values can't stand at their place in a web address. */
export type FilledText = { text: string; unusable: string[] };

/**
 * Puts the values into an author's text part. A value inside a web address is encoded for its
 * place. A value such as `www.example.com` gets the scheme https, as in the HTML part.
 */
export function fillTextValues(marked: string): FilledText {
  const parts = splitValues(marked);
  const unusable: string[] = [];
  let text = "";
  for (const [index, { text: own, variable }] of parts.entries()) {
    if (variable === null) {
      text += own;
      continue;
    }
    const address = /https?:\/\/[^\s<>"]*$/i.exec(text.slice(-maxAddressLength))?.[0];
    const filled =
      address === undefined ? completeWebAddress(own) : encodeForUrl(address, own, readNext(parts, index));
    if (filled === null) unusable.push(variable);
    else text += filled;
  }
  return { text, unusable };
}

const maxAddressLength = 2000;

const readNext = (parts: readonly { text: string }[], index: number) => parts[index + 1]?.text ?? "";

const completeWebAddress = (value: string) =>
  /^\s*www\.[^\s.]+\.\S+\s*$/i.test(value) ? (encodeForUrl("", value, "") ?? value) : value;
