/** Keeps a value in a map of at most `limit` entries, dropping the oldest for it, and returns the value. */
export function keepBounded<K, V>(map: Map<K, V>, limit: number, entry: readonly [K, V]): V {
  const oldest = map.keys().next();
  if (map.size >= limit && oldest.done !== true) map.delete(oldest.value);
  map.set(entry[0], entry[1]);
  return entry[1];
}
