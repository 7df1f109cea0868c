import { expect, test } from 'vitest';

import { databaseFault } from './database-fault.ts';

function failure(facts: object, message = 'x') {
  return Object.assign(new Error(message), facts);
}

test.each([
  { error: failure({ code: '22021' }), fault: 'bad_value' },
  { error: failure({ code: '22P05' }), fault: 'bad_value' },
  { error: failure({ code: '22008' }), fault: 'bad_value' },
  { error: failure({ code: '08P01' }, 'invalid message format'), fault: 'bad_value' },
  { error: failure({ code: '08P01' }, 'server login has been failing'), fault: 'away' },
  { error: failure({ code: '57P01' }), fault: 'away' },
  { error: failure({ code: '40P01' }), fault: 'away' },
  { error: failure({ code: 'ECONNREFUSED' }), fault: 'away' },
  { error: failure({ code: 'EPIPE' }), fault: 'away' },
  { error: failure({ code: 'ENOENT', syscall: 'connect' }), fault: 'away' },
  { error: failure({ code: 'ENOENT', syscall: 'open' }), fault: undefined },
  { error: failure({}, 'Connection terminated unexpectedly'), fault: 'away' },
  { error: failure({}, 'Query read timeout'), fault: 'away' },
  { error: failure({ code: '42P01' }), fault: undefined },
  { error: failure({ code: '23505' }), fault: undefined },
  { error: new Error('outer', { cause: failure({ code: '22021' }) }), fault: 'bad_value' },
  { error: 'a string', fault: undefined },
])('given $error, then the fault is $fault', ({ error, fault }) => {
  expect(databaseFault(error)).toBe(fault);
});
