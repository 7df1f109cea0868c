/** A phrase with a count: `#` is where the count goes. */
export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }>;

/** The form of a phrase for `value`, which is shown as `shown`. */
export function plural(
  locale: string,
  forms: Forms,
  { value, shown }: { readonly value: number; readonly shown: string },
): string {
  const form = forms[new Intl.PluralRules(locale).select(value)] ?? forms.other;
  return form.replace('#', shown);
}
