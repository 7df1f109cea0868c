import * as library from 'bidi-js';

type Factory = typeof library.default.default;

/** The Unicode Bidirectional Algorithm. */
export function openBidi(): ReturnType<Factory> {
  const factory: unknown = library.default;
  if (isFactory(factory)) return factory();
  throw new Error('bidi-js does not export what it did');
}

/** Its types tell of a module around the factory; Node sees the factory itself. */
function isFactory(exported: unknown): exported is Factory {
  return typeof exported === 'function';
}
