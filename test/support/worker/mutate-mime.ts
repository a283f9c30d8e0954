import type { Random } from "./chaos/random.ts";

/*
 * Damages emails (RFC 5322 and MIME) in the ways in which gateways and attackers damage emails. The
 * same random numbers damage an email in the same way.
 */

const planted: readonly string[] = [
  "Content-Type: multipart/mixed; boundary=x\r\n",
  "Content-Type: text/plain; charset=no-such-charset\r\n",
  "Content-Type: text/plain; charset=utf-16le\r\n",
  "Content-Transfer-Encoding: base64\r\n",
  "Content-Transfer-Encoding: quoted-printable\r\n",
  "Content-Type: message/delivery-status\r\n\r\nFinal-Recipient: rfc822; victim@example.com\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n",
  "Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nOriginal-Rcpt-To: victim@example.com\r\n\r\n",
  "X-Failed-Recipients: victim@example.com\r\n",
  "X-Apple-Unsubscribe: true\r\n",
  "From: victim@example.com\r\n",
  'To: "<<<" <a@b>, ,,, group: victim@example.com;\r\n',
  "Subject: =?utf-8?B?////?= =?x?Q?=00?= =?iso-2022-jp?B?GyRC?=\r\n",
  "Message-ID: <\r\n",
  "\r\n\r\n",
  "\0\0\0",
  "\xff\xfe\xed\xa0\x80",
  "--b1\r\n--b1--\r\n",
  "Final-Recipient:\r\nAction: failed\r\nStatus: 9.9.9\r\n\r\n",
];

/** Returns a copy of the email with one to five faults. */
export function mutateMime(random: Random, raw: Uint8Array): Uint8Array<ArrayBuffer> {
  let text = String.fromCharCode(...raw);
  for (let times = random.between(1, 5); times > 0; times -= 1) text = mutateOnce(random, text);
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

function mutateOnce(random: Random, text: string): string {
  const at = random.between(0, text.length);
  const to = Math.min(text.length, at + random.between(0, 200));
  switch (random.between(0, 8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(0, at) + text.slice(to);
    case 2:
      return text.slice(0, to) + text.slice(at);
    case 3:
      return text.slice(0, at) + random.pick(planted) + text.slice(at);
    case 4: {
      const line = text.lastIndexOf("\r\n", at);
      return line < 0
        ? random.pick(planted) + text
        : `${text.slice(0, line + 2)}${random.pick(planted)}${text.slice(line + 2)}`;
    }
    case 5:
      return text.slice(0, at) + String.fromCharCode(random.between(0, 255)) + text.slice(at + 1);
    case 6:
      return text.replaceAll("\r\n", random.pick(["\n", "\r", "\r\n ", "\n\n"]));
    case 7:
      return `${text.slice(0, at)}${random.pick(["A", "=", ">", "<a@b> ", "\r\n "]).repeat(random.between(1, 3000))}${text.slice(at)}`;
    default:
      return nestMultiparts(random.between(1, 60)) + text;
  }
}

function nestMultiparts(depth: number): string {
  const levels = Array.from(
    { length: depth },
    (_, level) => `Content-Type: multipart/mixed; boundary=n${level}\r\n\r\n--n${level}\r\n`,
  );
  return levels.join("");
}
