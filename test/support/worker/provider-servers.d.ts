import "vitest";

/**
 * The addresses of the servers that stand in for services, and the authority that signs for them.
 * Both runtimes read this.
 */
export type ProviderServers = {
  /** The certificate of the authority that signed the mail servers' certificates, as PEM. */
  certificateAuthority: string;
  sendgrid: string;
  mailgun: string;
  /**
   * `GET <ledger>/<service>/<key>` returns a JSON array of everything that the service was sent
   * under the key.
   */
  ledger: string;
  /**
   * `POST` an SmtpScript to start a mail server that follows it; the answer is its port. `GET
   * /<port>` returns what the server received.
   */
  scriptedSmtp: string;
  /** The port on localhost of each server. */
  smtp: Record<SmtpServerName, number>;
};

/**
 * `starttls` and `implicit` behave well. `plain` offers no TLS. `selfSigned` and `otherName` have
 * certificates that must be refused. `mute` accepts and stays silent. `busy` and `closed` greet
 * with 421 and 554. `nobody` is a port without a server.
 */
export type SmtpServerName =
  | "starttls"
  | "implicit"
  | "plain"
  | "selfSigned"
  | "selfSignedImplicit"
  | "otherName"
  | "mute"
  | "busy"
  | "closed"
  | "nobody";

declare module "vitest" {
  interface ProvidedContext {
    providerServers: ProviderServers;
  }
}
