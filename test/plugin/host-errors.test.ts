import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pageFaults } from "../../plugin/host/doctor.ts";
import { hostErrors } from "../../plugin/host/host-errors.ts";
import { listTokenFaults } from "../../plugin/host/token-faults.ts";

describe("the codes of dk:error and of Doorknock.doctor", () => {
  it("stand in docs/embedding.md, each with the same remedy", () => {
    const guide = readFileSync(new URL("../../docs/embedding.md", import.meta.url), "utf8");
    const rows = [...guide.matchAll(/^\| `(\w+)` +\| (.+?) +\|$/gm)].map(([, code, text]) => [code, text]);
    expect(Object.fromEntries(rows)).toEqual({ ...hostErrors, ...pageFaults });
  });
});

const now = 1_800_000_000_000;
const seconds = now / 1000;
const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
const right = {
  iss: "https://crm.example.com",
  aud: "doorknock",
  sub: "agent-7",
  tid: 3,
  role: "agent",
  prop: ["p_1"],
  exp: seconds + 300,
};
const sign = (claims: object, header: object = { alg: "HS256", kid: "k1" }) =>
  `${encode(header)}.${encode(claims)}.c2lnbmF0dXJl`;

describe("the faults of a token that the API refuses", () => {
  it("are none in a token as the README describes it", () => {
    expect(listTokenFaults(sign(right), "p_1", now)).toEqual([]);
    expect(listTokenFaults(sign({ ...right, prop: "*" }), null, now)).toEqual([]);
  });

  it.each([
    [{ exp: seconds + 600 }, "`exp` is more than 5 minutes ahead, or is not in seconds."],
    [{ exp: now + 300_000 }, "`exp` is more than 5 minutes ahead, or is not in seconds."],
    [{ exp: seconds - 100 }, "`exp` is in the past, or is not in seconds."],
    [{ exp: undefined }, "`exp` is missing or is no number."],
    [{ iss: "" }, "`iss` is missing."],
    [{ aud: "campaigns" }, "`aud` is not `doorknock`."],
    [{ sub: undefined }, "`sub`, the agent's id, is missing."],
    [{ tid: "3" }, "`tid`, the tenant's number, is missing or is no number."],
    [{ role: "owner" }, "`role` is none of viewer, agent, teamLead, admin."],
    [{ prop: ["p_2"] }, "`prop` is neither `*` nor a list that contains the property of the tab."],
  ])("name the claim: %j", (claims, fault) => {
    expect(listTokenFaults(sign({ ...right, ...claims }), "p_1", now)).toEqual([fault]);
  });

  it("name a header without a key, and a text that is no token", () => {
    expect(listTokenFaults(sign(right, { alg: "HS256" }), "p_1", now)).toEqual(["The header has no `kid`."]);
    expect(listTokenFaults("secret", "p_1", now)).toEqual(["The token is no JWT."]);
  });
});
