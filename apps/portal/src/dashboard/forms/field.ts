/** An answer to choose. */
export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** One field of a form. */
export interface FieldSpec {
  /** Its name among the values, and its path in the request. */
  readonly name: string;
  /** What the API calls it where that is another name. */
  readonly path?: string;
  readonly label: string;
  readonly kind:
    | 'text'
    | 'date'
    | 'time'
    | 'number'
    | 'money'
    | 'select'
    | 'check'
    | 'note'
    | 'suggest';
  readonly hint?: string | undefined;
  readonly isRequired?: boolean;
  readonly choices?: readonly Choice[];
  /** Written after the input: a currency, a unit. */
  readonly unit?: string | undefined;
  /** As wide as the form. */
  readonly isWide?: boolean;
}
