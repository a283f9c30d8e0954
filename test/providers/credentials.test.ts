import { describe, expect, test } from "vitest";
import { credentialsInput } from "../../shared/provider-account.ts";
import type { KeyRing } from "../../worker/domain/key-ring.ts";
import {
  buildSealPrefix,
  sealCredentials,
  sealText,
  unsealCredentials,
  unsealText,
} from "../../worker/providers/credentials.ts";
import type { Credentials } from "../../worker/providers/provider.ts";
import { createSendgridSigner } from "../support/worker/webhook-signing.ts";

const oldKey = Uint8Array.from({ length: 32 }, (_, index) => index);
const newKey = Uint8Array.from({ length: 32 }, (_, index) => index + 1);
const key: KeyRing = [oldKey];
const otherKey: KeyRing = [newKey];
const mailgun: Credentials = {
  provider: "mailgun",
  apiKey: "key-0123456789",
  domain: "mg.agency.example",
  region: "eu",
  webhookSigningKey: null,
};

describe("sealed credentials", () => {
  test("can be opened for the account they were sealed for, and show nothing before", async () => {
    const sealed = await sealCredentials(key, 21, mailgun);
    expect(sealed).toMatch(/^v2\.[\w-]{8}\.[\w-]{16}\.[\w-]+$/);
    expect(atob(sealed.split(".")[3]?.replaceAll("-", "+").replaceAll("_", "/") ?? "")).not.toContain(
      "key-0123456789",
    );
    expect(await unsealCredentials(key, 21, sealed)).toEqual(mailgun);
  });

  test("are a different text each time, and the same text with the same nonce", async () => {
    expect(await sealCredentials(key, 21, mailgun)).not.toBe(await sealCredentials(key, 21, mailgun));
    const nonce = Uint8Array.from({ length: 12 }, () => 7);
    const sealed = await sealText(key, "tenant-key:k1", "secret", nonce);
    expect(sealed).toBe(await sealText(key, "tenant-key:k1", "secret", nonce));
    expect(await unsealText(key, "tenant-key:k1", sealed)).toBe("secret");
  });

  test("can't be opened with another key, for another account or with a changed bit", async () => {
    const sealed = await sealCredentials(key, 21, mailgun);
    await expect(unsealCredentials(otherKey, 21, sealed)).rejects.toThrow("does not open");
    await expect(unsealCredentials(key, 22, sealed)).rejects.toThrow("does not open");
    await expect(unsealText(key, "tenant-key:21", sealed)).rejects.toThrow("does not open");
    const index = sealed.lastIndexOf(".") + 5;
    const changed = sealed.slice(0, index) + (sealed[index] === "A" ? "B" : "A") + sealed.slice(index + 1);
    await expect(unsealCredentials(key, 21, changed)).rejects.toThrow("does not open");
  });

  test("open with every key of the ring, and new ones are sealed with the first key", async () => {
    const old = await sealText([oldKey], "tenant-key:k1", "secret");
    expect(await unsealText([newKey, oldKey], "tenant-key:k1", old)).toBe("secret");
    const fresh = await sealText([newKey, oldKey], "tenant-key:k1", "secret");
    expect(fresh.startsWith(await buildSealPrefix(newKey))).toBe(true);
    await expect(unsealText([oldKey], "tenant-key:k1", fresh)).rejects.toThrow("does not open");
  });

  test("of version 1, which name no key, open with whichever key sealed them", async () => {
    const sealed = "v1.BwcHBwcHBwcHBwcH.fA_FLgp7V_2FQfE86BVY5aWtLMqT1A";
    expect(await unsealText([newKey, oldKey], "tenant-key:k1", sealed)).toBe("secret");
    await expect(unsealText([newKey], "tenant-key:k1", sealed)).rejects.toThrow("does not open");
  });

  test.each([
    "",
    "v3.AAAAAAAA.AAAAAAAAAAAAAAAA.AAAA",
    "v2.AAAAAAAAAAAAAAAA.AAAA",
    "v1.AAAA.AAAA",
    "v1.AAAAAAAAAAAAAAAA",
    "v1.AAAAAAAAAAAAAAAA.AAAA.AAAA",
  ])("are not accepted from the text %j", async (sealed) => {
    await expect(unsealText(key, "x", sealed)).rejects.toThrow("not a sealed text");
  });

  test("that contain no provider's credentials are not returned", async () => {
    const sealed = await sealText(key, "provider-account:21", '{"provider":"pigeon"}');
    await expect(unsealCredentials(key, 21, sealed)).rejects.toThrow("not a provider's");
  });

  test("need a key of 32 bytes", async () => {
    await expect(sealText([oldKey.slice(1)], "x", "y")).rejects.toThrow("32 bytes");
  });
});

describe("the credentials that an admin may enter", () => {
  const smtp = {
    provider: "smtp",
    host: "smtp.agency.example",
    port: 587,
    tls: "starttls",
    user: "jo",
    password: "s3cret pass",
  };

  test("get the US region and empty webhook fields by default", () => {
    expect(credentialsInput.parse({ provider: "sendgrid", apiKey: "SG.abcdefghij" })).toEqual({
      provider: "sendgrid",
      apiKey: "SG.abcdefghij",
      region: "us",
      webhookPublicKey: null,
    });
    expect(credentialsInput.parse({ ...smtp, host: "SMTP.Agency.Example" })).toEqual({
      ...smtp,
      webhookSecret: null,
    });
  });

  test("may include SendGrid's public key as SendGrid shows it", async () => {
    const { publicKey } = await createSendgridSigner();
    const sendgrid = { provider: "sendgrid", apiKey: "SG.abcdefghij" };
    expect(credentialsInput.safeParse({ ...sendgrid, webhookPublicKey: publicKey }).success).toBe(true);
    expect(credentialsInput.safeParse({ ...sendgrid, webhookPublicKey: publicKey.slice(4) }).success).toBe(
      false,
    );
  });

  test.each([
    "localhost",
    "mail.localhost",
    "127.0.0.1",
    "[::1]",
    "10.0.0.5",
    "mail",
    "printer.local",
    "db.internal",
    "smtp.agency.example\r\nRCPT TO:<x@y>",
    "smtp.agency.example:25",
    "user@smtp.agency.example",
    "smtp..example",
    "-smtp.example",
    "",
  ])("can't contain the host %j", (host) => {
    expect(credentialsInput.safeParse({ ...smtp, host }).success).toBe(false);
    const given = { provider: "mailgun", apiKey: "key-0123456789", domain: host };
    expect(credentialsInput.safeParse(given).success).toBe(false);
  });

  test.each([
    { port: 25 },
    { port: 0 },
    { port: 70_000 },
    { port: "587" },
    { tls: "none" },
    { user: "jo\r\nQUIT" },
    { password: "" },
    { webhookSecret: "short" },
    { rejectUnauthorized: false },
  ])("can't be an SMTP account with %j", (changes) => {
    expect(credentialsInput.safeParse({ ...smtp, ...changes }).success).toBe(false);
  });

  test.each([
    { provider: "sendgrid", apiKey: "not a SendGrid key" },
    { provider: "sendgrid", apiKey: "SG.abc\r\ndefghij" },
    { provider: "sendgrid", apiKey: "SG.abcdefghij", region: "mars" },
    { provider: "mailgun", apiKey: "key-0123456789" },
    { provider: "outbox", webhookSecret: "short" },
    { provider: "pigeon" },
  ])("can't be %j", (given) => {
    expect(credentialsInput.safeParse(given).success).toBe(false);
  });
});
