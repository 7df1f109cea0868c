import { isDeepStrictEqual } from 'node:util';

import * as z from 'zod';

import { recordAudit } from '../audit/record-audit.ts';
import { inTransaction, type ServiceContext } from '../kernel/context.ts';
import { lockAgency } from '../tenancy/upsert-agency.ts';
import { AgencyBrand } from './agency-brand.entity.ts';
import { toBrandDto, type AgencyBrandDto } from './brand-dto.ts';
import { LOGO_BYTES, readLogo } from './read-logo.ts';

const Color = z
  .string()
  .max(7)
  .regex(/^#[0-9a-f]{6}$/iu, 'must be a colour written #RRGGBB, such as #1F3A5F')
  .transform((color) => color.toUpperCase());

const Font = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} -]*$/u,
    'must be the name of a font, in letters, digits, blanks and hyphens',
  );

const BASE64_LENGTH = Math.ceil(LOGO_BYTES / 3) * 4;

export const SetAgencyBrandInput = z.strictObject({
  /** Titles, bands and the first series of charts. */
  primaryColor: Color.nullable().optional(),
  /** What stands beside it. */
  accentColor: Color.nullable().optional(),
  font: Font.nullable().optional(),
  /** A PNG or JPEG of at most 512 KiB and 2000 pixels a side, as base64. */
  logo: z
    .string()
    .min(1)
    .max(BASE64_LENGTH, `may have ${LOGO_BYTES} bytes, which are ${BASE64_LENGTH} characters`)
    .regex(/^[A-Za-z0-9+/]+={0,2}$/u, 'must be a PNG or JPEG as base64, without a data: prefix')
    .nullable()
    .optional(),
});
export type SetAgencyBrandInput = z.input<typeof SetAgencyBrandInput>;

/** Sets what is named of the agency's look; null takes it back, what is left out stays. */
export async function setAgencyBrand(
  ctx: ServiceContext,
  input: SetAgencyBrandInput,
): Promise<AgencyBrandDto> {
  const { logo, ...named } = SetAgencyBrandInput.parse(input);
  const { agencyId } = ctx;
  // Read before anything is locked: it takes its time.
  const picture = typeof logo === 'string' ? readLogo(logo) : logo;
  return inTransaction(ctx, async (em) => {
    // The look of an agency changes one at a time: seldom, and by hand.
    await lockAgency(em, agencyId);
    const known = await em.findOne(AgencyBrand, { agencyId }, { refresh: true });
    const before = toBrandDto(known);
    const values = {
      ...named,
      ...(picture !== undefined && {
        logo: picture && Buffer.from(picture.bytes),
        logoType: picture && picture.type,
        logoWidth: picture && picture.width,
        logoHeight: picture && picture.height,
      }),
    };
    const row = known ?? em.create(AgencyBrand, { agencyId, changedAt: ctx.now() });
    em.assign(row, values);
    const after = toBrandDto(row);
    if (!isDeepStrictEqual(before, after)) row.changedAt = ctx.now();
    const action = 'agency.branded';
    recordAudit(em, ctx, { action, subject: `agency:${agencyId}`, before, after });
    return after;
  });
}
