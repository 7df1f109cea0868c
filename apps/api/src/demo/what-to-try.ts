import { join } from 'node:path';

import type { Settings } from '../env.ts';
import { heading, ink, say } from './paper.ts';
import type { DemoAgency } from './setup.ts';

/** Prints where to look and what to send, ready to paste. */
export function printWhatToTry(url: string, agency: DemoAgency, settings: Settings): void {
  heading('It is up');
  say(`  The portal      ${url}/demo  as a client sees it in a scheduler's page`);
  say(`  The screen      ${url}/demo/agency  as its agency sees it`);
  say(`  API reference   ${url}/docs/`);
  say(`  OpenAPI 3.1     ${url}/api/openapi.json`);
  say(`  Health          ${url}/healthz  ${url}/readyz  ${url}/metrics`);
  say(`  Agency          ${agency.id}`);
  say(`  Admin token     ${adminTokenPlace(settings)}`);

  heading('Try it');
  say(ink('dim', '  # tokens of this agency, good for 30 days'));
  say(`  HOST=${agency.hostToken}`);
  say(`  AGENCY=${agency.agencyToken}`);
  say(ink('dim', '\n  # a host asks for a post: denied on instagram, allowed on linkedin'));
  const body = {
    clientWorkspaceId: 'corner-bakery',
    postId: 'mine-1',
    platforms: ['instagram'],
    publishNow: true,
  };
  say(`  curl -s ${url}/api/hooks/post-created \\`);
  say(`    -H "authorization: Bearer $HOST" -H 'content-type: application/json' \\`);
  say(`    -d '${JSON.stringify(body)}'`);
  say(ink('dim', '\n  # the agency reads what the client has, and what is left'));
  say(`  curl -s ${url}/api/clients/corner-bakery/service-tier \\`);
  say(`    -H "authorization: Bearer $AGENCY"`);
  say(
    ink(
      'dim',
      '\n  # whoever shows that hears when it changes: listen, then ask for a post elsewhere',
    ),
  );
  say(`  curl -sN ${url}/api/clients/corner-bakery/portal/live \\`);
  say(`    -H "authorization: Bearer $AGENCY"`);
  say(ink('dim', '\n  # what a client cost and brought, broken down'));
  say(`  curl -s '${url}/api/clients/tidal-gym/value-tracking?${valueQuery(agency)}' \\`);
  say(`    -H "authorization: Bearer $AGENCY"`);
  say(ink('dim', '\n  # the agency’s dashboard as a deck; format is csv, xlsx, pptx or pdf'));
  say(`  curl -s -OJ '${url}/api/agency/${agency.id}/kpi-dashboard/export?format=pptx' \\`);
  say(`    -H "authorization: Bearer $AGENCY"`);
}

function valueQuery({ days: { startDate, endDate } }: DemoAgency): string {
  return `startDate=${startDate}&endDate=${endDate}`;
}

function adminTokenPlace({ adminToken, dataDir }: Settings): string {
  return adminToken === undefined ? `in ${join(dataDir, 'admin-token')}` : 'RETAINER_ADMIN_TOKEN';
}
