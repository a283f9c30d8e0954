import { expect, test } from "vitest";
import { classifyHttpFailure } from "../../worker/providers/http-failure.ts";

const classify = (status: number, parts: { isChannelFault?: boolean; isRecipientFault?: boolean } = {}) => {
  const faults = { isChannelFault: false, isRecipientFault: false, ...parts };
  return classifyHttpFailure({ status, detail: "", retryAfterMs: 9_000, ...faults });
};

test.each([
  [429, undefined],
  [503, true],
])("HTTP %i is a deferral with the wait that the service asks for", (status, isServiceDown) => {
  const outcome = { kind: "deferred", retryAfterMs: 9_000, detail: `HTTP ${status}` };
  expect(classify(status)).toEqual({ ...outcome, ...(isServiceDown && { isServiceDown }) });
});

test.each([408, 500, 501, 502, 504, 505, 507, 520, 522, 524, 599])(
  "HTTP %i is an unknown outcome, because the service may have accepted the email",
  (status) => {
    for (const fault of [{}, { isChannelFault: true }, { isRecipientFault: true }]) {
      expect(classify(status, fault)).toMatchObject({ kind: "unknown" });
    }
  },
);

test.each([401, 403, 404, 413, 521, 523, 525, 526, 530])("HTTP %i is a refusal of the account", (status) => {
  expect(classify(status)).toMatchObject({ kind: "refused", fault: "channel" });
});

test("HTTP 400 is a refusal of the message, the recipient or the account, by its text", () => {
  expect(classify(400)).toMatchObject({ kind: "refused", fault: "message" });
  expect(classify(400, { isRecipientFault: true })).toMatchObject({ kind: "refused", fault: "recipient" });
  expect(classify(400, { isChannelFault: true })).toMatchObject({ kind: "refused", fault: "channel" });
});
