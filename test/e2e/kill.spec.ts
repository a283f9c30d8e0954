import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { findFreePort } from "../../scripts/port.ts";
import { chooseRunCount } from "../support/node/depth.ts";
import { startStandInMailService } from "./kill-services.ts";
import { KillableWorker } from "./kill-worker.ts";

/*
 * Kills the Worker's process at random moments while the Worker sends emails, and starts the
 * process again. No recipient may get the email twice. If an email is lost, the API must show the
 * recipient as probably sent, never as sent. `KILL_SEED=…` chooses another run.
 */
const recipients = chooseRunCount(80, 800);
const kills = chooseRunCount(2, 12);
const seed = Number(process.env.KILL_SEED ?? 1);
/**
 * The number of calls to the mail service at the same time; see `maxInFlight` in
 * worker/send/sender.ts.
 */
const inFlight = 6;

// Each test has processes of its own, so the tests share the workers of Playwright.
test.describe.configure({ mode: "parallel" });

for (const provider of ["sendgrid", "mailgun", "smtp"] as const) {
  test(`after SIGKILLs (${provider}) nobody got two emails, and no lost email is shown as sent`, async () => {
    test.setTimeout(kills * 90_000 + 240_000);
    console.log(`kill seed ${seed}`);
    const random = mulberry32(seed);
    // The slow connection has its own random numbers, so that a kill does not change the
    // connection's speed.
    const service = await startStandInMailService(provider, mulberry32(seed + 1));
    const folder = mkdtempSync(join(tmpdir(), "doorknock-kill-"));
    const worker = new KillableWorker(folder, service, recipients, await findFreePort());
    try {
      await worker.prepare();
      await worker.start();
      for (let kill = 0; kill < kills; kill += 1) {
        const share = recipients / (kills + 1);
        const goal = Math.floor(share * (kill + 0.5 + random() / 2));
        let isDead = false;
        // Kills the Worker at the moment when an email arrives, while other calls have not ended
        // yet.
        const dying = service.waitForArrivals(goal).then(async () => {
          await worker.kill();
          isDead = true;
        });
        await worker.drive(() => isDead);
        await dying;
        await worker.start();
        // The dead process had claimed (reserved) recipients for sending. After twelve minutes,
        // these recipients are due again.
        await worker.advance("12m");
      }
      await worker.finish();

      const { stats, outcomes } = await worker.shown();
      const arrived = new Set(service.arrived);
      const uncertain = [...outcomes].filter(([, outcome]) => outcome === "probablySent");
      const lost = [...outcomes].filter(([id]) => !arrived.has(id));
      console.log(
        `${provider}: ${arrived.size} of ${recipients} arrived, ${lost.length} lost, ${uncertain.length} shown as probably sent`,
      );
      expect(service.arrived.length - arrived.size, "emails the service was given twice").toBe(0);
      expect(
        lost.filter(([, outcome]) => outcome !== "probablySent"),
        "lost, and not shown as probably sent",
      ).toEqual([]);
      expect(outcomes.size, "recipients shown").toBe(recipients);
      expect(stats.sent + stats.unknown, "sent, and counted apart as probably sent").toBe(recipients);
      expect(stats.unknown).toBe(uncertain.length);
      expect(uncertain.length, "no more than calls can have been in flight").toBeLessThanOrEqual(
        kills * inFlight,
      );
      // The Worker asks Mailgun about each uncertain email. If Mailgun does not have the email, the
      // Worker sends the email again. Therefore no outcome stays uncertain.
      if (provider === "mailgun") expect([arrived.size, uncertain.length]).toEqual([recipients, 0]);
    } finally {
      await worker.kill();
      await service.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

/**
 * Creates a generator of repeatable random numbers (mulberry32), so that a failed run can be
 * repeated with the same seed.
 */
function mulberry32(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
