/** What the element tells the page, by the names of its events. */
export interface PortalEvents {
  /** The first numbers are shown. */
  readonly 'ap-ready': undefined;
  /** Something could not be shown; `code` is stable. */
  readonly 'ap-error': { readonly code: string; readonly message: string };
  /** The reader opens a report. `preventDefault` keeps the element from opening it by itself. */
  readonly 'ap-navigate': { readonly href: string; readonly reportId: string };
  /** The reader chose another period. */
  readonly 'ap-period-change': { readonly period: string };
}

/** Tells the page; false where the page asked to leave the rest to it. */
export type Emit = <TName extends keyof PortalEvents>(
  name: TName,
  detail: PortalEvents[TName],
) => boolean;

/** Tells the page by events of `host` that bubble out of every shadow root. */
export function emitter(host: HTMLElement): Emit {
  return (name, detail) =>
    host.dispatchEvent(
      new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable: true }),
    );
}
