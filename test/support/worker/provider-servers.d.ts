import "vitest";

/** Where the servers that stand in for services are, and what is needed to trust them. Both runtimes read this. */
export type ProviderServers = {
  /** PEM of the authority that signed the mail servers' certificates. */
  certificateAuthority: string;
  sendgrid: string;
  mailgun: string;
  /** `GET <ledger>/<service>/<key>` gives the JSON array of what that service was sent under that key. */
  ledger: string;
  /** `POST` an SmtpScript for a mail server that follows it: gives its port; `GET /<port>` what it has seen. */
  scriptedSmtp: string;
  /** Port on localhost per server. */
  smtp: Record<SmtpServerName, number>;
};

/**
 * starttls, implicit: as they should be. plain: offers no TLS. selfSigned: certificate of nobody we trust. otherName:
 * certificate of another host. mute: accepts and says nothing. busy, closed: greet with 421 and 554. nobody: nothing listens.
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
