import { type Role, roles } from "../../shared/vocabulary.ts";

/** A source of tokens, which come from the host's `getToken`. Tokens are kept only in memory. */
export type TokenSource = {
  get(): Promise<string>;
  /**
   * Returns a token to use instead of `refused`: a token that another request has fetched in the
   * meantime, or a new token.
   */
  replace(refused: string): Promise<string>;
  /**
   * Returns the server's time in ms since 1970, calculated from the last answer of the API. Before
   * the first answer, returns the `iat` of the token, or the browser's time.
   */
  now(): number;
  /** Sets the server's time, as an answer of the API has just told it. */
  setTime(serverMs: number): void;
  /**
   * Returns the role in the last token; null before the first token. The role only decides which
   * buttons are shown: the server checks every request.
   */
  role(): Role | null;
  clear(): void;
};

/**
 * The ways in which the host's `getToken` can fail: it gives no answer in time, it throws, or it
 * returns something that is no token, such as the page of a login form.
 */
export type TokenFaultCode = "tokenTimedOut" | "tokenFailed" | "tokenUnusable";

/** The error of a `getToken` that gave no token. */
export class TokenFault extends Error {
  constructor(readonly code: TokenFaultCode) {
    super(code);
  }
}

type HeldToken = {
  token: string;
  receivedAt: number;
  lifeMs: number;
  role: Role | null;
};

const assumedLifeMs = 4 * 60_000;
const expiryMarginMs = 60_000;
const getTokenDeadlineMs = 15_000;

/** Returns the host's token. @throws TokenFault if the host gives no token in time */
async function askHost(getToken: () => Promise<string> | string): Promise<string> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TokenFault("tokenTimedOut")), getTokenDeadlineMs);
  });
  const answer: unknown = await Promise.race([
    // A `getToken` that is no async function throws before it returns a promise.
    (async () => getToken())().catch(() => Promise.reject(new TokenFault("tokenFailed"))),
    late,
  ]).finally(() => clearTimeout(timer));
  // A token has no spaces and no tags, and the page of a login form has both.
  if (typeof answer !== "string" || !/^[\w.~+/=-]+$/.test(answer)) throw new TokenFault("tokenUnusable");
  return answer;
}

type TokenClaims = {
  iat?: unknown;
  exp?: unknown;
  role?: unknown;
};

function parseTokenClaims(token: string): TokenClaims {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const claims: unknown = JSON.parse(atob(payload));
    return typeof claims === "object" && claims !== null ? claims : {};
  } catch {
    return {};
  }
}

/**
 * Returns how long a token is valid, from `iat` to `exp`. The caller measures a token's age with
 * the browser's monotonic clock, so neither the server's nor the browser's clock needs to be right.
 */
export function getTokenLifeMs({ iat, exp }: TokenClaims): number {
  if (typeof iat !== "number" || typeof exp !== "number" || exp <= iat) return assumedLifeMs;
  return (exp - iat) * 1000;
}

export function createTokenSource(
  getToken: () => Promise<string> | string,
  monotonicMs: () => number = () => performance.now(),
): TokenSource {
  let held: HeldToken | null = null;
  let inFlight: Promise<string> | null = null;
  /** The server's time, and when this time was set, by the monotonic clock. */
  let clock: { serverMs: number; setAt: number } | null = null;
  const setTime = (serverMs: number) => {
    clock = { serverMs, setAt: monotonicMs() };
  };

  const fetchToken = async () => {
    const token = await askHost(getToken);
    const claims = parseTokenClaims(token);
    // A host may give a token again that is minutes old, so an answer of the API knows better.
    if (clock === null && typeof claims.iat === "number") setTime(claims.iat * 1000);
    const role = roles.find((one) => one === claims.role) ?? null;
    held = { token, receivedAt: monotonicMs(), lifeMs: getTokenLifeMs(claims), role };
    return token;
  };
  const fetchOnce = () => {
    inFlight ??= fetchToken().finally(() => {
      inFlight = null;
    });
    return inFlight;
  };
  const isFresh = ({ receivedAt, lifeMs }: HeldToken) =>
    monotonicMs() - receivedAt < lifeMs - Math.min(expiryMarginMs, lifeMs / 4);

  return {
    get: async () => (held && isFresh(held) ? held.token : fetchOnce()),
    replace: async (refused) => (held && held.token !== refused ? held.token : fetchOnce()),
    now: () => (clock ? clock.serverMs + monotonicMs() - clock.setAt : Date.now()),
    setTime,
    role: () => held?.role ?? null,
    clear: () => {
      held = null;
      clock = null;
    },
  };
}
