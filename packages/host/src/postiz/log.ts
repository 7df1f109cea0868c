/** Where this process says what it does. */
export interface PostizLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}
