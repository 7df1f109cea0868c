import * as library from 'pptxgenjs';

type PresentationClass = typeof library.default.default;

/** A presentation under way, as the library has it. */
export type Presentation = InstanceType<PresentationClass>;

/** A slide under way. */
export type PptxSlide = ReturnType<Presentation['addSlide']>;

/** An empty presentation. */
export function newPresentation(): Presentation {
  const exported: unknown = library.default;
  if (isClass(exported)) return new exported();
  throw new Error('pptxgenjs does not export what it did');
}

/** Its types tell of a module around the class; Node sees the class itself. */
function isClass(exported: unknown): exported is PresentationClass {
  return typeof exported === 'function';
}
