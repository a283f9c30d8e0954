import "vitest";

/**
 * The addresses of the fake services, and the authority of the mail servers' certificates. Code in
 * Node and in the Worker's runtime imports this file.
 */
export type ProviderServers = {
  /** The certificate of the authority that signed the mail servers' certificates, as PEM. */
  certificateAuthority: string;
  sendgrid: string;
  mailgun: string;
  /**
   * The address of the ledger, which records the requests to the fake services. `GET
   * <ledger>/<service>/<key>` returns a JSON array of the requests that the service got under the
   * key.
   */
  ledger: string;
  /**
   * The control server's address. `POST` an SmtpScript to start a mail server that follows the
   * script; the answer is the server's port. `GET /<port>` returns the server's transcript.
   */
  scriptedSmtp: string;
  /** The port of each mail server on localhost. */
  smtp: Record<SmtpServerName, number>;
};

/**
 * The mail servers. `starttls` and `implicit` behave well, and `plain` offers no TLS. A client must
 * refuse the certificates of `selfSigned`, `selfSignedImplicit` and `otherName`. `mute` accepts the
 * connection and sends nothing, `busy` greets with 421, and `closed` with 554. On the port
 * `nobody`, no server runs.
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
