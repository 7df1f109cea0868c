import type { TransportOptions } from '../calls/transport.ts';
import type { HostHooks, HostHooksOptions } from './host-hooks.ts';
import { createServiceHooks } from './service-hooks.ts';

/** The hooks of a host. */
export function createHostHooks(service: TransportOptions, options: HostHooksOptions): HostHooks {
  return createServiceHooks(service, options);
}
