import { createHash } from 'node:crypto';

import type { AgencyBrand, LogoType } from './agency-brand.entity.ts';

/** What an agency set of its look; null is what it left to Retainer. */
export interface AgencyBrandDto {
  /** `#RRGGBB`. */
  readonly primaryColor: string | null;
  readonly accentColor: string | null;
  readonly font: string | null;
  readonly logo: LogoDto | null;
}

/** A logo without its bytes, which its digest tells apart from another's. */
export interface LogoDto {
  readonly type: LogoType;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** A logo with its bytes. */
export interface LogoPicture {
  readonly type: LogoType;
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;
}

/** A brand for its callers, and for the audit log, which keeps no pictures. */
export function toBrandDto(brand: AgencyBrand | null): AgencyBrandDto {
  const logo = pictureOf(brand);
  return {
    primaryColor: brand?.primaryColor ?? null,
    accentColor: brand?.accentColor ?? null,
    font: brand?.font ?? null,
    logo: logo && {
      type: logo.type,
      width: logo.width,
      height: logo.height,
      bytes: logo.bytes.length,
      sha256: createHash('sha256').update(logo.bytes).digest('hex'),
    },
  };
}

/** The logo of a brand; null without one. */
export function pictureOf(brand: AgencyBrand | null): LogoPicture | null {
  const { logo: bytes, logoType: type, logoWidth: width, logoHeight: height } = brand ?? {};
  return bytes && type && width && height ? { type, width, height, bytes } : null;
}
