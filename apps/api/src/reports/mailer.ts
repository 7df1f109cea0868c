import type { MailReceipt, ReportMail } from '@retainer/core';
import { DomainError } from '@retainer/domain';
import { createTransport } from 'nodemailer';

import type { MailSettings, SmtpSettings } from './mail-settings.ts';
import { mailText } from './mail-text.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '::1'];
const CONNECT_MS = 10_000;
const SILENCE_MS = 30_000;

/** Mails a report, each time over a connection of its own. Repeats of one mailing have one Message-ID. */
export function createMailer({
  smtp,
  from,
}: MailSettings): (mail: ReportMail) => Promise<MailReceipt> {
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.secure,
    ...(smtp.login && { auth: { user: smtp.login.user, pass: smtp.login.password } }),
    // A password goes over no network in clear.
    requireTLS: smtp.login !== undefined && !LOOPBACK.includes(smtp.host),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.address.slice(from.address.lastIndexOf('@') + 1);
  return async ({ report, file, recipients, messageKey }) => {
    const { subject, text } = mailText(report);
    const { name, mediaType, bytes } = file;
    const message = {
      from,
      to: [...recipients],
      messageId: `<report.${messageKey}@${domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      subject,
      text,
      attachments: [{ filename: name, contentType: mediaType, content: Buffer.from(bytes) }],
    };
    try {
      const { accepted, rejected } = await transport.sendMail(message);
      return { accepted, rejected };
    } catch (error) {
      throw new DomainError('unavailable', refusalOf(error, smtp));
    }
  };
}

/** What went wrong, in the words of the mail server where it has some. */
function refusalOf(error: unknown, { login }: SmtpSettings): string {
  const facts = typeof error === 'object' && error !== null ? error : {};
  const response = 'response' in facts && typeof facts.response === 'string' ? facts.response : '';
  const code = 'code' in facts && typeof facts.code === 'string' ? facts.code : 'no answer';
  const said = response === '' ? '' : withoutLogin(response, login);
  return said === ''
    ? `The mail server could not be reached (${code}).`
    : `The mail server did not take it: ${said}`;
}

/** Some servers repeat what they were told. */
function withoutLogin(text: string, login: SmtpSettings['login']): string {
  if (!login) return text;
  return text.replaceAll(login.password, '[redacted]').replaceAll(login.user, '[redacted]');
}
