import { describe, expect, it, vi } from "vitest";
import { createTokenSource, getTokenLifeMs } from "../../plugin/session/token.ts";

const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.sig`;

/**
 * Returns a source of tokens, a clock that the test moves, and a host's callback that counts its
 * calls.
 */
function setUp(claims: (call: number) => object = (call) => ({ iat: 1000, exp: 1300, call })) {
  let now = 0;
  let calls = 0;
  const getToken = vi.fn(async () => jwt(claims(++calls)));
  const wait = (ms: number) => {
    now += ms;
  };
  return { getToken, tokens: createTokenSource(getToken, () => now), wait };
}

describe("the host's tokens", () => {
  it("are requested once, even if several requests need one at the same moment", async () => {
    const { getToken, tokens } = setUp();
    const all = await Promise.all([tokens.get(), tokens.get(), tokens.get()]);
    expect(new Set(all).size).toBe(1);
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it("are kept until a minute before they expire, and then replaced", async () => {
    const { getToken, tokens, wait } = setUp();
    await tokens.get();
    wait(239_000);
    await tokens.get();
    expect(getToken).toHaveBeenCalledTimes(1);
    wait(2_000);
    await tokens.get();
    expect(getToken).toHaveBeenCalledTimes(2);
  });

  it("are valid for their issued lifetime from receipt, whatever the server's clock says", () => {
    expect(getTokenLifeMs({ iat: 4_000_000_000, exp: 4_000_000_300 })).toBe(300_000);
  });

  it("are valid for four minutes if they contain no lifetime", () => {
    expect(getTokenLifeMs({ exp: 300 })).toBe(240_000);
    expect(getTokenLifeMs({})).toBe(240_000);
  });

  it("contain the agent's role, and an unknown role is ignored", async () => {
    const known = setUp(() => ({ iat: 0, exp: 300, role: "teamLead" }));
    expect(known.tokens.role()).toBeNull();
    await known.tokens.get();
    expect(known.tokens.role()).toBe("teamLead");
    const unknown = setUp(() => ({ iat: 0, exp: 300, role: "owner" }));
    await unknown.tokens.get();
    expect(unknown.tokens.role()).toBeNull();
  });

  it("with a short lifetime are still used for most of it", async () => {
    const { getToken, tokens, wait } = setUp(() => ({ iat: 0, exp: 60 }));
    await tokens.get();
    wait(40_000);
    await tokens.get();
    expect(getToken).toHaveBeenCalledTimes(1);
  });

  it("that the server refused are replaced once for all requests that carried them", async () => {
    const { getToken, tokens } = setUp();
    const refused = await tokens.get();
    const [first, second] = await Promise.all([tokens.replace(refused), tokens.replace(refused)]);
    expect(first).toBe(second);
    expect(first).not.toBe(refused);
    expect(await tokens.replace(refused)).toBe(first);
    expect(getToken).toHaveBeenCalledTimes(2);
  });

  it("give the server's time, counted from when they were issued", async () => {
    const { tokens, wait } = setUp(() => ({ iat: 5_000, exp: 5_300 }));
    await tokens.get();
    wait(2_000);
    expect(tokens.now()).toBe(5_002_000);
  });

  it("give the time that the API told last, also if the host reuses a token that is minutes old", async () => {
    const { tokens, wait } = setUp(() => ({ iat: 5_000, exp: 5_300 }));
    await tokens.get();
    tokens.setTime(5_240_000);
    wait(1_000);
    expect(tokens.now()).toBe(5_241_000);
    wait(300_000);
    await tokens.get();
    expect(tokens.now()).toBe(5_541_000);
  });

  it("can be requested again after the host could not give one", async () => {
    const getToken = vi.fn().mockRejectedValueOnce(new Error("signed out")).mockResolvedValue("opaque");
    const tokens = createTokenSource(getToken, () => 0);
    await expect(tokens.get()).rejects.toMatchObject({ code: "tokenFailed" });
    await expect(tokens.get()).resolves.toBe("opaque");
  });

  it("are waited for 15 seconds, and then requested anew", async () => {
    vi.useFakeTimers();
    try {
      const getToken = vi.fn<() => Promise<string>>().mockReturnValueOnce(new Promise(() => undefined));
      const tokens = createTokenSource(getToken.mockResolvedValue("opaque"), () => 0);
      const late = expect(tokens.get()).rejects.toMatchObject({ code: "tokenTimedOut" });
      await vi.advanceTimersByTimeAsync(15_000);
      await late;
      await expect(tokens.get()).resolves.toBe("opaque");
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([["<!doctype html><title>Sign in</title>"], [""], [undefined], [{ token: "opaque" }]])(
    "are not %j, which the host returned by mistake",
    async (answer) => {
      const tokens = createTokenSource(
        async () => answer as string,
        () => 0,
      );
      await expect(tokens.get()).rejects.toMatchObject({ code: "tokenUnusable" });
    },
  );

  it("fail in the same way if getToken throws at once", async () => {
    const tokens = createTokenSource(
      () => {
        throw new TypeError("no session");
      },
      () => 0,
    );
    await expect(tokens.get()).rejects.toMatchObject({ code: "tokenFailed" });
  });
});
