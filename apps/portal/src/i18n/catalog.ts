/** A language's messages; every language has the same ones. */
export type Load<TMessages> = () => Promise<TMessages>;

/** The messages of one element: English at once, other languages when they are first asked for. */
export interface Catalog<TMessages> {
  readonly en: TMessages;
  /** By language: `de`, `ar`. */
  readonly others: Readonly<Record<string, Load<TMessages>>>;
}

/** The messages for a locale: of its language, or English. */
export async function messagesFor<TMessages>(
  { en, others }: Catalog<TMessages>,
  locale: string,
): Promise<TMessages> {
  const load = others[new Intl.Locale(locale).language];
  return load ? load().catch(() => en) : en;
}
