import type { HookCalls } from '../calls/hook-calls.ts';
import type { PlatformReading } from '../vocabulary/platforms.ts';
import type { Endpoint } from '../webhooks/endpoint.ts';
import type { WebhookReceiver } from '../webhooks/receiver.ts';
import type { GatewayHost, GatewayReply, GatewayRequest } from './gateway-host.ts';

/** What a gateway stands on. */
export interface HostGatewayOptions {
  readonly host: GatewayHost;
  /** Whose posts pass here, and where what became of them is kept: an endpoint of the receiver. */
  readonly endpoint: Endpoint;
  readonly receiver: Pick<WebhookReceiver, 'observe' | 'expect'>;
  readonly hooks: Pick<HookCalls, 'postCreated' | 'postUpdated' | 'release'>;
  /** Sends a request on to the host. */
  readonly send: (request: GatewayRequest) => Promise<GatewayReply>;
  /** What happens while Retainer cannot be asked. Default `allow`: what was made is told later, as unchecked. */
  readonly onUnavailable?: 'allow' | 'deny' | undefined;
  readonly platforms?: Omit<PlatformReading, 'host'> | undefined;
  readonly onNote?: ((note: GatewayNote) => void) | undefined;
  readonly now?: (() => number) | undefined;
}

/** Something that a gateway did, for whoever watches it. */
export interface GatewayNote {
  readonly flag:
    | 'allowed'
    | 'denied'
    | 'unavailable'
    | 'unasked'
    | 'channel_unassigned'
    | 'schedule_drift';
  readonly host: string;
  readonly postId?: string | undefined;
  readonly detail?: string | undefined;
}
