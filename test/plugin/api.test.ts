import { describe, expect, it, vi } from "vitest";
import { createApiClient } from "../../plugin/data/api.ts";
import { createCampaignApi } from "../../plugin/data/campaign-api.ts";
import { createLaunchApi } from "../../plugin/data/launch-api.ts";
import { TokenFault, type TokenSource } from "../../plugin/session/token.ts";

const json = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
const refusal = (code: string, status: number) =>
  json(status, { error: { code, message: "No.", requestId: "r1" } });

function setUp(...answers: (Response | Error)[]) {
  const fetcher = vi.fn<typeof fetch>(async () => {
    const answer = answers.shift();
    if (!answer) throw new Error("asked more often than expected");
    if (answer instanceof Error) throw answer;
    return answer;
  });
  const tokens: TokenSource = {
    get: vi.fn(async () => "old"),
    replace: vi.fn(async () => "new"),
    now: () => 0,
    setTime: vi.fn(),
    role: () => null,
    clear: () => undefined,
  };
  const session = new AbortController();
  const connection = { api: "https://api.test/", tokens, ended: session.signal, fetch: fetcher };
  return { fetcher, tokens, session, api: createApiClient(connection) };
}

const bearerOf = (init: RequestInit | undefined) => new Headers(init?.headers).get("authorization");

describe("a request to the API", () => {
  it("carries the token and its property", async () => {
    const { api, fetcher } = setUp(json(200, { items: [], nextCursor: null }));
    await api.campaigns("p 1/2", null, 25);
    const [url, init] = fetcher.mock.calls[0] ?? [];
    expect(url).toBe("https://api.test/api/campaigns?propertyId=p+1%2F2&limit=25");
    expect(bearerOf(init)).toBe("Bearer old");
  });

  it("is repeated once with a new token if the token has expired", async () => {
    const { api, fetcher, tokens } = setUp(refusal("tokenExpired", 401), json(200, { items: [] }));
    await expect(api.presets()).resolves.toEqual({ items: [] });
    expect(tokens.replace).toHaveBeenCalledExactlyOnceWith("old");
    expect(fetcher.mock.calls.map(([, init]) => bearerOf(init))).toEqual(["Bearer old", "Bearer new"]);
  });

  it("takes the time from the answer, if the answer tells it", async () => {
    const timed = new Response('{"items":[]}', { headers: { "x-now": "1767225600000" } });
    const { api, tokens } = setUp(timed, json(200, { items: [] }));
    await api.presets();
    await api.presets();
    expect(tokens.setTime).toHaveBeenCalledExactlyOnceWith(1767225600000);
  });

  it("names the tag of its last answer, and gives the same object if nothing has changed", async () => {
    const tagged = (status: number, etag: string, body: string | null) =>
      new Response(body, { status, headers: { etag } });
    const { api, fetcher } = setUp(
      tagged(200, '"a"', '{"items":[1]}'),
      tagged(304, '"a"', null),
      tagged(200, '"b"', '{"items":[2]}'),
    );
    const first = await api.presets();
    expect(await api.presets()).toBe(first);
    expect(await api.presets()).toEqual({ items: [2] });
    const tags = fetcher.mock.calls.map(([, init]) => new Headers(init?.headers).get("if-none-match"));
    expect(tags).toEqual([null, '"a"', '"a"']);
  });

  it("names no tag for another address, and none for a change", async () => {
    const tagged = () => new Response("{}", { headers: { etag: '"a"' } });
    const { api, fetcher } = setUp(tagged(), tagged(), tagged());
    await createCampaignApi(api).campaign(1);
    await createCampaignApi(api).campaign(2);
    await api.setOutreach("stop");
    const tags = fetcher.mock.calls.map(([, init]) => new Headers(init?.headers).get("if-none-match"));
    expect(tags).toEqual([null, null, null]);
  });

  it("ends the session if the new token is refused as well", async () => {
    const { api } = setUp(refusal("tokenExpired", 401), refusal("tokenExpired", 401));
    await expect(api.presets()).rejects.toMatchObject({ code: "sessionEnded" });
  });

  it("ends the session if the host gives no token", async () => {
    const { api, tokens } = setUp();
    tokens.get = async () => {
      throw new TokenFault("tokenTimedOut");
    };
    await expect(api.presets()).rejects.toMatchObject({ code: "sessionEnded", tokenFault: "tokenTimedOut" });
  });

  it("ends the session if the token is refused, and says that the token is the reason", async () => {
    const { api } = setUp(refusal("unauthenticated", 401));
    await expect(api.presets()).rejects.toMatchObject({ code: "sessionEnded", tokenFault: "tokenRefused" });
  });

  it("fails with the server's message and the request's id", async () => {
    const { api } = setUp(refusal("forbidden", 403));
    await expect(api.presets()).rejects.toMatchObject({ code: "forbidden", message: "No.", requestId: "r1" });
  });

  it("without an answer fails as offline, and not as refused", async () => {
    const { api } = setUp(new TypeError("Failed to fetch"));
    await expect(api.presets()).rejects.toMatchObject({ code: "offline" });
  });

  it("with an answer that is not our API's fails without breaking the tab", async () => {
    const { api } = setUp(new Response("<html>502</html>", { status: 502 }));
    await expect(api.presets()).rejects.toMatchObject({ code: "badAnswer", requestId: "HTTP 502" });
  });

  it("is not sent after the end of the session, and no token is fetched", async () => {
    const { api, session, tokens, fetcher } = setUp();
    session.abort();
    await expect(api.presets()).rejects.toThrow();
    expect(tokens.get).not.toHaveBeenCalled();
    expect(fetcher).not.toHaveBeenCalled();
  });

  it("is not sent if the session ends while the host fetches its token", async () => {
    const { api, session, tokens, fetcher } = setUp();
    tokens.get = async () => {
      session.abort();
      return "late";
    };
    await expect(api.presets()).rejects.toThrow();
    expect(fetcher).not.toHaveBeenCalled();
  });

  it("returns no answer that arrives after the end of the session", async () => {
    const { api, session, fetcher } = setUp();
    fetcher.mockImplementation(async () => {
      session.abort();
      return json(200, { items: [] });
    });
    await expect(api.presets()).rejects.toThrow();
  });

  it("to launch carries its idempotency key", async () => {
    const { api, fetcher } = setUp(json(201, { id: 1 }));
    await createLaunchApi(api).launch({ name: "n", presetId: "x", senderId: 1 }, "key-1");
    expect(new Headers(fetcher.mock.calls[0]?.[1]?.headers).get("idempotency-key")).toBe("key-1");
  });
});
