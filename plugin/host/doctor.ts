import { createTokenSource, TokenFault } from "../session/token.ts";
import type { DoorknockElement, InitOptions, LoaderSettings } from "./host.ts";
import { type HostErrorCode, hostErrors } from "./host-errors.ts";
import { isOfAnotherProperty, lackNames, lacksAddress, toApiProperty, toContacts } from "./mapping.ts";
import { findApi, isHomeElement } from "./place.ts";
import { findBlock } from "./reach.ts";
import { listTokenFaults } from "./token-faults.ts";

/** The faults of a page that only `Doorknock.doctor` finds. No `dk:error` has these codes. */
export const pageFaults = {
  noGetToken: "The page has not called `init` with `getToken`. Add the call.",
  noElement:
    "The page has no `doorknock-campaigns` now. Open the place that shows the tab, and call `doctor` again.",
  noPropertyId: 'An element has neither `property-id` nor `view="home"`. Set one of them.',
} as const;

type FaultCode = HostErrorCode | keyof typeof pageFaults;
/** A fault of the host's page. `element` is null if the fault is about the whole page. */
export type PageFinding = { code: FaultCode; message: string; element: Element | null };

/** The most elements of a page that are checked. */
const mostElements = 20;
const answerMs = 10_000;

const texts: Readonly<Record<FaultCode, string>> = { ...hostErrors, ...pageFaults };
const buildFinding = (code: FaultCode, element: Element | null = null, detail = ""): PageFinding => ({
  code,
  message: [texts[code], detail].filter(Boolean).join(" "),
  element,
});

const findPropertyId = (element: Element) => element.getAttribute("property-id") || null;

/**
 * Checks the page that embeds the tab: its elements and records, the way to the API, and the token
 * for each property. Calls `getToken`, and changes nothing.
 * @returns the faults; an empty list if all is well
 */
export async function examinePage(shared: LoaderSettings): Promise<PageFinding[]> {
  const { config } = shared;
  const elements = [...document.querySelectorAll<DoorknockElement>("doorknock-campaigns")];
  const checked = elements.slice(0, mostElements);
  const api = findApi(shared).replace(/\/$/, "");
  const block = await findBlock(api);
  const findings = checked.flatMap((element) => listElementFaults(element, config));
  if (elements.length === 0) findings.push(buildFinding("noElement"));
  if (block !== null)
    findings.push(
      buildFinding(block, null, `The page's origin is ${location.origin}, and the API is at ${api}.`),
    );
  if (!config.getToken) return [...findings, buildFinding("noGetToken")];
  const { getToken } = config;
  const shown = checked.filter((element) => isHomeElement(element) || findPropertyId(element) !== null);
  const ofTokens = shown.map(
    async (element) => await findTokenFault(element, getToken, block === null ? api : null),
  );
  return [...findings, ...(await Promise.all(ofTokens)).filter((finding) => finding !== null)];
}

function listElementFaults(element: DoorknockElement, config: InitOptions): PageFinding[] {
  const { mapProperty = (record) => record, mapContacts = (records) => records } = config;
  const propertyId = findPropertyId(element);
  const property = element.property && mapProperty(element.property);
  const contacts = element.contacts ? mapContacts(element.contacts) : [];
  const isOther = [property, ...contacts].some(
    (record) => record && isOfAnotherProperty(record, propertyId ?? ""),
  );
  const rules: [isFault: boolean, code: FaultCode][] = [
    [propertyId === null && !isHomeElement(element), "noPropertyId"],
    [element.matches("[property], [contacts]"), "recordAsAttribute"],
    [property !== null && lacksAddress(toApiProperty(property, propertyId ?? "")), "noAddress"],
    [lackNames(toContacts(contacts)), "noName"],
    [propertyId !== null && isOther, "otherProperty"],
  ];
  return rules.flatMap(([isFault, code]) => (isFault ? [buildFinding(code, element)] : []));
}

/**
 * Asks for the token of an element's property, and shows the token to the API.
 * @param api null if the page does not reach the API; then only `getToken` itself is checked
 */
async function findTokenFault(
  element: Element,
  getToken: NonNullable<InitOptions["getToken"]>,
  api: string | null,
): Promise<PageFinding | null> {
  const propertyId = isHomeElement(element) ? null : findPropertyId(element);
  try {
    const token = await createTokenSource(() => getToken({ propertyId })).get();
    if (api === null) return null;
    const { status } = await fetch(`${api}/api/tenant`, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(answerMs),
    });
    if (status !== 401 && status !== 403) return null;
    return buildFinding("tokenRefused", element, listTokenFaults(token, propertyId, Date.now()).join(" "));
  } catch (error) {
    return buildFinding(error instanceof TokenFault ? error.code : "offline", element);
  }
}
