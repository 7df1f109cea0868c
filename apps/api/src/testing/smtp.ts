import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as a real SMTP server got it. */
export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  /** A header, unfolded. */
  readonly header: (name: string) => string;
}

/** A real SMTP server of the test's own. */
export interface MailServer {
  readonly port: number;
  readonly received: readonly ReceivedMail[];
  readonly stop: () => Promise<void>;
}

/** The login that the server takes where it asks for one. */
export const LOGIN = { user: 'retainer', password: 'a password of the tests' };

/** Starts it on a free port of this machine. It takes everything unless the options say otherwise. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const server = new SMTPServer({
    // Its own certificate is nobody's: what is tested here is what is said, not how it is hidden.
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    logger: false,
    onAuth: ({ username, password }, _session, callback) => {
      const isGood = username === LOGIN.user && password === LOGIN.password;
      if (isGood) callback(null, { user: username });
      else callback(new Error(`No such login as ${username} with ${password}`));
    },
    onData: (stream, session, callback) => {
      const { mailFrom, rcptTo } = session.envelope;
      void text(stream).then((raw) => {
        const from = mailFrom === false ? '' : mailFrom.address;
        const to = rcptTo.map(({ address }) => address);
        received.push({ from, to, raw, header: (name) => headerOf(raw, name) });
        callback();
      });
    },
    ...options,
  });
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it listens on a port
    port: (listening.address() as AddressInfo).port,
    received,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
      }),
  };
}

function headerOf(raw: string, name: string): string {
  const [head = ''] = raw.split('\r\n\r\n', 1);
  const lines = head.replaceAll(/\r\n[ \t]+/gu, ' ').split('\r\n');
  const start = `${name.toLowerCase()}: `;
  return lines.find((line) => line.toLowerCase().startsWith(start))?.slice(start.length) ?? '';
}
