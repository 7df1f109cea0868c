import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Desk } from '../desk.ts';
import type { Upstream } from './upstream.ts';

/** What the gateway needs beside the desk. */
export interface GatewayOptions {
  /** Where Postiz is: what is sent to the gateway goes there, path and all. */
  readonly postizUrl: string;
  /** How long Postiz may take over what the gateway reads whole. */
  readonly timeLimitMs: number;
  /** What the webhook's path ends with. */
  readonly webhookToken: string;
  /** Hears a webhook's body. */
  readonly onWebhook: (body: Buffer) => Promise<void>;
  /** Something was done that a poll will show. */
  readonly pollSoon: () => void;
  /** Answers the gateway's own pages. */
  readonly page: (kind: 'health' | 'ready' | 'metrics' | 'findings') => Promise<OwnPage>;
}

/** A page of the gateway's own. */
export interface OwnPage {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

/** One request on its way through the gateway. */
export interface Visit {
  readonly desk: Desk;
  readonly options: GatewayOptions;
  readonly upstream: Upstream;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}
