import type { Emit } from './events.ts';
import { SECTIONS, type Section } from './summary.ts';

/** The parts that an attribute names; all of them where it names none. A name that is none of ours is told as an error. */
export function readSections(text: string | undefined, emit: Emit): ReadonlySet<Section> {
  const names = (text ?? '').split(/[\s,]+/).filter((name) => name !== '');
  const known = SECTIONS.filter((section) => names.includes(section));
  const unknown = names.filter((name) => !SECTIONS.some((section) => section === name));
  if (unknown.length > 0) {
    emit('ap-error', {
      code: 'invalid_sections',
      message: `sections: there is no "${unknown.join(' ')}"; there are ${SECTIONS.join(' ')}.`,
    });
  }
  return new Set(known.length > 0 ? known : SECTIONS);
}
