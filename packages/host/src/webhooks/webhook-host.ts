import type { Delivery, ParsedWebhook } from './host-post.ts';
import type { SignatureScheme } from './signatures/signature.ts';

/** One host's way of telling by webhook. */
export interface WebhookHost {
  /** Its name in the path: `/hooks/<name>/<token>`. */
  readonly name: string;
  /** How it signs; an endpoint may say otherwise. */
  readonly schemes: readonly SignatureScheme[];
  /** Whether an event names ids alone, so that what it is about must be read. */
  readonly isThin: boolean;
  /** What it is answered with when all is well. */
  readonly okStatus: 200 | 204;
  /** Reads a delivery; whatever it is sent, it answers and does not throw. */
  readonly parse: (delivery: Delivery) => ParsedWebhook;
}
