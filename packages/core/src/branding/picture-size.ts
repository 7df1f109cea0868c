/** Width and height of a picture, or what is wrong with it. */
export type PictureSize =
  | { readonly ok: true; readonly width: number; readonly height: number }
  | { readonly ok: false; readonly wrong: string };
