const DIGITS: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from('٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹').map((digit, index) => [digit, String(index % 10)]),
);

/**
 * A number as people write it, as the API takes it: `1.234,50` and `1,234.50` are both `1234.50`. A lone separator is
 * taken for the decimal one, unless three digits follow it and the locale groups with it. What is no number stays as it is.
 */
export function decimalOf(text: string, locale: string): string {
  const plain = Array.from(text.trim())
    .map((char) => DIGITS[char] ?? char)
    .join('')
    .replaceAll(/[\s\u00A0\u202F'’]/gu, '')
    .replaceAll('٫', '.')
    .replaceAll('٬', ',');
  if (!/^[-+]?[\d.,]+$/u.test(plain)) return text.trim();
  const at = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  if (at === -1) return plain;
  const separator = plain.charAt(at);
  const isAlone = plain.indexOf(separator) === at;
  const hasThree = plain.length - at - 1 === 3;
  const isOther = plain.includes(separator === '.' ? ',' : '.');
  const isDecimal = isAlone && (isOther || !hasThree || separator === decimalSeparator(locale));
  const whole = (isDecimal ? plain.slice(0, at) : plain).replaceAll(/[.,]/gu, '');
  return isDecimal ? `${whole}.${plain.slice(at + 1)}` : whole;
}

/** Minutes out of `90`, `1:30` or `1 h 30`; NaN of anything else, so that the API says what is wrong. */
export function minutesOf(text: string, locale: string): number {
  const parts = /^(\d+)(?::|\s*h\s*)(\d{1,2})?\s*(?:m|min)?$/iu.exec(text.trim());
  if (parts) return Number(parts[1]) * 60 + Number(parts[2] ?? 0);
  const plain = decimalOf(text, locale);
  return plain === '' ? Number.NaN : Number(plain);
}

/** `1:30` out of 90. */
export function clockOf(minutes: number): string {
  const whole = Math.round(minutes);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

function decimalSeparator(locale: string): string {
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5);
  const found = parts.find((part) => part.type === 'decimal')?.value;
  return found === '٫' ? '.' : (found ?? '.');
}
