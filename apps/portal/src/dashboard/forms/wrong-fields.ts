import type { Issue } from '../../connection/failure.ts';
import type { FieldSpec } from './field.ts';
import { decimalOf } from './numbers.ts';

/** What can be said of fields before they are sent; all else the API says. */
export interface FieldWords {
  readonly isMissing: string;
  readonly isNoNumber: string;
}

/** The fields that are required and empty, and those for a number that hold none. */
export function wrongFields(
  fields: readonly FieldSpec[],
  values: Readonly<Record<string, string | boolean>>,
  { words, locale }: { readonly words: FieldWords; readonly locale: string },
): Issue[] {
  return fields.flatMap(({ name, path = name, kind, isRequired = false }) => {
    const value = values[name];
    if (typeof value !== 'string') return [];
    if (value.trim() === '') return isRequired ? [{ path, message: words.isMissing }] : [];
    if (kind !== 'number' && kind !== 'money') return [];
    const isNumber = value === ENDLESS || /^[-+]?\d+(?:\.\d+)?$/u.test(decimalOf(value, locale));
    return isNumber ? [] : [{ path, message: words.isNoNumber }];
  });
}

/** What stands for no limit. */
export const ENDLESS = '∞';
