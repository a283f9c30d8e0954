/*
 * Exports the mail libraries and Node's sockets under our own types (libraries.d.ts). The
 * libraries' own types bring @types/node into the Worker's program. A Node global that workerd
 * lacks would then pass the type check and fail in production.
 */
import { connect as connectPlain } from "node:net";
import { Readable } from "node:stream";
import { connect as connectTls } from "node:tls";
import sendgridClient from "@sendgrid/client";
import sendgridMail from "@sendgrid/mail";
import Mailgun from "mailgun.js";
import MailComposer from "nodemailer/lib/mail-composer";
import SmtpConnection from "nodemailer/lib/smtp-connection";

// Both SendGrid packages export a ready-made instance, which all tenants in an isolate would share.
// Only the classes are exported here.
export const SendgridClient = sendgridClient.Client;
export const SendgridMail = sendgridMail.MailService;

export { connectPlain, connectTls, MailComposer, Mailgun, Readable, SmtpConnection };
