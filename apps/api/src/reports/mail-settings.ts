import * as z from 'zod';

/** The mail server that reports go out by. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte; else it begins in clear and changes to TLS where the server can. */
  readonly secure: boolean;
  readonly login: { readonly user: string; readonly password: string } | undefined;
}

/** Whom mails are from. */
export interface MailFrom {
  readonly name: string;
  readonly address: string;
}

/** How reports are mailed. */
export interface MailSettings {
  readonly smtp: SmtpSettings;
  readonly from: MailFrom;
}

const PORTS: Readonly<Record<string, number>> = { 'smtp:': 587, 'smtps:': 465 };
const NAMED = /^(?<name>[^<>\p{Cc}]{1,200}?)\s*<(?<address>[^<>\s]+)>$/u;

/** What a URL says of a mail server; undefined for one that names none, or says more than a server and a login. */
export function readSmtpUrl(text: string): SmtpSettings | undefined {
  const url = URL.parse(text);
  const port = PORTS[url?.protocol ?? ''];
  if (!url || port === undefined || url.hostname === '') return undefined;
  if (url.search !== '' || url.hash !== '' || !['', '/'].includes(url.pathname)) return undefined;
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (user === undefined || password === undefined) return undefined;
  if ((user === '') !== (password === '')) return undefined;
  return {
    host: url.hostname.replace(/^\[(.+)\]$/u, '$1'),
    port: url.port === '' ? port : Number(url.port),
    secure: url.protocol === 'smtps:',
    login: user === '' ? undefined : { user, password },
  };
}

/** An address with or without a name before it; undefined for anything else. */
export function readMailFrom(text: string): MailFrom | undefined {
  const { name = '', address = text.trim() } = NAMED.exec(text.trim())?.groups ?? {};
  if (!z.email().safeParse(address).success) return undefined;
  return { name: name.replaceAll('"', '').trim(), address };
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
