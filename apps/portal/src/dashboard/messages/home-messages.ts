/** What the first page says. */
export interface HomeMessages {
  readonly figures: string;
}
