import { expect, inject, test } from "vitest";
import { englishPresets } from "../../shared/presets/presets.ts";
import type { OutgoingEmail } from "../../worker/providers/provider.ts";
import { buildMimeMessage } from "../../worker/providers/smtp/mime.ts";
import { day } from "../support/time.ts";
import { buildLaunchBody } from "../support/worker/api.ts";
import { openApp } from "../support/worker/app.ts";
import { bindings } from "../support/worker/world.ts";

/*
 * Lets SpamAssassin score every email of the presets. Runs only in `npm run test:deep`, on a
 * machine with Debian's package `spamassassin`.
 */

const spamChecker = inject("spamChecker");
const isSkipped = !inject("isDeep") || spamChecker === null;
if (isSkipped) {
  console.info("The spam scores are not checked: that needs `npm run test:deep` and SpamAssassin.");
}

const property = {
  streetAddress: "123 Main St",
  city: "Albany",
  stateOrProvince: "NY",
  postalCode: "12207",
  listPrice: 485_000,
};

/** The nearby sale for the preset "Just sold". */
const nearbySale = { address: "131 Main St", role: "buyersSide", closedOn: "2025-08-03" };

/** Sends all emails of a preset, regardless of conditions, and returns the emails. */
async function sendPreset(presetId: string): Promise<OutgoingEmail[]> {
  const app = await openApp();
  const recipients = [{ email: "jane.doe@example.com", fullName: "Jane Doe", property }];
  const answer = await app.api.post(
    "/api/campaigns",
    buildLaunchBody(1, { steps: undefined, presetId, recipients, sendWindow: null, nearbySale }),
  );
  expect(answer.status, answer.text).toBe(201);
  await bindings.DB.prepare("UPDATE campaign_steps SET conditions = '{}'").run();
  for (let days = 0; days < 120; days += 1) {
    await app.run();
    app.advance(day);
  }
  return app.calls;
}

/** The header that a receiving server adds at the top of an email. */
const received =
  "Received: from mail.agency.example (mail.agency.example [93.184.216.34])\r\n by mx.example.com with ESMTPS; Mon, 06 Oct 2025 14:00:00 +0000\r\n";

async function readScore(email: OutgoingEmail): Promise<{ score: number; rules: string }> {
  const { raw } = await buildMimeMessage(email, new Date(Date.UTC(2025, 9, 6, 14)));
  const body = received + new TextDecoder("latin1").decode(raw);
  const answer = await fetch(spamChecker ?? "", { method: "POST", body });
  const checked = (await answer.text()).replaceAll("\r\n", "\n");
  const status = /^X-Spam-Status: .*(?:\n[ \t].*)*/m.exec(checked)?.[0] ?? "";
  const [, score] = /score=(-?[\d.]+)/.exec(status) ?? [];
  const [, rules = ""] = /tests=([\s\S]*?)\s(?:autolearn|shortcircuit|version)=/.exec(status) ?? [];
  expect(score, status).toBeDefined();
  return { score: Number(score), rules: rules.replace(/\s+/g, "") };
}

test.skipIf(isSkipped)("no email of a preset has a spam score", { timeout: 600_000 }, async () => {
  const scored: string[] = [];
  for (const { id, steps } of englishPresets) {
    const sent = await sendPreset(id);
    expect(sent.length, id).toBe(steps.length);
    for (const email of sent) {
      const { score, rules } = await readScore(email);
      console.info(`${id}, step ${email.reference.stepNumber}: ${score} (${rules})`);
      if (score > 0) scored.push(`${id}, step ${email.reference.stepNumber}: ${score} (${rules})`);
    }
  }
  expect(scored).toEqual([]);
});
