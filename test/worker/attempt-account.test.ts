import { expect, test } from "vitest";
import { beginAttempts } from "../../worker/db/messages.ts";
import { openDatabase } from "../../worker/db/scope.ts";
import { minute } from "../support/time.ts";
import { meterDatabase } from "../support/worker/cost.ts";
import {
  addLaterAccount,
  buildMailgunCredentials,
  buildSendgridCredentials,
  buildSmtpCredentials,
  listMessageRows,
  openServiceEngine,
  replaceAccountCredentials,
  type ServiceEngine,
} from "../support/worker/services.ts";
import { bindings, worldIds } from "../support/worker/world.ts";

/*
 * Tests that the message's row names the account before the engine calls the account's service. If
 * the process dies during the call, the engine can later ask this service about the email.
 */

const secondAccount = 22;
const verified = ["cedarmain.example"];

/**
 * Makes each SQL statement that contains `text` fail, as if the process had died before the
 * statement.
 */
function dieBefore(engine: ServiceEngine, text: string): void {
  engine.database.onSql = (sql) => {
    if (sql.includes(text)) throw new Error("the isolate is gone");
  };
}

const dieBeforeConcluding = (engine: ServiceEngine) => dieBefore(engine, "UPDATE messages AS m SET");

/**
 * Lets statements succeed again, and lets enough time pass for the engine to ask the services about
 * the email.
 */
async function recover(engine: ServiceEngine, minutes = 45): Promise<void> {
  engine.database.onSql = () => undefined;
  engine.clock.at += 13 * minute;
  await engine.strikeFor(minutes);
}

test.each([
  ["SendGrid", buildSendgridCredentials("accept")],
  ["Mailgun", buildMailgunCredentials("accept")],
  ["a mail server", buildSmtpCredentials("starttls")],
])(
  "if the process dies during a call to %s, the message's row names the account",
  async (_what, credentials) => {
    const engine = await openServiceEngine(credentials);
    dieBeforeConcluding(engine);
    await engine.strike();
    expect(await listMessageRows()).toMatchObject([{ status: "sending", accountId: worldIds.account }]);
  },
);

test("starting an attempt and recording its account writes one row", async () => {
  const engine = await openServiceEngine(buildSendgridCredentials("accept"));
  await engine.tick();
  const entry = engine.queue.take()[0]?.entries[0];
  const call = {
    subject: "x",
    saysLast: false,
    record: null,
    variant: null,
    accountId: worldIds.account,
    listingRevision: 0,
  };
  const { d1, cost } = meterDatabase(bindings.DB);
  if (entry === undefined) throw new Error("nothing was queued");
  expect((await beginAttempts(openDatabase(d1), [{ ...entry, ...call }], 5, engine.clock.at)).size).toBe(1);
  expect(cost.rowsWritten).toBe(1);
});

test("an email that was cut off, and that Mailgun does not have, is sent once more", async () => {
  const engine = await openServiceEngine(buildMailgunCredentials("lost"));
  dieBeforeConcluding(engine);
  await engine.strike();
  await replaceAccountCredentials(buildMailgunCredentials("accept"));
  await recover(engine);
  expect(await listMessageRows()).toMatchObject([{ status: "sent", attempts: 2 }]);
  // The service received the first call but did not keep the email.
  expect(await engine.emails()).toBe(2);
});

test("an email that was cut off, and that Mailgun has, counts as sent and is not sent again", async () => {
  const engine = await openServiceEngine(buildMailgunCredentials("accept"));
  dieBeforeConcluding(engine);
  await engine.strike();
  await recover(engine);
  expect(await listMessageRows()).toMatchObject([{ status: "sent", attempts: 1 }]);
  expect(await engine.emails()).toBe(1);
});

test("after a failover the message's row names the account called last, which is then queried", async () => {
  const engine = await openServiceEngine(buildMailgunCredentials("disabled"));
  await addLaterAccount(secondAccount, buildSendgridCredentials("accept"), verified);
  dieBeforeConcluding(engine);
  await engine.strike();
  expect(await listMessageRows()).toMatchObject([{ status: "sending", accountId: secondAccount }]);
  // The engine must not ask the first account's service. The answer would be "absent", which says
  // nothing about the call to the second account.
  await replaceAccountCredentials(buildMailgunCredentials("accept"));
  await recover(engine);
  expect(await engine.emails("sendgrid")).toBe(1);
  expect(await engine.emails("mailgun")).toBe(1);
});

test("the second account is not called if its use can't be recorded", async () => {
  const engine = await openServiceEngine(buildSendgridCredentials("forbidden"));
  await addLaterAccount(secondAccount, buildMailgunCredentials("accept"), verified);
  dieBefore(engine, "UPDATE messages SET provider_account_id");
  await engine.strike();
  expect(await engine.emails("mailgun")).toBe(0);
  expect(await listMessageRows()).toMatchObject([
    { status: "retrying", attempts: 1, failureReason: "accountsRefused" },
  ]);
  await recover(engine, 3);
  expect(await listMessageRows()).toMatchObject([{ status: "sent", accountId: secondAccount }]);
});

test("a stop during the call to the first account keeps the email from the second account", async () => {
  const engine = await openServiceEngine(buildSendgridCredentials("forbidden"));
  await addLaterAccount(secondAccount, buildMailgunCredentials("accept"), verified);
  const { send } = engine.ctx.providers.sendgrid;
  const sendgrid = {
    ...engine.ctx.providers.sendgrid,
    send: async (...call: Parameters<typeof send>) => {
      await engine.hear({ kind: "unsubscribed" });
      return await send(...call);
    },
  };
  Object.assign(engine.ctx.providers, { sendgrid });
  await engine.strike();
  expect(await engine.emails("mailgun")).toBe(0);
});
