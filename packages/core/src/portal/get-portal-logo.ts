import { DomainError } from '@retainer/domain';
import * as z from 'zod';

import type { LogoPicture } from '../branding/brand-dto.ts';
import { getBrandToDraw } from '../branding/get-agency-brand.ts';
import type { ServiceContext } from '../kernel/context.ts';
import { WorkspaceId } from '../tenancy/input-fields.ts';
import { getClientTier } from '../usage/get-client-tier.ts';

export const GetPortalLogoInput = z.strictObject({ clientWorkspaceId: WorkspaceId });
export type GetPortalLogoInput = z.input<typeof GetPortalLogoInput>;

/** The agency's logo for a client whose tier grants the agency's look. `not_found` without it. */
export async function getPortalLogo(
  ctx: ServiceContext,
  input: GetPortalLogoInput,
): Promise<LogoPicture> {
  const { tier } = await getClientTier(ctx, GetPortalLogoInput.parse(input));
  const { logo } =
    tier?.features.customBranding === true ? await getBrandToDraw(ctx) : { logo: null };
  if (logo) return logo;
  throw new DomainError('not_found', 'This client’s tier shows no logo.');
}
