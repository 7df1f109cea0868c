/** What the small parts say that both elements are made of. */
export interface BlockMessages {
  readonly retry: string;
  readonly loading: string;
  readonly couldNotLoad: (what: string) => string;
  readonly up: string;
  readonly down: string;
  readonly stable: string;
  readonly good: string;
  readonly bad: string;
  readonly isNew: string;
  readonly points: (value: string) => string;
}
