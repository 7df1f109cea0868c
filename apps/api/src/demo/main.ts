// Before anything else is loaded: the rest takes its time.
process.stdout.write('\nRetainer demo\n\n');

try {
  const { runDemo } = await import('./run-demo.ts');
  await runDemo(process.env);
} catch (error) {
  const { demoFailure } = await import('./failure.ts');
  process.stderr.write(`\n${demoFailure(error)}\n`);
  process.exit(1);
}
