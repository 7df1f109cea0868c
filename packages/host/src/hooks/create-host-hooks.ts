import type { TransportOptions } from '../calls/transport.ts';
import {
  createLibraryHooks,
  type LibraryHooks,
  type LibraryOptions,
} from '../library/library-hooks.ts';
import type { HostHooks, HostHooksOptions } from './host-hooks.ts';
import { createServiceHooks } from './service-hooks.ts';

/**
 * The hooks of a host. With `{ url, token }` it calls a Retainer over HTTP, and needs an outbox for the time that
 * Retainer is away. With `{ core, query }` it runs core in a transaction of its own; make one for each transaction.
 */
export function createHostHooks(service: TransportOptions, options: HostHooksOptions): HostHooks;
export function createHostHooks(library: LibraryOptions): LibraryHooks;
export function createHostHooks(
  to: TransportOptions | LibraryOptions,
  options?: HostHooksOptions,
): HostHooks | LibraryHooks {
  if ('core' in to) return createLibraryHooks(to);
  if (options) return createServiceHooks(to, options);
  throw new Error('A host that calls Retainer over HTTP needs an outbox: pass { outbox }.');
}
