import * as z from 'zod';

/** What became of observations. */
export const recordedMetricsOut = z.object({
  accepted: z.number().meta({ description: 'All of them: the next four added up.' }),
  added: z.number(),
  changed: z.number().meta({ description: 'Stood there with another value.' }),
  unchanged: z.number().meta({ description: 'Stood there as they are.' }),
  repeated: z.number().meta({ description: 'Replaced by a later one of the same request.' }),
  otherMetrics: z
    .array(z.string())
    .readonly()
    .meta({ description: 'The names under which labels are kept that we do not know.' }),
});
