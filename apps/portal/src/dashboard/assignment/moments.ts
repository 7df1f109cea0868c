/** Instants as people read them, on a client's own clock. */
export interface Moments {
  /** 23 Nov 2026 */
  readonly day: (at: string) => string;
  /** 23 Nov 2026, 00:00 */
  readonly moment: (at: string) => string;
  /** 23 Nov – 22 Dec 2026: the end is the first moment that does not belong to it. */
  readonly span: (from: string, to: string) => string;
}

/** How a locale writes instants of a time zone. */
export function createMoments(locale: string, timeZone: string): Moments {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone });
  const moment = new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone,
  });
  return {
    day: (at) => day.format(new Date(at)),
    moment: (at) => moment.format(new Date(at)),
    span: (from, to) => day.formatRange(new Date(from), new Date(new Date(to).getTime() - 1)),
  };
}
