/**
 * Every code of the event `dk:error`, with its meaning and its remedy for a host's developer.
 * docs/embedding.md has the same table, and a test compares both.
 */
export const hostErrors = {
  blockedByPolicy:
    "The page's Content Security Policy blocks calls to the API. Add the API's origin to `connect-src`.",
  originNotAllowed:
    "The office doesn't list the page's origin. Add the origin to the office's allowed origins.",
  tokenTimedOut: "`getToken` gave no token within 15 seconds. Let it answer or throw sooner.",
  tokenFailed: "`getToken` threw an error. Check the agent's session in your CRM, and your token endpoint.",
  tokenUnusable:
    "`getToken` returned something that is no token, such as the page of a login form. Check `response.ok` before you read the token.",
  tokenRefused: "The API refused the token. Check its header, its claims and the secret that signs it.",
  sessionEnded: "The API says that the tokens of `getToken` have expired. Sign a new token at each call.",
  recordAsAttribute:
    "`property` or `contacts` is an attribute of the element. Set both in a script: `element.property = {…}`.",
  noAddress:
    "The property has no street address. Give `UnparsedAddress`, or translate your record in `mapProperty`.",
  noName:
    "A contact has no name. Give `FullName`, or `FirstName` and `LastName`, or translate your records in `mapContacts`.",
  otherProperty: "A record has the id of another property. Set the records together with `property-id`.",
  browserTooOld: "The browser is older than the tab's minimum.",
  partMissing: "A part of the tab could not be loaded. The tab asks for the newest build by itself.",
  crashed: "A view of the tab failed. Send us the message.",
  unavailable: "The tab or the API can't be reached right now. The agent can try again.",
  offline: "The API gave no answer. The agent can try again.",
  badAnswer: "The answer was not the API's. Check any proxy between the page and the API.",
  invalidRequest: "The API refused a value. The tab names the value to the agent.",
  unauthenticated: "The API needs a valid token.",
  tokenExpired: "The token has expired, and the tab asks for a new one.",
  forbidden: "The token doesn't allow this to the agent. Check the claims `role` and `prop`.",
  notFound: "What the agent asked for no longer exists.",
  conflict: "Another change came first. The tab shows the newest state.",
  preconditionFailed: "Another person has changed the same thing. The tab shows both versions.",
  payloadTooLarge: "A request was too large. Give the tab smaller records.",
  unsupportedMediaType: "A proxy changed the content type of a request.",
  methodNotAllowed: "A proxy changed the method of a request.",
  badSignature: "The signature of a link or of a webhook is wrong.",
  internal: "Something failed on our side. The agent can try again.",
} as const;

export type HostErrorCode = keyof typeof hostErrors;

const told = new Set<string>();

/**
 * Writes one line for the host's developer to the console, once for each code and detail. The build
 * puts a copy of docs/embedding.md, to which the line links, beside the loader.
 */
export function adviseHost(code: HostErrorCode, loader: string, detail = ""): void {
  const line = `Doorknock (${code}): ${[hostErrors[code], detail].filter(Boolean).join(" ")}`;
  if (told.has(line)) return;
  told.add(line);
  console.error(`${line} ${new URL("embedding.txt", loader).href}`);
}
