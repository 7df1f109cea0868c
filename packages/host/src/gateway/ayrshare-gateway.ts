import { fieldOf, idOf, jsonOf, listOf } from '../json.ts';
import type { HostChannel } from '../webhooks/host-post.ts';
import { readAyrsharePost } from '../webhooks/hosts/ayrshare.ts';
import { instantOf } from '../webhooks/read-fields.ts';
import type { AskedTime, GatewayAsk, GatewayHost, GatewayRequest } from './gateway-host.ts';

/**
 * Ayrshare's API: `POST /api/post`. An immediate post is told of nowhere but in its own answer, so what the answer says
 * went out is counted from there. The client is the profile whose key is sent.
 */
export const ayrshareGateway: GatewayHost = {
  name: 'ayrshare',
  read: async (request) => readRequest(request),
  made: readAyrsharePost,
  deny: (message) => ({ action: 'post', status: 'error', code: 402, message }),
};

const POST = /\/api\/post\/?(?:[?#]|$)/u;

function readRequest(request: GatewayRequest): GatewayAsk | undefined {
  if (!POST.test(request.path)) return undefined;
  const account = request.headers['profile-key'];
  const body = jsonOf(new TextDecoder().decode(request.body));
  if (request.method === 'DELETE') {
    const ids = [...listOf(fieldOf(body, 'bulk')), fieldOf(body, 'id')];
    const postIds = ids.flatMap((id) => idOf(id) ?? []);
    return postIds.length === 0 ? undefined : { type: 'delete', account, postIds, isGone: true };
  }
  if (request.method !== 'POST') return undefined;
  return { type: 'create', account, channels: channelsIn(body), when: timeIn(body) };
}

// A profile has one account a network.
function channelsIn(body: unknown): HostChannel[] {
  const platforms = listOf(fieldOf(body, 'platforms')).flatMap((name) => idOf(name) ?? []);
  return [...new Set(platforms)].map((platform) => ({ id: platform, platform }));
}

function timeIn(body: unknown): AskedTime {
  const at = instantOf(fieldOf(body, 'scheduleDate'));
  if (at !== undefined) return { type: 'at', at };
  return fieldOf(body, 'autoSchedule') === undefined ? { type: 'now' } : { type: 'queue' };
}
