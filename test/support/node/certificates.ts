import { generate } from "selfsigned";

export type Certificate = { key: string; cert: string };
export type Certificates = {
  authority: string;
  localhost: Certificate;
  otherName: Certificate;
  selfSigned: Certificate;
  expired: Certificate;
};

/**
 * Creates a certificate authority and the mail servers' certificates. Each run creates new
 * certificates, so that the repository has no private key and no certificate that expires.
 */
export async function createCertificates(): Promise<Certificates> {
  const authority = await generate([{ name: "commonName", value: "Doorknock test authority" }], {
    algorithm: "sha256",
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const issue = async (host: string, isTrusted: boolean, expiresAt?: Date): Promise<Certificate> => {
    const issued = await generate([{ name: "commonName", value: host }], {
      algorithm: "sha256",
      ...(expiresAt && {
        notBeforeDate: new Date(expiresAt.getTime() - 86_400_000),
        notAfterDate: expiresAt,
      }),
      ...(isTrusted && { ca: { key: authority.private, cert: authority.cert } }),
      extensions: [
        { name: "basicConstraints", cA: false },
        { name: "subjectAltName", altNames: [{ type: 2, value: host }] },
      ],
    });
    return { key: issued.private, cert: issued.cert };
  };
  return {
    authority: authority.cert,
    localhost: await issue("localhost", true),
    otherName: await issue("mail.other.example", true),
    selfSigned: await issue("localhost", false),
    expired: await issue("localhost", true, new Date(Date.now() - 86_400_000)),
  };
}
