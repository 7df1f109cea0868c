import { DomainError } from '@retainer/domain';

/** Whom a stream is for: an agency, or one of its clients. */
export interface StreamScope {
  readonly agencyId: string;
  readonly clientId: string | undefined;
}

/** How many streams this process holds open, and for whom. */
export interface StreamPlaces {
  /** Takes a place until the answer is called; throws `too_many_streams` where there is none. */
  readonly take: (scope: StreamScope) => () => void;
  readonly counts: () => { readonly agency: number; readonly client: number };
}

/** One client's browsers must not take the places of all others. */
const MOST_PER_CLIENT = 50;

/** Places for so many streams an agency, its clients' among them. */
export function createStreamPlaces(perAgency: number): StreamPlaces {
  const taken = new Map<string, number>();
  const open = { agency: 0, client: 0 };
  const move = (key: string, by: 1 | -1): void => {
    const count = (taken.get(key) ?? 0) + by;
    if (count > 0) taken.set(key, count);
    else taken.delete(key);
  };
  return {
    take({ agencyId, clientId }) {
      const kind = clientId === undefined ? 'agency' : 'client';
      const bounds = [{ key: JSON.stringify([agencyId]), most: perAgency, whose: 'agency' }];
      if (clientId !== undefined) {
        const key = JSON.stringify([agencyId, clientId]);
        bounds.push({ key, most: MOST_PER_CLIENT, whose: 'client' });
      }
      const full = bounds.find(({ key, most }) => (taken.get(key) ?? 0) >= most);
      if (full) throw tooMany(full);
      const moveAll = (by: 1 | -1): void => {
        for (const { key } of bounds) move(key, by);
        open[kind] += by;
      };
      moveAll(1);
      let isTaken = true;
      return () => {
        if (isTaken) moveAll(-1);
        isTaken = false;
      };
    },
    counts: () => ({ ...open }),
  };
}

function tooMany({ most, whose }: { readonly most: number; readonly whose: string }): DomainError {
  const message = `This ${whose} has ${most} live streams open, which is as many as it may. Close one, or wait as Retry-After says.`;
  return new DomainError('too_many_streams', message);
}
