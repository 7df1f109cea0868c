import { mixpostHost } from '../../mixpost/mixpost-webhook.ts';
import type { WebhookHost } from '../webhook-host.ts';
import { ayrshareHost } from './ayrshare.ts';
import { brightbeanHost } from './brightbean.ts';
import { bufferHost } from './buffer.ts';
import { bundleSocialHost } from './bundle-social.ts';
import { genericHost } from './generic.ts';
import { hootsuiteHost } from './hootsuite.ts';
import { postizHost } from './postiz.ts';
import { zernioHost } from './zernio.ts';

/** Every host that is known, by its name in the path. */
export const WEBHOOK_HOSTS: readonly WebhookHost[] = [
  postizHost,
  mixpostHost,
  genericHost,
  zernioHost,
  ayrshareHost,
  hootsuiteHost,
  bundleSocialHost,
  bufferHost,
  brightbeanHost,
];
