import { Type } from '@mikro-orm/postgresql';

/** A timestamptz column whose value may lie before or after all of time, as milliseconds. */
export class UnboundedInstant extends Type<number, string> {
  override convertToDatabaseValue(value: number): string {
    if (value === -Infinity) return '-infinity';
    return value === Infinity ? 'infinity' : new Date(value).toISOString();
  }

  override convertToJSValue(value: string): number {
    if (value === '-infinity') return -Infinity;
    return value === 'infinity' ? Infinity : new Date(value).getTime();
  }

  override getColumnType(): string {
    return 'timestamptz';
  }

  override compareAsType(): string {
    return 'number';
  }
}
