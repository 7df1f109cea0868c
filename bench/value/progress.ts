const WIDTH = 30;

/** Shows how far a long step is, with a bar where somebody watches and a line for each tenth where nobody does. */
export interface Progress {
  readonly advance: (by?: number) => void;
  readonly end: () => void;
}

/** Starts to show a step of so many parts, on stderr: the last line of stdout is for machines. */
export function startProgress(step: string, total: number): Progress {
  const started = performance.now();
  let done = 0;
  let shown = -1;
  const show = (): void => {
    const share = total === 0 ? 1 : done / total;
    const seconds = Math.round((performance.now() - started) / 1000);
    const text = `${step}: ${(share * 100).toFixed(0)} %, ${seconds} s`;
    if (process.stderr.isTTY) {
      const bar = '#'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '.');
      process.stderr.write(`\r[${bar}] ${text}`);
    } else if (Math.floor(share * 10) > shown) {
      shown = Math.floor(share * 10);
      process.stderr.write(`${text}\n`);
    }
  };
  return {
    advance(by = 1) {
      done += by;
      show();
    },
    end() {
      if (process.stderr.isTTY) process.stderr.write('\n');
    },
  };
}
