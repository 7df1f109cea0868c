import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Writes a line; colours are for terminals, and for nobody who set NO_COLOR. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** `text` in a style, where the output shows styles. */
export function ink(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** A heading with air above. */
export function heading(text: string): void {
  say(`\n${ink('bold', text)}`);
}

/** Columns as wide as their widest cell. The first row is the head. */
export function table(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const [index, row] of rows.entries()) {
    const line = row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ');
    say(`  ${index === 0 ? ink('bold', line.trimEnd()) : line.trimEnd()}`);
  }
}
