import type { DeliveryLog, LogRecord } from './delivery-log.ts';

/** A log that a restart forgets: for a process whose hosts deliver again, and for trying out. */
export function createMemoryLog(): DeliveryLog {
  let records: readonly LogRecord[] = [];
  return {
    append: async (record) => {
      // Told deliveries are remembered by who reads the log; here nobody will.
      records =
        record.kind === 'delivery'
          ? [...records, record]
          : records.filter(({ id }) => id !== record.id);
    },
    read: async () => records,
    replace: async (more) => {
      records = more();
    },
    close: async () => {},
  };
}
